import type { AreaType, PlainDate, UnitId } from '@ledger/kernel';
import { canonicalJson, dayBefore, notKnown } from '@ledger/kernel';
import type { PlacePeriod } from './place-periods';
import { Places } from './places';
import type { UnitStretch } from './stretches';
import { Stretches } from './stretches';
import type { UnitFact, UnitLevel } from './unit.facts';
import type { UnitBook } from './unit-book';
import { enter, newUnitBook, requireAlive, resolveUnit } from './unit-book';
import type { Unit, UnitRecord } from './unit-record';
import {
  daysOfChange,
  inForceOn,
  isAliveOn,
  nearestAliveAbove,
  nearestDayOf,
  partsThat,
  unitOf,
} from './unit-record';

/** A unit as it was on a day. `parent` is the nearest unit above that was alive, null for the country. */
export interface UnitOnDay extends Unit {
  readonly name: string;
  readonly areaType?: AreaType;
  readonly parent: UnitId | null;
}

export interface UnitSearch {
  readonly parent?: UnitId;
  readonly level?: UnitLevel;
  readonly on: PlainDate;
}

/**
 * The units and their order, on any day, as the facts given tell it: for "as known on K" hand over the facts
 * recorded by K. It never changes, and what it works out it keeps.
 *
 * Figures are booked on places, a place being the commune that a household's own facts name. A unit is a set
 * of places that depends on the day (rule 8); everything that asks which goes through `periodsOfPlace`.
 * A unit that the tree does not hold has no days, no parts and no places.
 */
export class UnitTree {
  private readonly places: Places;
  private readonly stretches: Stretches;

  private constructor(private readonly book: UnitBook) {
    this.places = new Places(book);
    this.stretches = new Stretches(book, this.places);
  }

  /** Throws an `Error` where a fact names a unit that no earlier fact created. */
  static of(facts: Iterable<UnitFact>): UnitTree {
    const book = newUnitBook();
    for (const fact of facts) enter(book, fact);
    return new UnitTree(book);
  }

  /** How many facts it was made from. */
  get factCount(): number {
    return this.book.factCount;
  }

  find(id: UnitId): Unit | undefined {
    const unit = this.book.byId.get(id);
    return unit && unitOf(unit);
  }

  /**
   * Name, area type and parent as in force on the day; outside the unit's life those of the nearest day of it.
   * Throws `unit.unknown`.
   */
  attributesOn(id: UnitId, day: PlainDate): UnitOnDay {
    const unit = this.book.byId.get(id);
    if (!unit) throw notKnown({ code: 'unit.unknown', got: id, facts: { unit: id } });
    const parent = nearestAliveAbove(unit, nearestDayOf(unit, day));
    return { ...unitOf(unit), ...inForceOn(unit, day), parent: parent?.id ?? null };
  }

  /** The first days of the stretches in which name, area type and parent of a unit stayed the same, in order. */
  changesOf(id: UnitId): readonly PlainDate[] {
    const unit = this.book.byId.get(id);
    if (!unit) return [];
    const shown = (day: PlainDate): string => canonicalJson(this.attributesOn(id, day));
    return daysOfChange(unit).filter((day) => day === unit.validFrom || shown(day) !== shown(dayBefore(day)));
  }

  /** The days after `from`, up to and with `to`, on which this unit or any below it begins or has ended. */
  changesBelow(id: UnitId, from: PlainDate, to: PlainDate): readonly PlainDate[] {
    return this.stretches.changesBelow(id, from, to);
  }

  /** See {@link resolveUnit}. */
  resolve(ref: string, day: PlainDate): Unit {
    return resolveUnit(this.book, ref, day);
  }

  /** See {@link requireAlive}. */
  requireAlive(unit: Unit, day: PlainDate): void {
    requireAlive(unit, day);
  }

  isAlive(id: UnitId, day: PlainDate): boolean {
    return this.findAlive(id, day) !== undefined;
  }

  /**
   * The nearest unit above that is alive on the day, whether or not the unit itself is: after the end of the
   * districts a commune belongs to its province. Null for the country.
   */
  parentOn(id: UnitId, day: PlainDate): UnitId | null {
    const unit = this.book.byId.get(id);
    return (unit && nearestAliveAbove(unit, day)?.id) ?? null;
  }

  /** The units alive on the day whose parent of that day is this one, by code. */
  childrenOn(id: UnitId, day: PlainDate): readonly Unit[] {
    const unit = this.findAlive(id, day);
    return unit ? byCode(partsThat((part) => isAliveOn(part, day), unit)) : [];
  }

  /** The communes alive on the day below the unit (the unit itself, if it is one), by code. */
  communesOn(id: UnitId, day: PlainDate): readonly UnitId[] {
    return this.stretches.on(id, day).communes;
  }

  /** The places that belong to the unit on the day. */
  placesOn(id: UnitId, day: PlainDate): readonly UnitId[] {
    return this.stretches.on(id, day).places;
  }

  /** The days around this one on which what the unit holds stays the same, and what that is. */
  stretchOn(id: UnitId, day: PlainDate): UnitStretch {
    return this.stretches.on(id, day);
  }

  /**
   * The units alive on `on`, by code: with `parent` its children, with `level` as well all units of the level
   * below it, with `level` alone all units of the level, with neither all units.
   */
  search({ parent, level, on }: UnitSearch): readonly Unit[] {
    if (parent !== undefined && level === undefined) return this.childrenOn(parent, on);
    const top = parent === undefined ? undefined : this.findAlive(parent, on);
    if (parent !== undefined && !top) return [];
    const units = top
      ? aliveBelow(top, on)
      : [...this.book.byId.values()].filter((unit) => isAliveOn(unit, on));
    return byCode(units.filter((unit) => level === undefined || unit.level === level));
  }

  /** The commune that holds the place on the day and the units above it; none when the commune is not alive. */
  unitsOfPlace(place: UnitId, day: PlainDate): readonly UnitId[] {
    return this.places.unitsOfPlace(place, day);
  }

  /** The commune that holds the place on the day. */
  communeOfPlace(place: UnitId, day: PlainDate): UnitId | undefined {
    return this.places.communeOfPlace(place, day);
  }

  /** The longest periods in which the place belongs to the same units, in order; gaps are left out. */
  periodsOfPlace(place: UnitId): readonly PlacePeriod[] {
    return this.places.periodsOfPlace(place);
  }

  /** The places that belong to the unit on any day. */
  placesEverIn(id: UnitId): readonly UnitId[] {
    return this.places.placesEverIn(id);
  }

  /** The days after `from`, up to and with `to`, on which the unit's places are not those of the day before. */
  boundaryChanges(id: UnitId, from: PlainDate, to: PlainDate): readonly PlainDate[] {
    return this.places.boundaryChanges(id, from, to);
  }

  private findAlive(id: UnitId, day: PlainDate): UnitRecord | undefined {
    const unit = this.book.byId.get(id);
    return unit && isAliveOn(unit, day) ? unit : undefined;
  }
}

function aliveBelow(unit: UnitRecord, day: PlainDate): UnitRecord[] {
  const children = partsThat((part) => isAliveOn(part, day), unit);
  return children.flatMap((child) => [child, ...aliveBelow(child, day)]);
}

const byCode = (units: readonly UnitRecord[]): Unit[] =>
  units.map(unitOf).sort((a, b) => (a.code < b.code ? -1 : 1));
