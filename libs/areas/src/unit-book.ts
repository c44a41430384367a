import type { PlainDate, UnitId } from '@ledger/kernel';
import { FIRST_DAY, LAST_DAY, dayBefore, earlierOf, notKnown, unreachable } from '@ledger/kernel';
import type { UnitAbolished, UnitCreated, UnitFact } from './unit.facts';
import { COUNTRY, COUNTRY_CODE, COUNTRY_NAME } from './unit.facts';
import type { Life, Unit, UnitRecord } from './unit-record';
import { daysOf, isAliveOn, unitOf } from './unit-record';

/** All units as the facts of the stream leave them. The fold changes it in place: one owner holds it. */
export interface UnitBook {
  /** How many facts it holds: the index of the next one. */
  factCount: number;
  readonly byId: Map<UnitId, UnitRecord>;
  /** All units that ever bear a code, in the order of their arrival. */
  readonly byCode: Map<string, UnitRecord[]>;
}

export function newUnitBook(): UnitBook {
  const country: UnitRecord = {
    id: COUNTRY,
    code: COUNTRY_CODE,
    level: 'country',
    name: COUNTRY_NAME,
    validFrom: FIRST_DAY,
    lastDay: LAST_DAY,
    parent: null,
    parts: [],
    changes: [],
  };
  return { factCount: 0, byId: new Map([[COUNTRY, country]]), byCode: new Map([[COUNTRY_CODE, [country]]]) };
}

/** Enters one fact, in place. Throws an `Error` where it names a unit that no earlier fact created. */
export function enter(book: UnitBook, fact: UnitFact): UnitBook {
  apply(book, fact, book.factCount);
  book.factCount += 1;
  return book;
}

function apply(book: UnitBook, fact: UnitFact, index: number): void {
  switch (fact.type) {
    case 'UnitCreated':
      return enterUnit(book, fact, index);
    case 'UnitRenamed':
    case 'UnitRetyped':
      recordOf(book, fact.unit).changes.push({ fact, index });
      return;
    case 'UnitAbolished':
      return endUnit(recordOf(book, fact.unit), fact, index);
  }
  unreachable(fact);
}

function endUnit(unit: UnitRecord, fact: UnitAbolished, index: number): void {
  unit.abolished = { fact, index };
  unit.lastDay = earlierOf(unit.lastDay, dayBefore(fact.effectiveOn));
}

function enterUnit(book: UnitBook, fact: UnitCreated, index: number): void {
  const parent = recordOf(book, fact.parent);
  const unit: UnitRecord = {
    id: fact.unit,
    code: fact.code,
    level: fact.level,
    name: fact.name,
    ...(fact.areaType !== undefined && { areaType: fact.areaType }),
    validFrom: fact.effectiveOn,
    lastDay: fact.validTo ?? LAST_DAY,
    parent,
    parts: [],
    created: { fact, index },
    changes: [],
  };
  book.byId.set(unit.id, unit);
  parent.parts.push(unit);
  const sameCode = book.byCode.get(unit.code);
  if (sameCode) sameCode.push(unit);
  else book.byCode.set(unit.code, [unit]);
}

function recordOf(book: UnitBook, id: UnitId): UnitRecord {
  const unit = book.byId.get(id);
  if (!unit) throw new Error(`no earlier fact creates the unit ${id}`);
  return unit;
}

export const bearersOf = (book: UnitBook, code: string): readonly UnitRecord[] => book.byCode.get(code) ?? [];

/** The unit that bears a code on a day. */
export const findBearer = (book: UnitBook, code: string, day: PlainDate): UnitRecord | undefined =>
  bearersOf(book, code).find((unit) => isAliveOn(unit, day));

/**
 * The unit that `ref` names: an official code on a day, or a full id, which is good for any day.
 * Throws `unit.unknown`, or `unit.outside-its-life` with the days that units of the code had.
 */
export function resolveUnit(book: UnitBook, ref: string, day: PlainDate): Unit {
  const unit = book.byId.get(ref as UnitId) ?? findBearer(book, ref, day);
  if (unit) return unitOf(unit);
  const others = bearersOf(book, ref);
  if (others.length === 0) throw notKnown({ code: 'unit.unknown', got: ref, facts: { unit: ref } });
  throw outsideLife(ref, day, others.map(unitOf));
}

/** Throws `unit.outside-its-life` with the days that the unit had, unless it is alive on the day. */
export function requireAlive(unit: Unit, day: PlainDate): void {
  if (!isWithin(unit, day)) throw outsideLife(unit.id, day, [unit]);
}

export const isWithin = ({ validFrom, validTo }: Life, day: PlainDate): boolean =>
  validFrom <= day && (validTo === null || day <= validTo);

function outsideLife(ref: string, day: PlainDate, lives: readonly Life[]) {
  return notKnown({
    code: 'unit.outside-its-life',
    got: ref,
    facts: { unit: ref, day, days: daysOf(lives) },
  });
}
