import type { UnitId } from '@ledger/kernel';
import { addDays, STATUSES } from '@ledger/kernel';
import fc from 'fast-check';
import { declared } from './all-answers';
import { day, ELSEWHERE, HERE, THERE } from './sample-batches';
import type { UnitFact } from '@ledger/areas';
import type { HouseholdFact } from '@ledger/households';
import {
  abolished,
  COUNTRYSIDE,
  DISTRICT,
  dissolved,
  escaped,
  moved,
  PROVINCE,
  registered,
  reviewed,
} from './sample-country';
import type { LogEntry } from './sample-log';
import { ofHousehold, ofTotals, ofUnits } from './sample-log';

const BEGIN = day('2021-11-01');

const days = (max: number) => fc.nat(max).map((count) => addDays(BEGIN, count));
const place = fc.constantFrom<UnitId>(HERE, THERE, ELSEWHERE);
const effectiveOn = days(500);

const fact: fc.Arbitrary<HouseholdFact> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .record({
        ...{ outcome: fc.constantFrom(...STATUSES), on: effectiveOn },
        standard: fc.constantFrom('VN-2016', 'VN-2022', 'VN-2022'),
        ...{ members: fc.integer({ min: 1, max: 6 }), groups: fc.subarray(['ethnic-minority', 'merit']) },
      })
      .map(({ outcome, on, ...more }) => reviewed(outcome, on, more)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(effectiveOn, fc.constantFrom('near-poor' as const, 'above'))
      .map((a) => escaped(...a)),
  },
  { weight: 2, arbitrary: fc.tuple(place, effectiveOn).map((a) => moved(...a)) },
  { weight: 1, arbitrary: effectiveOn.map(dissolved) },
);

const unitFact: fc.Arbitrary<UnitFact> = fc.oneof(
  fc
    .tuple(fc.constantFrom<UnitId>(HERE, THERE, ELSEWHERE, DISTRICT, PROVINCE), effectiveOn)
    .map((a) => abolished(...a)),
  effectiveOn.map((on): UnitFact => ({
    type: 'UnitRenamed',
    effectiveOn: on,
    unit: HERE,
    name: 'Phường Bắc Gia Nghĩa',
  })),
);

const HOUSEHOLDS = ['h-1', 'h-2', 'h-3'];

/**
 * A log of a few households in the sample country: registrations, reviews, moves, late facts in any order,
 * acts on units, totals, and a clock that now and then steps back.
 */
export const randomLog: fc.Arbitrary<readonly LogEntry[]> = fc
  .record({
    places: fc.tuple(place, place, place),
    happenings: fc.array(
      fc.oneof(
        { weight: 8, arbitrary: fc.tuple(fc.constantFrom(...HOUSEHOLDS), fact) },
        { weight: 1, arbitrary: unitFact },
        { weight: 1, arbitrary: fc.record({ unit: place, households: fc.nat(99), effectiveOn }) },
      ),
      { maxLength: 20, size: 'max' },
    ),
    steps: fc.array(fc.constantFrom(0, 0, 0, 1, 40, 200, -30), { minLength: 24, maxLength: 24 }),
  })
  .map(({ places, happenings, steps }) => {
    let recordedOn = day('2021-12-01');
    const today = (index: number) => (recordedOn = addDays(recordedOn, steps[index] ?? 0));
    return [
      ...COUNTRYSIDE.map((one) => ofUnits(one, recordedOn)),
      ...HOUSEHOLDS.map((id, index) =>
        ofHousehold(id, registered(id, places[index] ?? HERE, BEGIN), today(index)),
      ),
      ...happenings.map((happening, index): LogEntry => {
        const on = today(index + HOUSEHOLDS.length);
        if (Array.isArray(happening)) return ofHousehold(happening[0], happening[1], on);
        return 'type' in happening ? ofUnits(happening, on) : ofTotals(declared(happening).fact, on);
      }),
    ];
  });

/** Sizes of pages, for {@link pagesOf}. */
export const randomSizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 });

/** Some facts of the log cannot be read: now and then one, in any stream but for the first units. */
export const tornLog = fc
  .tuple(randomLog, fc.array(fc.nat({ max: 25 }), { minLength: 1, maxLength: 4 }))
  .map(([entries, torn]) =>
    entries.map((entry, index): LogEntry =>
      torn.includes(index - COUNTRYSIDE.length) ? { ...entry, undecodable: 'torn' } : entry,
    ),
  );
