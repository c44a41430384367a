import type { Decision } from '@ledger/event-sourcing';
import type { AreaType, Notice, PlainDate } from '@ledger/kernel';
import {
  FIRST_DAY,
  LAST_DAY,
  canonicalJson,
  refusePersonalNumbers,
  ruleBroken,
  unitId,
} from '@ledger/kernel';
import type { LevelBelowCountry, UnitCreated, UnitLevel } from './unit.facts';
import { COUNTRY_CODE } from './unit.facts';
import type { UnitBook } from './unit-book';
import { bearersOf, findBearer } from './unit-book';
import type { UnitRecord } from './unit-record';
import { daysOf, unitOf } from './unit-record';

export interface CreateUnit {
  readonly type: 'CreateUnit';
  readonly code: string;
  readonly name: string;
  readonly level: LevelBelowCountry;
  /** Absent: the country. It is the unit that bears the code on `validFrom`. */
  readonly parentCode?: string;
  readonly areaType?: AreaType;
  readonly validFrom: PlainDate;
  /** The last day, where it is known already. */
  readonly validTo?: PlainDate;
  readonly legalBasis?: string;
}

/** QĐ 124/2004/QĐ-TTg, and QĐ 19/2025/QĐ-TTg, which has no districts. */
const CODE_SHAPES: Readonly<Record<LevelBelowCountry, RegExp>> = {
  province: /^\d{2}$/,
  district: /^\d{3}$/,
  commune: /^\d{5}$/,
};

const PARENT_LEVELS: Readonly<Record<LevelBelowCountry, readonly UnitLevel[]>> = {
  province: ['country'],
  district: ['province'],
  commune: ['district', 'province'],
};

export function createUnit(order: CreateUnit, book: UnitBook): Decision<UnitCreated> {
  refuseMisshapen(order);
  const existing = book.byId.get(unitId(order.code, order.validFrom));
  if (existing) return { unchangedAt: requireSameContent(order, existing) };

  const parent = requireParent(order, book);
  refuseSharedCode(order, book);
  return { facts: [factOf(order, parent)], notices: noticesOf(order, parent) };
}

function refuseMisshapen({ code, name, level, validFrom, validTo, legalBasis }: CreateUnit): void {
  refusePersonalNumbers({ name, legalBasis });
  if (!CODE_SHAPES[level].test(code)) throw ruleBroken({ code: 'unit.code-shape', field: 'code', got: code });
  if (validFrom < FIRST_DAY) {
    const facts = { firstDay: FIRST_DAY };
    throw ruleBroken({ code: 'unit.before-the-country', field: 'validFrom', got: validFrom, facts });
  }
  if (validTo !== undefined && validTo < validFrom) {
    const facts = { validFrom };
    throw ruleBroken({ code: 'unit.valid-to-before-valid-from', field: 'validTo', got: validTo, facts });
  }
}

/** The place of the fact that says the same. The parent counts by its code: which unit bears it may change. */
function requireSameContent(order: CreateUnit, { id, created, parent }: UnitRecord): number {
  if (created && parent && parent.code === (order.parentCode ?? COUNTRY_CODE)) {
    if (canonicalJson(factOf(order, parent)) === canonicalJson(created.fact)) return created.index;
  }
  throw ruleBroken({ code: 'unit.already-exists', field: 'code', got: order.code, facts: { unit: id } });
}

function requireParent({ level, parentCode, validFrom }: CreateUnit, book: UnitBook): UnitRecord {
  const parent = findBearer(book, parentCode ?? COUNTRY_CODE, validFrom);
  const got = parentCode ?? null;
  if (!parent) {
    const facts = { parentCode: parentCode ?? COUNTRY_CODE, day: validFrom };
    throw ruleBroken({ code: 'unit.parent-unknown', field: 'parentCode', got, facts });
  }
  if (!PARENT_LEVELS[level].includes(parent.level)) {
    throw ruleBroken({ code: 'unit.parent-level', field: 'parentCode', got });
  }
  return parent;
}

/** Two units may bear one code one after the other (24611 on 2025-07-01), never on one day. */
function refuseSharedCode({ code, validFrom, validTo = LAST_DAY }: CreateUnit, book: UnitBook): void {
  const others = bearersOf(book, code).filter(
    (other) => other.validFrom <= validTo && validFrom <= other.lastDay,
  );
  if (others.length === 0) return;
  const facts = { unit: code, days: daysOf(others.map(unitOf)) };
  throw ruleBroken({ code: 'unit.code-in-use', field: 'code', got: code, facts });
}

function factOf(order: CreateUnit, parent: UnitRecord): UnitCreated {
  const { code, name, level, areaType, validFrom, validTo, legalBasis } = order;
  return {
    type: 'UnitCreated',
    effectiveOn: validFrom,
    unit: unitId(code, validFrom),
    code,
    name,
    level,
    parent: parent.id,
    ...(areaType !== undefined && { areaType }),
    ...(validTo !== undefined && { validTo }),
    ...(legalBasis !== undefined && { legalBasis }),
  };
}

function noticesOf({ validTo = LAST_DAY }: CreateUnit, parent: UnitRecord): Notice[] {
  if (validTo <= parent.lastDay) return [];
  return [{ code: 'unit.outlives-parent', facts: { parent: parent.id, parentLastDay: parent.lastDay } }];
}
