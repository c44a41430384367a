import type { HouseholdFact } from '@ledger/households';
import { timelineOf } from '@ledger/households';
import type { PlainDate, UnitId } from '@ledger/kernel';
import fc from 'fast-check';
import {
  DAK_SAK,
  LAT,
  LONG_SON,
  RANDOM_DAYS,
  naiveSituationOn,
  randomFacts,
} from '../../../households/src/testing';
import type { Column } from './columns';
import { directionOf, listOf } from './columns';
import type { Amount, Movement } from './movement';
import { isNothing, NOTHING, plus } from './movement';
import { movementsOf } from './movements-of';

const PLACES: readonly [UnitId, ...UnitId[]] = [LONG_SON, DAK_SAK, LAT];
const facts = randomFacts(PLACES);
const RUNS = { numRuns: 500 };

const sum = (movements: readonly Movement[]): Amount => movements.reduce<Amount>(plus, NOTHING);

/** What the bare facts say that the household contributes on a day: by place, standard, group and list. */
function counted(history: readonly HouseholdFact[], day: PlainDate): Record<string, Amount> {
  const situation = naiveSituationOn(history, day);
  if (!situation) return {};
  const { place, members, groups, statuses } = situation;
  const keys = Object.entries(statuses).flatMap(([standard, status]) =>
    ['all', ...groups].map((group) => [place, standard, group, status].join()),
  );
  return Object.fromEntries(keys.map((key) => [key, { households: 1, persons: members }]));
}

/** The same as the sum of movements. */
function booked(movements: readonly Movement[], day: PlainDate): Record<string, Amount> {
  const sums: Record<string, Amount> = {};
  for (const movement of movements) {
    const { place, standard, group, column, effectiveOn } = movement;
    if (effectiveOn > day || listOf(column) === 'campaign') continue;
    const key = [place, standard, group, listOf(column)].join();
    sums[key] = plus(sums[key] ?? NOTHING, movement);
  }
  return Object.fromEntries(Object.entries(sums).filter(([, amount]) => !isNothing(amount)));
}

it('The movements up to a day add up to the state of that day: by place, standard, group and list', () => {
  fc.assert(
    fc.property(facts, (history) => {
      const movements = movementsOf(timelineOf(history));
      for (const day of RANDOM_DAYS) expect(booked(movements, day)).toEqual(counted(history, day));
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
  const PASSED: readonly Column[] = [
    ...(['poor.escapedToNearPoor', 'near-poor.becameNearPoorFromPoor'] as const),
    ...(['near-poor.becamePoor', 'poor.becamePoorFromNearPoor'] as const),
  ];
  fc.assert(
    fc.property(facts, (history) => {
      const passed = movementsOf(timelineOf(history)).filter(({ column }) => PASSED.includes(column));
      const key = ({ place, standard, group, column, effectiveOn }: Movement) =>
        [place, standard, group, effectiveOn, PASSED.indexOf(column) < 2 ? 'down' : 'up'].join();
      for (const lines of Map.groupBy(passed, key).values()) expect(sum(lines)).toEqual(NOTHING);
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
