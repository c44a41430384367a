import type { UnitTree } from '@ledger/areas';
import type { PlainDate, UnitId } from '@ledger/kernel';
import { dayAfter, LAST_DAY } from '@ledger/kernel';
import { eveOf } from './campaign';
import type { Column } from './columns';
import { listOf } from './columns';
import type { Amount, Movement } from './movement';
import { minus } from './movement';

/** What a movement does to one unit. */
export interface Booking extends Amount {
  readonly unit: UnitId;
  readonly standard: string;
  readonly group: string;
  readonly column: Column;
  readonly effectiveOn: PlainDate;
}

/** All that booking asks of the units: to which of them a place belongs, and when. */
export type PlaceUnits = Pick<UnitTree, 'unitsOfPlace' | 'periodsOfPlace'>;

/**
 * Books a movement, made at a place, on the units above it: each day's flows use that day's tree, and a move
 * whose two ends lie inside a unit is no movement of that unit. Where the place changes units later, the
 * stock that the movement left there goes along as `boundaryOut` and `boundaryIn`: so a late movement finds
 * its way through every boundary, and no transfer is ever booked by hand.
 */
export function bookingsOf(tree: PlaceUnits, movement: Movement): readonly Booking[] {
  const { place, standard, group, column, effectiveOn, counterpart } = movement;
  const list = listOf(column);
  if (list === 'campaign') {
    // Counted in the unit of the eve, and only within its own campaign.
    const units = tree.unitsOfPlace(place, eveOf(effectiveOn));
    return units.map((unit) => booking(unit, column, effectiveOn, movement));
  }
  const units = tree.unitsOfPlace(place, effectiveOn);
  const across = counterpart === null ? [] : tree.unitsOfPlace(counterpart, effectiveOn);
  const bookings = units
    .filter((unit) => !across.includes(unit))
    .map((unit) => booking(unit, column, effectiveOn, movement));
  for (const { on, left, entered } of boundariesAfter(tree, place, effectiveOn, units)) {
    for (const unit of left) bookings.push(booking(unit, `${list}.boundaryOut`, on, minus(movement)));
    for (const unit of entered) bookings.push(booking(unit, `${list}.boundaryIn`, on, movement));
  }
  return bookings;

  function booking(unit: UnitId, into: Column, on: PlainDate, { households, persons }: Amount): Booking {
    return { unit, standard, group, column: into, effectiveOn: on, households, persons };
  }
}

interface Boundary {
  readonly on: PlainDate;
  readonly left: readonly UnitId[];
  readonly entered: readonly UnitId[];
}

/** The days after `day` on which the place belongs to other units than the day before. */
function boundariesAfter(
  tree: PlaceUnits,
  place: UnitId,
  day: PlainDate,
  units: readonly UnitId[],
): Boundary[] {
  const boundaries: Boundary[] = [];
  let current = units;
  for (const { on, units: next } of changesOf(tree.periodsOfPlace(place))) {
    if (on <= day) continue;
    const left = current.filter((unit) => !next.includes(unit));
    const entered = next.filter((unit) => !current.includes(unit));
    boundaries.push({ on, left, entered });
    current = next;
  }
  return boundaries;
}

type Period = ReturnType<UnitTree['periodsOfPlace']>[number];

/** The days on which the units of a place change, gaps between its periods included. */
function changesOf(periods: readonly Period[]): { on: PlainDate; units: readonly UnitId[] }[] {
  return periods.flatMap(({ from, to, units }, index) => {
    const ends = to < LAST_DAY && periods[index + 1]?.from !== dayAfter(to);
    return [{ on: from, units }, ...(ends ? [{ on: dayAfter(to), units: [] }] : [])];
  });
}
