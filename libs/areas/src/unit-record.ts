import type { AreaType, PlainDate, UnitId } from '@ledger/kernel';
import { LAST_DAY, dayAfter, earlierOf, laterOf, ruleBroken } from '@ledger/kernel';
import type { UnitAbolished, UnitCreated, UnitLevel, UnitRenamed, UnitRetyped } from './unit.facts';

/** A fact with its place in the stream. */
export interface Recorded<Fact> {
  readonly fact: Fact;
  readonly index: number;
}

/** The days of a unit, both included; `validTo` is null while no end is known. */
export interface Life {
  readonly validFrom: PlainDate;
  readonly validTo: PlainDate | null;
}

/** A unit for ever: what no fact but its end can change. */
export interface Unit extends Life {
  readonly id: UnitId;
  readonly code: string;
  readonly level: UnitLevel;
}

/** A unit as its facts leave it. Only the fold in `unit-book.ts` writes to it. */
export interface UnitRecord {
  readonly id: UnitId;
  readonly code: string;
  readonly level: UnitLevel;
  readonly name: string;
  readonly areaType?: AreaType;
  readonly validFrom: PlainDate;
  /** {@link LAST_DAY} while no end is known. */
  lastDay: PlainDate;
  readonly parent: UnitRecord | null;
  /** The units that name this one as their parent, alive or not. */
  readonly parts: UnitRecord[];
  /** Absent for the country alone. */
  readonly created?: Recorded<UnitCreated>;
  /** In the order of their arrival. */
  readonly changes: Recorded<UnitRenamed | UnitRetyped>[];
  abolished?: Recorded<UnitAbolished>;
}

export const isAliveOn = (unit: UnitRecord, day: PlainDate): boolean =>
  unit.validFrom <= day && day <= unit.lastDay;

/** For orders: refuses `effectiveOn` where the unit is not alive on it, naming the days that it had. */
export function requireAliveOn(unit: UnitRecord, day: PlainDate): void {
  if (isAliveOn(unit, day)) return;
  const facts = { unit: unit.id, day, days: daysOf([unitOf(unit)]) };
  throw ruleBroken({ code: 'unit.outside-its-life', field: 'effectiveOn', got: day, facts });
}

export function unitOf({ id, code, level, validFrom, lastDay }: UnitRecord): Unit {
  return { id, code, level, validFrom, validTo: lastDay === LAST_DAY ? null : lastDay };
}

/** The days of units as an officer reads them in any language: `2004-06-30..2025-06-30, 2025-07-01..`. */
export const daysOf = (lives: readonly Life[]): string =>
  [...lives]
    .sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
    .map(({ validFrom, validTo }) => `${validFrom}..${validTo ?? ''}`)
    .join(', ');

/** The day itself, or the nearest one on which the unit was alive. */
export const nearestDayOf = (unit: UnitRecord, day: PlainDate): PlainDate =>
  earlierOf(laterOf(day, unit.validFrom), unit.lastDay);

/**
 * Name and area type in force on a day: the change with the latest `effectiveOn` up to it, of two for one day
 * the one that arrived later. Outside its life a unit keeps what it had on the nearest day of it.
 */
export function inForceOn(unit: UnitRecord, day: PlainDate): { name: string; areaType?: AreaType } {
  const { changes } = unit;
  const within = nearestDayOf(unit, day);
  const name = latestUpTo(changes, 'UnitRenamed', within)?.name ?? unit.name;
  const areaType = latestUpTo(changes, 'UnitRetyped', within)?.areaType ?? unit.areaType;
  return { name, ...(areaType !== undefined && { areaType }) };
}

type Change = UnitRenamed | UnitRetyped;

function latestUpTo<Type extends Change['type']>(
  changes: UnitRecord['changes'],
  type: Type,
  day: PlainDate,
): Extract<Change, { type: Type }> | undefined {
  let latest: Change | undefined;
  for (const { fact } of changes) {
    if (fact.type !== type || fact.effectiveOn > day) continue;
    if (!latest || fact.effectiveOn >= latest.effectiveOn) latest = fact;
  }
  return latest as Extract<Change, { type: Type }> | undefined;
}

/** The nearest unit above that is alive on the day: a level that has ended is passed over. */
export function nearestAliveAbove(unit: UnitRecord, day: PlainDate): UnitRecord | null {
  let above = unit.parent;
  while (above && !isAliveOn(above, day)) above = above.parent;
  return above;
}

/** The nearest units below that `live`; below one that does not, those that stand in for it. */
export function partsThat(live: (part: UnitRecord) => boolean, unit: UnitRecord): UnitRecord[] {
  return unit.parts.flatMap((part) => (live(part) ? [part] : partsThat(live, part)));
}

/** The days of a unit on which its name, its area type or the unit above it may have changed, the first included. */
export function daysOfChange(unit: UnitRecord): readonly PlainDate[] {
  const days = new Set([unit.validFrom, ...unit.changes.map(({ fact }) => fact.effectiveOn)]);
  for (let above = unit.parent; above; above = above.parent) {
    days.add(above.validFrom);
    if (above.lastDay < LAST_DAY) days.add(dayAfter(above.lastDay));
  }
  return [...days].filter((day) => isAliveOn(unit, day)).sort();
}
