import { AREA_TYPES, STATUSES } from '@ledger/kernel';
import fc from 'fast-check';
import { assess } from './classify';
import type { Evidence } from './possible';
import { possibleStatuses } from './possible';
import { STANDARDS } from './standards';

const standards = fc.constantFrom(...STANDARDS);
const statuses = fc.constantFrom(...STATUSES);
/** Every bound of every standard with its neighbours, and anything else. */
const bounds = STANDARDS.flatMap((standard) => AREA_TYPES.map((area) => standard.areas[area]))
  .flatMap(({ income, score }) => [income.poor, income.nearPoor, score.poor, score.nearPoor])
  .flatMap((rule) => rule.bands ?? [])
  .flatMap((band) => Object.values(band.income ?? band.score ?? {}) as number[]);
const near = (max: number) =>
  fc.oneof(
    fc.nat(max),
    fc
      .tuple(fc.constantFrom(...bounds.filter((bound) => bound <= max)), fc.integer({ min: -1, max: 1 }))
      .map(([bound, step]) => bound + step),
  );
const incomes = near(4_000_000);
const scores = near(300);
const deprivations = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 12 });
const evidences: fc.Arbitrary<Evidence> = fc.record(
  { areaType: fc.constantFrom(...AREA_TYPES), incomeScore: scores, incomePerCapita: incomes, deprivations },
  { requiredKeys: ['areaType'] },
);

const ranks = (standard: (typeof STANDARDS)[number], evidence: Evidence) =>
  possibleStatuses(standard, evidence).map((status) => STATUSES.indexOf(status));

describe('whatever the evidence', () => {
  it('something is possible, and nothing possible is contradicted', () => {
    fc.assert(
      fc.property(standards, evidences, statuses, (standard, evidence, outcome) => {
        const possible = possibleStatuses(standard, evidence);
        const { check } = assess(standard, evidence, outcome);
        expect(possible).not.toHaveLength(0);
        if (possible.includes(outcome))
          expect(check).toBe(possible.length === 1 ? 'consistent' : 'unchecked');
        else expect(check).not.toBe('consistent');
      }),
      { numRuns: 1000 },
    );
  });

  it('income, score and deprivations together leave one status', () => {
    fc.assert(
      fc.property(
        standards,
        evidences,
        incomes,
        scores,
        deprivations,
        (standard, some, income, score, list) => {
          const full = { ...some, incomePerCapita: income, incomeScore: score, deprivations: list };
          expect(possibleStatuses(standard, full)).toHaveLength(1);
        },
      ),
    );
  });

  it('more income, or a higher score, never makes a household poorer', () => {
    const more = fc.nat(2_000_000);
    fc.assert(
      fc.property(standards, evidences, incomes, more, (standard, evidence, income, rise) => {
        for (const measure of ['incomePerCapita', 'incomeScore'] as const) {
          const before = ranks(standard, { ...evidence, [measure]: income });
          const after = ranks(standard, { ...evidence, [measure]: income + rise });
          expect(Math.min(...after)).toBeGreaterThanOrEqual(Math.min(...before));
          expect(Math.max(...after)).toBeGreaterThanOrEqual(Math.max(...before));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('one more deprivation never makes a household better off', () => {
    fc.assert(
      fc.property(
        standards,
        evidences,
        deprivations,
        fc.integer({ min: 1, max: 12 }),
        (standard, some, list, more) => {
          const before = ranks(standard, { ...some, deprivations: list });
          const after = ranks(standard, { ...some, deprivations: [...list, more] });
          expect(Math.max(...after)).toBeLessThanOrEqual(Math.max(...before));
        },
      ),
    );
  });

  it('knowing more excludes, it never adds: what missing evidence leaves open is all that it could show', () => {
    fc.assert(
      fc.property(standards, evidences, incomes, deprivations, (standard, some, income, list) => {
        const { deprivations: _unknown, ...vague } = some;
        expect(possibleStatuses(standard, vague)).toEqual(
          expect.arrayContaining([...possibleStatuses(standard, { ...vague, deprivations: list })]),
        );
        const without: Evidence = { areaType: some.areaType, deprivations: list };
        expect(possibleStatuses(standard, without)).toEqual(
          expect.arrayContaining([...possibleStatuses(standard, { ...without, incomePerCapita: income })]),
        );
      }),
      { numRuns: 1000 },
    );
  });
});
