import type { PlainDate, UnitId } from '@ledger/kernel';
import { LAST_DAY, dayAfter, dayBefore } from '@ledger/kernel';
import type { UnitRecord } from './unit-record';
import { isAliveOn, nearestAliveAbove } from './unit-record';

/** Days, both included, on which a place belongs to the same units: its commune first, the country last. */
export interface PlacePeriod {
  readonly from: PlainDate;
  /** The last day; `LAST_DAY` while no end is known. */
  readonly to: PlainDate;
  readonly units: readonly UnitId[];
}

/**
 * The longest periods with the same units, in order. Days on which no commune holds the place are left out.
 * On each start a unit above begins or is gone, so two neighbours never have the same units.
 */
export function periodsOf(commune: UnitRecord): PlacePeriod[] {
  const starts = startsOf(commune);
  return starts.map((from, index) => {
    const next = starts[index + 1];
    return {
      from,
      to: next === undefined ? commune.lastDay : dayBefore(next),
      units: chainOn(commune, from),
    };
  });
}

/** The days of the commune's life on which a unit above it begins or is gone, and the first one. */
function startsOf(commune: UnitRecord): PlainDate[] {
  const days = new Set([commune.validFrom]);
  for (let above = commune.parent; above; above = above.parent) {
    days.add(above.validFrom);
    if (above.lastDay < LAST_DAY) days.add(dayAfter(above.lastDay));
  }
  return [...days].filter((day) => isAliveOn(commune, day)).sort();
}

/** The commune and the units above it on a day of its life. */
function chainOn(commune: UnitRecord, day: PlainDate): UnitId[] {
  const units: UnitId[] = [];
  for (let unit: UnitRecord | null = commune; unit; unit = nearestAliveAbove(unit, day)) units.push(unit.id);
  return units;
}
