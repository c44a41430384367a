import fc from 'fast-check';
import type { HouseholdFact } from '@ledger/households';
import { timelineOf } from '@ledger/households';
import type { PlainDate, UnitId } from '@ledger/kernel';
import { addDays, dayBefore, FIRST_DAY as BEGINNING, LAST_DAY as FOR_EVER } from '@ledger/kernel';
import type { Booking, JournalEntry, PlaceUnits } from '@ledger/poverty-rates';
import { bookingsOf, difference, flowsFrom, movementsOf, plus } from '@ledger/poverty-rates';
import type { Columns } from '@ledger/poverty-rates';
import type { Known } from '../oracle/days';
import {
  ALL_KNOWN,
  FIRST_DAY,
  GROUPS_ASKED,
  histories,
  LAST_DAY,
  STANDARDS_ASKED,
  UNITS_ASKED,
} from '../oracle/histories';
import { asKnownOn } from '../oracle/oracle';
import type { Act } from '../oracle/tree';
import { PLACES, treeKnownOn } from '../oracle/tree';

/**
 * Movements are booked on places, so that a merge, another parent or an abolition, even one that becomes
 * known late, needs no movement of its own. Here the units come from the oracle's own acts.
 */
const HISTORIES = Number(process.env['HISTORIES'] ?? 2_000);
const someDay = fc.integer({ min: -20, max: 578 }).map((days) => addDays(FIRST_DAY, days));

const cases = fc.record({
  history: histories({ withActs: true }),
  knownOn: fc.option(
    fc.integer({ min: 0, max: 1_300 }).map((days) => addDays(FIRST_DAY, days)),
    { nil: ALL_KNOWN },
  ),
  questions: fc.array(
    fc.record({
      unit: fc.constantFrom(...UNITS_ASKED),
      standard: fc.constantFrom(...STANDARDS_ASKED),
      group: fc.constantFrom('all', ...GROUPS_ASKED),
      days: fc.tuple(someDay, someDay).map((days) => days.toSorted() as [PlainDate, PlainDate]),
    }),
    { minLength: 8, maxLength: 8 },
  ),
});

/** What was booked when: each household folded again with what arrived on a day, and the difference booked. */
function journalOf(known: readonly Known[]): JournalEntry[] {
  const facts = new Map<string, HouseholdFact[]>();
  return known.flatMap(({ household, fact, recordedOn }) => {
    const before = facts.get(household) ?? [];
    const after = [...before, fact];
    facts.set(household, after);
    const movements = difference(movementsOf(timelineOf(before)), movementsOf(timelineOf(after)));
    return movements.map((movement) => ({ ...movement, household, recordedOn }));
  });
}

function unitsKnownOn(acts: readonly Act[], knownOn: PlainDate): PlaceUnits {
  const unitsOn = treeKnownOn(acts, knownOn);
  const starts = [
    BEGINNING,
    ...acts
      .filter((act) => act.recordedOn <= knownOn)
      .map(({ on }) => on)
      .toSorted(),
  ];
  return {
    unitsOfPlace: (place, day) => unitsOn(place, day) as UnitId[],
    periodsOfPlace: (place) =>
      starts.flatMap((from, index) => {
        const next = starts[index + 1];
        const units = unitsOn(place, from) as UnitId[];
        return units.length === 0
          ? []
          : [{ from, to: next === undefined ? FOR_EVER : dayBefore(next), units }];
      }),
  };
}

function columnsOf(bookings: readonly Booking[], from: PlainDate, to: PlainDate): Columns {
  const columns = new Map<Booking['column'], { households: number; persons: number }>();
  for (const booking of bookings.filter(({ effectiveOn }) => from <= effectiveOn && effectiveOn <= to)) {
    columns.set(booking.column, plus(columns.get(booking.column) ?? { households: 0, persons: 0 }, booking));
  }
  return columns;
}

describe('movements at places', () => {
  it(`answer for every unit through merges, other parents and abolitions known late (${HISTORIES} random histories)`, () => {
    fc.assert(
      fc.property(cases, ({ history: { known, acts }, knownOn, questions }) => {
        const books = asKnownOn(known, knownOn, treeKnownOn(acts, knownOn), LAST_DAY);
        const tree = unitsKnownOn(acts, knownOn);
        const entries = journalOf(known).filter(({ recordedOn }) => recordedOn <= knownOn);
        const bookings = entries.flatMap((entry) => bookingsOf(tree, entry));
        expect(entries.filter(({ place }) => !PLACES.includes(place))).toEqual([]);
        for (const { unit, standard, group, days } of questions) {
          const [from, to] = days;
          const own = bookings.filter(
            (one) => one.unit === unit && one.standard === standard && one.group === group,
          );
          const { closes, ...flows } = flowsFrom({
            opening: columnsOf(own, BEGINNING, dayBefore(from)),
            within: columnsOf(own, from, to),
            closing: columnsOf(own, BEGINNING, to),
          });
          expect(closes).toBe(true);
          expect(flows).toEqual(books.flows({ unit, standard, group }, from, to));
        }
      }),
      { numRuns: HISTORIES },
    );
  }, 3_600_000);
});
