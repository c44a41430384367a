import type { UnitId } from '@ledger/kernel';
import { dayOfNumber, LAST_DAY, numberOfDay } from '@ledger/kernel';
import type { PlaceUnits } from '../ledger/booking';
import { eveOf } from '../ledger/campaign';
import type { Column } from '../ledger/columns';
import { COLUMN_ORDER, listOf } from '../ledger/columns';
import type { BookWriter } from './book';

/** Numbers of days, both included, on which a place belongs to a unit without a break. */
export interface Stay {
  readonly from: number;
  readonly to: number;
}

const FOR_EVER = numberOfDay(LAST_DAY);

/** Where the stock of a column is booked when its place changes units; a campaign is no stock. */
const BOUNDARIES = new Map(
  COLUMN_ORDER.flatMap((column): [Column, { into: Column; out: Column }][] => {
    const list = listOf(column);
    return list === 'campaign' ? [] : [[column, { into: `${list}.boundaryIn`, out: `${list}.boundaryOut` }]];
  }),
);

/** When the place belongs to the unit, in order. */
export function staysOf(tree: PlaceUnits, place: UnitId, unit: UnitId): readonly Stay[] {
  const stays: Stay[] = [];
  for (const period of tree.periodsOfPlace(place)) {
    if (!period.units.includes(unit)) continue;
    const [from, to] = [numberOfDay(period.from), numberOfDay(period.to)];
    const before = stays.at(-1);
    if (before?.to === from - 1) stays[stays.length - 1] = { from: before.from, to };
    else stays.push({ from, to });
  }
  return stays;
}

/**
 * Books entries of the journal on one unit, as `bookingsOf` books a movement on all the units above its place:
 * seen from one unit, only the days matter on which the place belongs to it, so nothing is made for an entry.
 */
export class UnitEntries {
  constructor(
    private readonly tree: PlaceUnits,
    private readonly unit: UnitId,
    private readonly writer: BookWriter,
  ) {}

  /** @param stays those of the entry's place in this unit */
  enter(
    stays: readonly Stay[],
    column: Column,
    effectiveOn: number,
    counterpart: UnitId | null,
    households: number,
    persons: number,
  ): void {
    const boundaries = BOUNDARIES.get(column);
    const day = boundaries ? effectiveOn : eveOfNumber(effectiveOn);
    for (const { from, to } of stays) {
      if (to < day) continue;
      if (from <= day) {
        // What moves within the unit is no movement of it; a campaign has no moves.
        if (!boundaries || !this.holds(counterpart, day))
          this.writer.add(column, effectiveOn, households, persons);
      } else if (boundaries) this.writer.add(boundaries.into, from, households, persons);
      if (boundaries && to < FOR_EVER) this.writer.add(boundaries.out, to + 1, 0 - households, 0 - persons);
    }
  }

  private holds(place: UnitId | null, day: number): boolean {
    return place !== null && this.tree.unitsOfPlace(place, dayOfNumber(day)).includes(this.unit);
  }
}

const EVES = new Map<number, number>();
const MOST_EVES = 100_000;

function eveOfNumber(day: number): number {
  const known = EVES.get(day);
  if (known !== undefined) return known;
  const eve = numberOfDay(eveOf(dayOfNumber(day)));
  if (EVES.size < MOST_EVES) EVES.set(day, eve);
  return eve;
}
