import type { HouseholdFact } from '@ledger/households';
import { timelineOf } from '@ledger/households';
import {
  LONG_SON,
  OLD_STANDARD,
  changed,
  dissolved,
  escaped,
  flagged,
  registered,
  reviewedAbove,
  reviewedNearPoor,
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

/** What is booked on a day: place, column, households and persons, in the order of the columns' names. */
const bookedOn = (day: string, facts: readonly HouseholdFact[], group = 'all') =>
  movements(facts, group)
    .filter(({ effectiveOn }) => effectiveOn === day)
    .map(({ place, column, households, persons }) => [place, column, households, persons])
    .sort();

describe('A household comes onto a list', () => {
  it('as newly poor, with all that says where and under what', () => {
    expect(movementsOf(timelineOf([home, poor]))).toEqual([
      {
        ...{ place: LONG_SON, standard: 'VN-2022', group: 'all', column: 'poor.newlyArising' },
        ...{ effectiveOn: '2022-03-10', counterpart: null, households: 1, persons: 4 },
      },
    ]);
  });

  it.each([
    ['newly near-poor', [reviewedNearPoor(D)], 'near-poor.newlyArising'],
    ['above', [reviewedAbove(D)], 'above.entered'],
    ['in the opening books', [reviewedPoor('2021-12-10')], 'poor.opened'],
    ['near-poor in the opening books', [reviewedNearPoor('2021-12-10')], 'near-poor.opened'],
    ['above in the opening books', [reviewedAbove('2021-12-10')], 'above.entered'],
  ])('%s', (_how, facts, column) => {
    const on = facts[0]?.effectiveOn ?? '';
    expect(bookedOn(on, [home, ...facts])).toEqual([[LONG_SON, column, 1, 4]]);
  });

  it('with the members and groups of the evening, whatever it was in the morning', () => {
    const facts = [home, poor, changed('2022-03-10', { members: 6, groups: ['merit'] })];
    expect(bookedOn('2022-03-10', facts)).toEqual([[LONG_SON, 'poor.newlyArising', 1, 6]]);
    expect(bookedOn('2022-03-10', facts, 'merit')).toEqual([[LONG_SON, 'poor.newlyArising', 1, 6]]);
  });

  it('again, as re-poor and re-near-poor', () => {
    const escape = [home, poor, escaped('above', D)];
    expect(bookedOn('2022-12-10', [...escape, flagged('2022-12-10')])).toEqual([
      [LONG_SON, 'above.left', -1, -4],
      [LONG_SON, 'poor.rePoor', 1, 4],
    ]);
    const nearPoor = [
      home,
      reviewedNearPoor('2022-03-10'),
      escaped('above', D),
      reviewedNearPoor('2022-12-10'),
    ];
    expect(bookedOn('2022-12-10', nearPoor)).toEqual([
      [LONG_SON, 'above.left', -1, -4],
      [LONG_SON, 'near-poor.reNearPoor', 1, 4],
    ]);
  });
});

describe('A household passes from list to list', () => {
  it('the column that one list loses is the one that the other gains, for persons too', () => {
    const down = [home, poor, reviewedNearPoor(D, { members: 7 })];
    expect(bookedOn(D, down)).toEqual([
      [LONG_SON, 'near-poor.becameNearPoorFromPoor', 1, 4],
      [LONG_SON, 'near-poor.otherIncrease', 0, 3],
      [LONG_SON, 'poor.escapedToNearPoor', -1, -4],
    ]);
    const up = [home, reviewedNearPoor('2022-03-10'), reviewedPoor(D, { members: 3 })];
    expect(bookedOn(D, up)).toEqual([
      [LONG_SON, 'near-poor.becamePoor', -1, -4],
      [LONG_SON, 'poor.becamePoorFromNearPoor', 1, 4],
      [LONG_SON, 'poor.otherDecrease', 0, -1],
    ]);
  });

  it('with yesterday’s groups: who joins a group on the way joins it on the new list', () => {
    const joins = [home, poor, reviewedNearPoor(D, { groups: ['merit'] })];
    expect(bookedOn(D, joins, 'merit')).toEqual([[LONG_SON, 'near-poor.otherIncrease', 1, 4]]);
    const leaves = [
      registered('2015-01-05', { groups: ['merit'] }),
      poor,
      reviewedNearPoor(D, { groups: [] }),
    ];
    expect(bookedOn(D, leaves, 'merit')).toEqual([
      [LONG_SON, 'near-poor.becameNearPoorFromPoor', 1, 4],
      [LONG_SON, 'near-poor.otherDecrease', -1, -4],
      [LONG_SON, 'poor.escapedToNearPoor', -1, -4],
    ]);
  });

  it('before the standard applies, one opening status replaces another', () => {
    const facts = [home, reviewedPoor('2021-11-10'), reviewedNearPoor('2021-12-10', { members: 5 })];
    expect(bookedOn('2021-12-10', facts)).toEqual([
      [LONG_SON, 'near-poor.opened', 1, 4],
      [LONG_SON, 'near-poor.otherIncrease', 0, 1],
      [LONG_SON, 'poor.opened', -1, -4],
    ]);
  });
});

describe('A household leaves a list', () => {
  it('with yesterday’s members, and is above with today’s', () => {
    expect(bookedOn(D, [home, poor, escaped('above', D), changed(D, { members: 6 })])).toEqual([
      [LONG_SON, 'above.entered', 1, 6],
      [LONG_SON, 'poor.escapedAbove', -1, -4],
    ]);
  });

  it('in a group in which it was yesterday, though it left the group on the day', () => {
    const facts = [registered('2015-01-05', { groups: ['merit'] }), poor, reviewedAbove(D, { groups: [] })];
    expect(bookedOn(D, facts, 'merit')).toEqual([[LONG_SON, 'poor.escapedAbove', -1, -4]]);
  });

  it('by its end, from every list on which it stands', () => {
    const facts = [home, reviewedNearPoor('2021-06-10', { standard: OLD_STANDARD }), poor, dissolved(D)];
    expect(movements(facts, 'all').slice(-2)).toMatchObject([
      { standard: 'VN-2016', column: 'near-poor.otherDecrease', households: -1, persons: -4 },
      { standard: 'VN-2022', column: 'poor.otherDecrease', households: -1, persons: -4 },
    ]);
    expect(bookedOn(D, [home, reviewedAbove('2022-03-10'), dissolved(D)])).toEqual([
      [LONG_SON, 'above.left', -1, -4],
    ]);
  });

  it('in the opening books without an escape', () => {
    const facts = [home, reviewedPoor('2021-11-10'), reviewedAbove('2021-12-10')];
    expect(bookedOn('2021-12-10', facts)).toEqual([
      [LONG_SON, 'above.entered', 1, 4],
      [LONG_SON, 'poor.opened', -1, -4],
    ]);
  });
});

describe('A household stays on its list', () => {
  it('with other members: persons without a household', () => {
    expect(bookedOn(D, [home, poor, changed(D, { members: 6 })])).toEqual([
      [LONG_SON, 'poor.otherIncrease', 0, 2],
    ]);
    expect(bookedOn(D, [home, poor, reviewedPoor(D, { members: 1 })])).toEqual([
      [LONG_SON, 'poor.otherDecrease', 0, -3],
    ]);
    expect(bookedOn(D, [home, reviewedAbove('2022-03-10'), changed(D, { members: 6 })])).toEqual([
      [LONG_SON, 'above.otherIncrease', 0, 2],
    ]);
  });

  it('and joins or leaves a group: the household with all its persons, there only', () => {
    const joins = [home, poor, changed(D, { groups: ['merit'], members: 5 })];
    expect(bookedOn(D, joins, 'merit')).toEqual([[LONG_SON, 'poor.otherIncrease', 1, 5]]);
    expect(bookedOn(D, joins)).toEqual([[LONG_SON, 'poor.otherIncrease', 0, 1]]);
    const leaves = [
      registered('2015-01-05', { groups: ['merit'] }),
      poor,
      changed(D, { groups: [], members: 5 }),
    ];
    expect(bookedOn(D, leaves, 'merit')).toEqual([[LONG_SON, 'poor.otherDecrease', -1, -4]]);
  });

  it('when nothing changes by the evening, nothing is booked', () => {
    expect(bookedOn(D, [home, poor, reviewedPoor(D)])).toEqual([]);
    expect(bookedOn(D, [home, poor, escaped('above', D), reviewedPoor(D)])).toEqual([]);
    expect(bookedOn(D, [home, poor, changed(D, { members: 9 }), changed(D, { members: 4 })])).toEqual([]);
  });

  it('is counted once for each group that it is in, and once for all', () => {
    const groups = ['ethnic-minority', 'local-ethnic-minority'];
    const lines = movementsOf(timelineOf([registered('2015-01-05', { groups }), poor]));
    expect(lines.map(({ group, households }) => [group, households])).toEqual([
      ['all', 1],
      ['ethnic-minority', 1],
      ['local-ethnic-minority', 1],
    ]);
  });
});
