import type { HouseholdFact } from '@ledger/households';
import { timelineOf } from '@ledger/households';
import {
  LAT,
  LONG_SON,
  OLD_STANDARD,
  changed,
  dissolved,
  escaped,
  moved,
  registered,
  reviewed,
  reviewedAbove,
  reviewedPoor,
} from '../../../households/src/testing';
import { listOf } from './columns';
import type { Movement } from './movement';
import { movementsOf } from './movements-of';

const home = registered('2015-01-05');
const poor = reviewedPoor('2022-03-10');
const D = '2022-06-10';

const movements = (facts: readonly HouseholdFact[], group: string): readonly Movement[] =>
  movementsOf(timelineOf(facts)).filter((line) => line.group === group && listOf(line.column) !== 'campaign');

describe('A household moves', () => {
  const withCounterpart = (facts: readonly HouseholdFact[], group = 'all') =>
    movements(facts, group)
      .filter(({ effectiveOn }) => effectiveOn === D)
      .map(({ place, column, counterpart, households, persons }) => [
        place,
        column,
        counterpart,
        households,
        persons,
      ]);

  it('off one list and onto another, each naming the other end', () => {
    expect(withCounterpart([home, poor, moved(LAT, D)])).toEqual([
      [LONG_SON, 'poor.movedOut', LAT, -1, -4],
      [LAT, 'poor.movedIn', LONG_SON, 1, 4],
    ]);
  });

  it('and gains members on the way: they increase the new place, seen from everywhere', () => {
    expect(withCounterpart([home, poor, moved(LAT, D, { members: 6 })])).toEqual([
      [LONG_SON, 'poor.movedOut', LAT, -1, -4],
      [LAT, 'poor.movedIn', LONG_SON, 1, 4],
      [LAT, 'poor.otherIncrease', null, 0, 2],
    ]);
  });

  it('and loses members on the way: they decrease the old place', () => {
    expect(withCounterpart([home, poor, moved(LAT, D, { members: 3 })])).toEqual([
      [LONG_SON, 'poor.movedOut', LAT, -1, -3],
      [LAT, 'poor.movedIn', LONG_SON, 1, 3],
      [LONG_SON, 'poor.otherDecrease', null, 0, -1],
    ]);
  });

  it('and joins a group there, or leaves it here: no move within the group', () => {
    const joins = [home, poor, moved(LAT, D), changed(D, { groups: ['merit'] })];
    expect(withCounterpart(joins, 'merit')).toEqual([[LAT, 'poor.otherIncrease', null, 1, 4]]);
    const leaves = [
      registered('2015-01-05', { groups: ['merit'] }),
      poor,
      moved(LAT, D),
      changed(D, { groups: [] }),
    ];
    expect(withCounterpart(leaves, 'merit')).toEqual([[LONG_SON, 'poor.otherDecrease', null, -1, -4]]);
  });

  it('and changes its status on the same day: the status in the old place, then the move', () => {
    expect(withCounterpart([home, poor, moved(LAT, D), escaped('near-poor', D)])).toEqual([
      [LONG_SON, 'poor.escapedToNearPoor', null, -1, -4],
      [LONG_SON, 'near-poor.becameNearPoorFromPoor', null, 1, 4],
      [LONG_SON, 'near-poor.movedOut', LAT, -1, -4],
      [LAT, 'near-poor.movedIn', LONG_SON, 1, 4],
    ]);
  });

  it('and is found poor for the first time: it is newly poor in the old place', () => {
    expect(
      withCounterpart([home, reviewed('poor', D, { members: 5 }), moved(LAT, D, { members: 2 })]),
    ).toEqual([
      [LONG_SON, 'poor.newlyArising', null, 1, 2],
      [LONG_SON, 'poor.movedOut', LAT, -1, -2],
      [LAT, 'poor.movedIn', LONG_SON, 1, 2],
    ]);
  });

  it('and ends on the same day: it never arrives', () => {
    expect(withCounterpart([home, poor, moved(LAT, D), dissolved(D)])).toEqual([
      [LONG_SON, 'poor.otherDecrease', null, -1, -4],
    ]);
  });

  it('on the day on which it is registered: it was never in the first place', () => {
    expect(withCounterpart([registered(D), reviewedPoor(D), moved(LAT, D)])).toEqual([
      [LAT, 'poor.newlyArising', null, 1, 4],
    ]);
  });

  it('under every standard that knows it, above included', () => {
    const facts = [home, reviewedAbove('2021-06-10', { standard: OLD_STANDARD }), poor, moved(LAT, D)];
    expect(
      movements(facts, 'all')
        .filter(({ effectiveOn }) => effectiveOn === D)
        .map(({ standard, column }) => [standard, column]),
    ).toEqual([
      ['VN-2016', 'above.movedOut'],
      ['VN-2016', 'above.movedIn'],
      ['VN-2022', 'poor.movedOut'],
      ['VN-2022', 'poor.movedIn'],
    ]);
  });

  it('without a status: there is nothing to move', () => {
    expect(movementsOf(timelineOf([home, moved(LAT, D)]))).toEqual([]);
  });
});
