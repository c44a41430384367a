import type { UnitFact } from '@ledger/areas';
import { COUNTRY, UnitTree } from '@ledger/areas';
import type { HouseholdFact } from '@ledger/households';
import { timelineOf } from '@ledger/households';
import type { UnitId } from '@ledger/kernel';
import { created } from '../../../areas/src/testing/units';
import {
  DAK_SAK,
  LAT,
  LONG_SON,
  changed,
  day,
  escaped,
  moved,
  registered,
  reviewedPoor,
} from '../../../households/src/testing';
import { bookingsOf } from './booking';
import { listOf } from './columns';
import { movementsOf } from './movements-of';

const DAK_NONG: UnitId = '67@2004-01-01';
const LAM_DONG: UnitId = '68@2004-01-01';
const DAK_MIL: UnitId = '663@2004-01-01';
const KRONG_NO: UnitId = '664@2004-01-01';
const NAM_XUAN: UnitId = '24679@2007-01-01';

/** Đắk Mil with Long Sơn and Đắk Sắk, Krông Nô with Nam Xuân; Lát in another province, without a district. */
const UNITS: readonly UnitFact[] = [
  created(DAK_NONG),
  created(LAM_DONG),
  created(DAK_MIL, DAK_NONG),
  created(KRONG_NO, DAK_NONG),
  created(LONG_SON, DAK_MIL),
  created(DAK_SAK, DAK_MIL),
  created(NAM_XUAN, KRONG_NO),
  created(LAT, LAM_DONG),
];
const abolished = (unit: UnitId, on: string): UnitFact => ({
  type: 'UnitAbolished',
  unit,
  effectiveOn: day(on),
});

const poor = [registered('2015-01-05'), reviewedPoor('2022-03-10')];

/** What the history of a household books: unit, day, column, households, persons. */
function booked(history: readonly HouseholdFact[], ...acts: readonly UnitFact[]) {
  const tree = UnitTree.of([...UNITS, ...acts]);
  return movementsOf(timelineOf(history))
    .filter(({ column }) => listOf(column) !== 'campaign')
    .flatMap((movement) => bookingsOf(tree, movement))
    .map(({ unit, effectiveOn, column, households, persons }) => [
      ...[unit, effectiveOn, column],
      // Without the sign of a zero.
      ...[households + 0, persons + 0],
    ]);
}
const since = (day: string, bookings: ReturnType<typeof booked>) =>
  bookings.filter(([, effectiveOn]) => (effectiveOn as string) >= day);

describe('A movement at a place', () => {
  it('is booked on the commune and on every unit above it', () => {
    const what = ['2022-03-10', 'poor.newlyArising', 1, 4];
    expect(booked(poor)).toEqual([
      [LONG_SON, ...what],
      [DAK_MIL, ...what],
      [DAK_NONG, ...what],
      [COUNTRY, ...what],
    ]);
  });

  it('is booked for its standard and its group', () => {
    const [movement] = movementsOf(timelineOf(poor));
    const [booking] = movement ? bookingsOf(UnitTree.of(UNITS), { ...movement, group: 'merit' }) : [];
    expect(booking).toMatchObject({ unit: LONG_SON, standard: 'VN-2022', group: 'merit' });
  });
});

describe('A move', () => {
  const on = '2022-06-10';
  const units = (to: UnitId) =>
    since(on, booked([...poor, moved(to, on)])).map(([unit, , column]) => [unit, column]);

  it('within a district is seen by the communes only', () => {
    expect(units(DAK_SAK)).toEqual([
      [LONG_SON, 'poor.movedOut'],
      [DAK_SAK, 'poor.movedIn'],
    ]);
  });

  it('within a province is seen by communes and districts', () => {
    expect(units(NAM_XUAN)).toEqual([
      [LONG_SON, 'poor.movedOut'],
      [DAK_MIL, 'poor.movedOut'],
      [NAM_XUAN, 'poor.movedIn'],
      [KRONG_NO, 'poor.movedIn'],
    ]);
  });

  it('to another province is seen by all but the country', () => {
    expect(units(LAT)).toEqual([
      [LONG_SON, 'poor.movedOut'],
      [DAK_MIL, 'poor.movedOut'],
      [DAK_NONG, 'poor.movedOut'],
      [LAT, 'poor.movedIn'],
      [LAM_DONG, 'poor.movedIn'],
    ]);
  });

  it('with other members changes the units that hold both ends by the difference', () => {
    expect(since(on, booked([...poor, moved(DAK_SAK, on, { members: 7 })]))).toEqual([
      [LONG_SON, on, 'poor.movedOut', -1, -4],
      [DAK_SAK, on, 'poor.movedIn', 1, 4],
      ...[DAK_SAK, DAK_MIL, DAK_NONG, COUNTRY].map((unit) => [unit, on, 'poor.otherIncrease', 0, 3]),
    ]);
    expect(since(on, booked([...poor, moved(DAK_SAK, on, { members: 3 })]))).toEqual([
      [LONG_SON, on, 'poor.movedOut', -1, -3],
      [DAK_SAK, on, 'poor.movedIn', 1, 3],
      ...[LONG_SON, DAK_MIL, DAK_NONG, COUNTRY].map((unit) => [unit, on, 'poor.otherDecrease', 0, -1]),
    ]);
  });
});

