import type { HouseholdFact } from '@ledger/households';
import { timelineOf } from '@ledger/households';
import {
  LAT,
  LONG_SON,
  day,
  escaped,
  moved,
  registered,
  reviewedAbove,
  reviewedPoor,
} from '../../../households/src/testing';
import { COLUMN_ORDER, COLUMNS, columnsOf, directionOf, kindOf, listOf } from './columns';
import type { Movement } from './movement';
import { difference, isNothing, minus, NOTHING, plus } from './movement';
import { movementsOf } from './movements-of';

const line = (more: Partial<Movement>): Movement => ({
  ...{ place: LONG_SON, standard: 'VN-2022', group: 'all', column: 'poor.rePoor', counterpart: null },
  effectiveOn: day('2022-03-10'),
  ...{ households: 1, persons: 4 },
  ...more,
});

describe('The difference of movements', () => {
  it('is nothing between equal ones, in any order', () => {
    const lines = [line({}), line({ place: LAT })];
    expect(difference(lines, lines.toReversed())).toEqual([]);
    expect(difference([], [])).toEqual([]);
  });

  it('takes back by booking the opposite', () => {
    expect(difference([line({})], [])).toEqual([line({ households: -1, persons: -4 })]);
  });

  it('books only what changes on a line', () => {
    expect(difference([line({ persons: 4 })], [line({ persons: 6 })])).toEqual([
      line({ households: 0, persons: 2 }),
    ]);
  });

  it.each<Partial<Movement>>([
    { place: LAT },
    { standard: 'VN-2016' },
    { group: 'merit' },
    { column: 'poor.newlyArising' },
    { effectiveOn: day('2022-03-11') },
    { counterpart: LAT },
  ])('is on two lines where they differ in %o', (more) => {
    expect(difference([line({})], [line(more)])).toEqual([line(more), line({ households: -1, persons: -4 })]);
  });

  it('adds up what is on one line', () => {
    expect(difference([], [line({}), line({ persons: 2 })])).toEqual([line({ households: 2, persons: 6 })]);
  });

  it('of a late fact reaches the past and what it reclassifies', () => {
    const before = [registered('2015-01-05'), reviewedPoor('2022-03-10')];
    const late = [
      reviewedPoor('2019-06-10', { standard: 'VN-2016' }),
      escaped('above', '2020-06-10', { standard: 'VN-2016' }),
      moved(LAT, '2022-01-10'),
    ];
    const book = (facts: readonly HouseholdFact[]) =>
      movementsOf(timelineOf(facts)).filter(({ column }) => listOf(column) !== 'campaign');
    const booked = difference(book(before), book([...before, ...late]));
    expect(booked.map(({ place, column, households }) => [place, column, households])).toEqual([
      [LONG_SON, 'poor.newlyArising', 1],
      [LONG_SON, 'poor.escapedAbove', -1],
      [LONG_SON, 'above.entered', 1],
      [LONG_SON, 'above.movedOut', -1],
      [LAT, 'above.movedIn', 1],
      [LAT, 'poor.rePoor', 1],
      [LONG_SON, 'poor.newlyArising', -1],
    ]);
  });

  it('of a review that finds the same is nothing', () => {
    const before = [registered('2015-01-05'), reviewedAbove('2022-03-10')];
    const after = [...before, reviewedAbove('2022-12-10')];
    expect(difference(movementsOf(timelineOf(before)), movementsOf(timelineOf(after)))).toEqual([]);
  });
});

describe('Amounts', () => {
  it('add, and take away', () => {
    expect(plus({ households: 1, persons: 4 }, { households: -1, persons: 2 })).toEqual({
      households: 0,
      persons: 6,
    });
    expect(minus({ households: 1, persons: -4 })).toEqual({ households: -1, persons: 4 });
    expect([isNothing(NOTHING), isNothing({ households: 0, persons: 1 })]).toEqual([true, false]);
  });
});

describe('Columns', () => {
  it('are each known by list and kind', () => {
    expect([listOf('near-poor.becamePoor'), kindOf('near-poor.becamePoor')]).toEqual([
      'near-poor',
      'becamePoor',
    ]);
    for (const column of COLUMN_ORDER) expect(`${listOf(column)}.${kindOf(column)}`).toBe(column);
  });

  it('are each in one list', () => {
    const lists = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];
    expect(lists.flatMap(columnsOf)).toEqual(COLUMN_ORDER);
    expect(new Set(COLUMN_ORDER).size).toBe(COLUMN_ORDER.length);
  });

  it('add or take away as forms 2 and 3 print them: 9 = 1 - 2 - 3 - 4 + 5 + 6 + 7 + 8', () => {
    const taken = COLUMN_ORDER.filter((column) => directionOf(column) === -1 && listOf(column) !== 'above');
    expect(taken).toEqual([
      ...[
        'poor.escapedToNearPoor',
        'poor.escapedAbove',
        'poor.otherDecrease',
        'poor.movedOut',
        'poor.boundaryOut',
      ],
      ...['near-poor.escapedAbove', 'near-poor.becamePoor', 'near-poor.otherDecrease'],
      ...['near-poor.movedOut', 'near-poor.boundaryOut'],
    ]);
  });
});
