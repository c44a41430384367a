import type { HouseholdFact } from '@ledger/households';
import { timelineOf } from '@ledger/households';
import type { PlainDate, UnitId } from '@ledger/kernel';
import { STATUSES } from '@ledger/kernel';
import fc from 'fast-check';
import {
  DAK_SAK,
  LAT,
  LONG_SON,
  RANDOM_DAYS,
  RANDOM_GROUPS,
  RANDOM_STANDARDS,
  naiveSituationOn,
  randomFacts,
} from '../../../households/src/testing';
import type { Column } from './columns';
import { directionOf, listOf } from './columns';
import type { Amount, Movement } from './movement';
import { NOTHING, plus } from './movement';
import { movementsOf } from './movements-of';

const PLACES: readonly [UnitId, ...UnitId[]] = [LONG_SON, DAK_SAK, LAT];
const GROUPS = ['all', ...RANDOM_GROUPS];
const facts = randomFacts(PLACES);
const RUNS = { numRuns: 500 };

const sum = (movements: readonly Movement[]): Amount => movements.reduce<Amount>(plus, NOTHING);

/** What the bare facts say that a household contributes to a list. */
function counted(history: readonly HouseholdFact[], day: PlainDate, key: string): Amount {
  const situation = naiveSituationOn(history, day);
  if (!situation) return NOTHING;
  const lists = RANDOM_STANDARDS.flatMap((standard) =>
    ['all', ...situation.groups].map((group) =>
      [situation.place, standard, group, situation.statuses[standard]].join(),
    ),
  );
  return lists.includes(key) ? { households: 1, persons: situation.members } : NOTHING;
}

const onDay = (movements: readonly Movement[], day: PlainDate, ...columns: Column[]): Amount =>
  sum(movements.filter(({ effectiveOn, column }) => effectiveOn === day && columns.includes(column)));

it('The movements up to a day add up to the state of that day: by place, standard, group and list', () => {
  fc.assert(
    fc.property(facts, (history) => {
      const movements = movementsOf(timelineOf(history));
      for (const day of RANDOM_DAYS) {
        const upTo = Map.groupBy(
          movements.filter(({ effectiveOn }) => effectiveOn <= day),
          ({ place, standard, group, column }) => [place, standard, group, listOf(column)].join(),
        );
        for (const place of PLACES) {
          for (const standard of RANDOM_STANDARDS) {
            for (const group of GROUPS) {
              for (const list of STATUSES) {
                const key = [place, standard, group, list].join();
                expect({ key, ...sum(upTo.get(key) ?? []) }).toEqual({ key, ...counted(history, day, key) });
              }
            }
          }
        }
      }
    }),
    RUNS,
  );
});

it('A movement goes the way of its column, but for openings that replace each other', () => {
  fc.assert(
    fc.property(facts, (history) => {
      for (const { column, households, persons } of movementsOf(timelineOf(history))) {
        expect(households !== 0 || persons !== 0).toBe(true);
        if (column.endsWith('.opened') || listOf(column) === 'campaign') continue;
        expect(Math.sign(households) * directionOf(column)).toBeGreaterThanOrEqual(0);
        expect(Math.sign(persons) * directionOf(column)).toBe(1);
      }
    }),
    RUNS,
  );
});

it('Form 2 and form 3 agree on who passed between the lists, in households and in persons', () => {
  fc.assert(
    fc.property(facts, (history) => {
      const all = movementsOf(timelineOf(history));
      for (const standard of RANDOM_STANDARDS) {
        for (const group of GROUPS) {
          const movements = all.filter((line) => line.standard === standard && line.group === group);
          for (const day of RANDOM_DAYS) {
            const down = onDay(movements, day, 'poor.escapedToNearPoor', 'near-poor.becameNearPoorFromPoor');
            const up = onDay(movements, day, 'near-poor.becamePoor', 'poor.becamePoorFromNearPoor');
            expect([down, up]).toEqual([NOTHING, NOTHING]);
          }
        }
      }
    }),
    RUNS,
  );
});

it('What moves out of a place moves into its counterpart', () => {
  fc.assert(
    fc.property(facts, (history) => {
      const moves = movementsOf(timelineOf(history)).filter(({ counterpart }) => counterpart !== null);
      for (const { place, counterpart, column, households, persons, ...line } of moves) {
        expect(column).toMatch(/\.moved(In|Out)$/);
        const list = listOf(column);
        const mirror = `${list}.${column.endsWith('In') ? 'movedOut' : 'movedIn'}` as Column;
        const other = { ...line, column: mirror, place: counterpart, counterpart: place };
        expect(moves).toContainEqual({ ...other, households: -households, persons: -persons });
      }
    }),
    RUNS,
  );
});

it('Nothing is left of a household after its end', () => {
  fc.assert(
    fc.property(facts, (history) => {
      const { dissolvedOn } = timelineOf(history);
      fc.pre(dissolvedOn !== undefined);
      const lists = movementsOf(timelineOf(history)).filter(({ column }) => listOf(column) !== 'campaign');
      for (const lines of Map.groupBy(lists, ({ place, column }) => `${place} ${listOf(column)}`).values()) {
        expect(sum(lines)).toEqual(NOTHING);
      }
    }),
    RUNS,
  );
});
