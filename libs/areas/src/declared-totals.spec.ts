import type { PlainDate, UnitId } from '@ledger/kernel';
import { addDays } from '@ledger/kernel';
import fc from 'fast-check';
import type { Sight } from './declared-totals';
import { DeclaredTotals } from './declared-totals';
import type { Declaration } from './denominator';
import { declarationOf, lastDeclaration } from './denominator';
import { day } from './testing/units';
import type { TotalsFact } from './totals.facts';

const HERE: UnitId = '24611@2004-06-30';
const THERE: UnitId = '24612@2004-06-30';
const NOWHERE: UnitId = '24613@2004-06-30';
const ALL: Sight = { count: Infinity };

const declared = (more: Partial<TotalsFact> = {}): TotalsFact => ({
  type: 'HouseholdTotalDeclared',
  effectiveOn: day('2022-12-31'),
  unit: HERE,
  group: 'all',
  households: 100,
  source: 'census',
  ...more,
});

function totalsOf(...facts: readonly (readonly [fact: TotalsFact, recordedOn: string])[]): DeclaredTotals {
  const totals = new DeclaredTotals();
  for (const [fact, recordedOn] of facts) totals.enter(fact, day(recordedOn));
  return totals;
}

describe('What was declared for a unit', () => {
  const totals = totalsOf(
    [declared(), '2023-01-05'],
    [declared({ group: 'merit', households: 7 }), '2023-01-06'],
    [declared({ unit: THERE }), '2023-01-07'],
    [declared({ households: 110, persons: 400 }), '2023-01-08'],
  );

  it('is told in order of arrival, group or groups', () => {
    expect(totals.declarationsOf(HERE, undefined, ALL)).toEqual([
      { on: '2022-12-31', households: 100, source: 'census', group: 'all', recordedOn: '2023-01-05' },
      { on: '2022-12-31', households: 7, source: 'census', group: 'merit', recordedOn: '2023-01-06' },
      {
        ...{ on: '2022-12-31', households: 110, persons: 400, source: 'census' },
        ...{ group: 'all', recordedOn: '2023-01-08' },
      },
    ]);
    expect(totals.declarationsOf(HERE, 'merit', ALL)).toHaveLength(1);
    expect(totals.declarationsOf(NOWHERE, undefined, ALL)).toEqual([]);
  });

  it('ends with what may be seen, by arrival and by day', () => {
    const households = (sight: Sight) =>
      totals.declarationsOf(HERE, 'all', sight).map((one) => one.households);
    expect(households({ count: 3 })).toEqual([100]);
    expect(households({ count: 4 })).toEqual([100, 110]);
    expect(households({ count: 4, knownOn: day('2023-01-07') })).toEqual([100]);
    expect(households({ count: 4, knownOn: day('2023-01-04') })).toEqual([]);
  });
});

const START = day('2020-01-01');
const SPAN = 30;
const someDay = fc.nat(SPAN).map((index) => addDays(START, index));
const facts = fc.array(
  fc.tuple(
    fc.record({
      type: fc.constant('HouseholdTotalDeclared' as const),
      effectiveOn: someDay,
      unit: fc.constantFrom(HERE, THERE, NOWHERE),
      group: fc.constantFrom('all', 'all', 'merit'),
      households: fc.nat(1000),
      source: fc.constantFrom('census', 'census', 'estimate'),
      persons: fc.option(fc.nat(4000), { nil: undefined, freq: 4 }),
    }),
    someDay,
  ),
  { maxLength: 25 },
);

/** Rule 15, from the bare declarations. */
function naiveSum(parts: readonly (Declaration | undefined)[]) {
  const known = parts.filter((part) => part !== undefined);
  const missing = parts.length - known.length;
  if (missing > 0 || parts.length === 0) return { communes: parts.length, missing, total: null };
  const sources = new Set(known.map(({ source }) => source));
  const persons = known.map((part) => part.persons);
  const total = {
    count: known.reduce((sum, { households }) => sum + households, 0),
    persons: persons.includes(undefined) ? null : persons.reduce<number>((sum, each) => sum + (each ?? 0), 0),
    on: known.map(({ on }) => on).sort()[0],
    source: sources.size === 1 ? known[0]?.source : 'mixed',
    basis: 'summed',
  };
  return { communes: parts.length, missing, total };
}

describe('A sum over communes', () => {
  it('is on every day the sum of what counts on it, for whatever may be seen', () => {
    fc.assert(
      fc.property(
        facts,
        fc.subarray([HERE, THERE, NOWHERE]),
        fc.tuple(someDay, someDay).map((days) => days.toSorted() as [PlainDate, PlainDate]),
        fc.nat(25),
        fc.option(someDay, { nil: undefined }),
        (all, communes, [from, to], count, knownOn) => {
          const totals = new DeclaredTotals();
          for (const [fact, recordedOn] of all) totals.enter(fact, recordedOn);
          const seen = all
            .slice(0, count)
            .filter(([, recordedOn]) => knownOn === undefined || recordedOn <= knownOn)
            .map(([fact]) => fact);
          const sums = totals.sumsOf(communes, 'all', { from, to }, { count, knownOn });
          expect(sums[0] && sums[0].from <= from && sums.at(-1)!.to >= to).toBe(true);
          for (let on = START; on <= addDays(START, SPAN + 1); on = addDays(on, 1)) {
            const good = sums.filter((sum) => sum.from <= on && on <= sum.to);
            if (from <= on && on <= to) expect(good).toHaveLength(1);
            const parts = communes.map((unit) => {
              const own = seen.filter((fact) => fact.unit === unit && fact.group === 'all');
              return lastDeclaration(own.map(declarationOf), on);
            });
            for (const { sum } of good) expect(sum).toEqual(naiveSum(parts));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('says for how long it is good', () => {
    const totals = totalsOf(
      [declared({ effectiveOn: day('2021-12-31') }), '2022-01-05'],
      [declared({ unit: THERE, effectiveOn: day('2022-06-30') }), '2022-07-05'],
      [declared({ effectiveOn: day('2022-12-31') }), '2023-01-05'],
    );
    const sums = (from: string, to: string) =>
      totals
        .sumsOf([HERE, THERE], 'all', { from: day(from), to: day(to) }, ALL)
        .map((sum) => [sum.from, sum.to]);
    expect(sums('2022-09-02', '2022-09-02')).toEqual([['2022-06-30', '2022-12-30']]);
    expect(sums('2022-09-02', '2023-09-02')).toEqual([
      ['2022-06-30', '2022-12-30'],
      ['2022-12-31', '9999-12-31'],
    ]);
  });
});