describe('The end of a district', () => {
  const END = '2025-07-01';
  const end = abolished(DAK_MIL, END);

  it('takes its stock out of it; its communes, the province and the country go on', () => {
    expect(since(END, booked(poor, end))).toEqual([[DAK_MIL, END, 'poor.boundaryOut', -1, -4]]);
  });

  it('takes out what is left: an escape before it leaves nothing to take', () => {
    expect(since(END, booked([...poor, escaped('above', '2023-06-10')], end))).toEqual([
      [DAK_MIL, END, 'poor.boundaryOut', -1, -4],
      [DAK_MIL, END, 'poor.boundaryOut', 1, 4],
      [DAK_MIL, END, 'above.boundaryOut', -1, -4],
    ]);
  });

  it('leaves later movements to the others, from the day itself on', () => {
    const after = (on: string) =>
      booked([...poor, changed(on, { members: 5 })], end)
        .filter(([, , column]) => column === 'poor.otherIncrease')
        .map(([unit]) => unit);
    expect(after('2025-06-30')).toEqual([LONG_SON, DAK_MIL, DAK_NONG, COUNTRY]);
    expect(after('2025-07-01')).toEqual([LONG_SON, DAK_NONG, COUNTRY]);
  });

  it('makes a move between its communes one that the province alone does not see', () => {
    expect(since(END, booked([...poor, moved(DAK_SAK, END)], end))).toEqual([
      [DAK_MIL, END, 'poor.boundaryOut', -1, -4],
      [LONG_SON, END, 'poor.movedOut', -1, -4],
      [DAK_SAK, END, 'poor.movedIn', 1, 4],
    ]);
  });

  it('follows a household that moved inside it before', () => {
    expect(since(END, booked([...poor, moved(DAK_SAK, '2023-06-10')], end))).toEqual([
      [DAK_MIL, END, 'poor.boundaryOut', -1, -4],
      [DAK_MIL, END, 'poor.boundaryOut', 1, 4],
      [DAK_MIL, END, 'poor.boundaryOut', -1, -4],
    ]);
  });
});

describe('The end of a commune', () => {
  const END = '2023-01-01';
  const end = abolished(LONG_SON, END);
  const all = [LONG_SON, DAK_MIL, DAK_NONG, COUNTRY];

  it('takes its stock out of every unit above it, the country included', () => {
    expect(since(END, booked(poor, end))).toEqual(all.map((unit) => [unit, END, 'poor.boundaryOut', -1, -4]));
  });

  it('leaves what happens there later in no unit', () => {
    expect(since('2023-01-02', booked([...poor, escaped('above', '2023-06-10')], end))).toEqual([]);
  });

  it('does not touch who moved away before', () => {
    const bookings = since(END, booked([...poor, moved(LAT, '2022-06-10')], end));
    const perUnit = Map.groupBy(bookings, ([unit]) => unit);
    expect([...perUnit.keys()]).toEqual(all);
    for (const [unit, ofUnit] of perUnit) {
      const households = ofUnit.reduce((sum, [, , , count]) => sum + (count as number), 0);
      // The move is no movement of the country, so that the country loses at the boundary what stayed behind: nothing.
      expect({ unit, households }).toEqual({ unit, households: 0 });
    }
  });

  it('lets who moves away later come into the others as a move', () => {
    expect(since('2023-01-02', booked([...poor, moved(LAT, '2023-06-10')], end))).toEqual(
      [LAT, LAM_DONG, COUNTRY].map((unit) => [unit, '2023-06-10', 'poor.movedIn', 1, 4]),
    );
  });
});

describe('A commune that begins', () => {
  const NEW: UnitId = '24680@2023-01-01';

  it('brings what was recorded at it for earlier days in as a boundary', () => {
    const early = [registered('2015-01-05', { place: NEW }), reviewedPoor('2022-03-10')];
    expect(booked(early, created(NEW, KRONG_NO))).toEqual(
      [NEW, KRONG_NO, DAK_NONG, COUNTRY].map((unit) => [unit, '2023-01-01', 'poor.boundaryIn', 1, 4]),
    );
  });

  it('is no boundary for what happens in it from its first day on', () => {
    const later = [registered('2023-01-01', { place: NEW }), reviewedPoor('2023-01-01')];
    expect(booked(later, created(NEW, KRONG_NO))).toEqual(
      [NEW, KRONG_NO, DAK_NONG, COUNTRY].map((unit) => [unit, '2023-01-01', 'poor.newlyArising', 1, 4]),
    );
  });
});

describe('A district that begins above a commune', () => {
  const CHU: UnitId = '665@2023-01-01';
  const VILLAGE: UnitId = '24681@2007-01-01';

  it('takes the stock in, and no one else notices', () => {
    const early = [registered('2015-01-05', { place: VILLAGE }), reviewedPoor('2022-03-10')];
    const bookings = booked(early, created(CHU, DAK_NONG), created(VILLAGE, CHU));
    expect(since('2023-01-01', bookings)).toEqual([[CHU, '2023-01-01', 'poor.boundaryIn', 1, 4]]);
    expect(bookings.slice(0, 3).map(([unit]) => unit)).toEqual([VILLAGE, DAK_NONG, COUNTRY]);
  });
});

describe('The marks of a campaign', () => {
  it('are counted in the units of its eve, and cross no boundary', () => {
    const tree = UnitTree.of([...UNITS, abolished(DAK_MIL, '2022-11-01'), abolished(LONG_SON, '2023-01-01')]);
    const reviewed = movementsOf(timelineOf([...poor, reviewedPoor('2022-12-10')])).filter(
      ({ column }) => column === 'campaign.reviewed',
    );
    expect(reviewed.flatMap((movement) => bookingsOf(tree, movement))).toMatchObject(
      [LONG_SON, DAK_MIL, DAK_NONG, COUNTRY].map((unit) => ({
        ...{ unit, column: 'campaign.reviewed', effectiveOn: '2022-12-10' },
        ...{ households: 1, persons: 4 },
      })),
    );
  });
});
