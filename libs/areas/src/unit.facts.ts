import type { AreaType, PlainDate, UnitId } from '@ledger/kernel';
import { FIRST_DAY, unitId } from '@ledger/kernel';

/** All facts about units are in one stream: whether a code is free depends on every other unit. */
export const UNITS_STREAM = 'units';

/** The country is there from the start; no fact creates, changes or ends it. */
export const COUNTRY_CODE = 'VN';
export const COUNTRY: UnitId = unitId(COUNTRY_CODE, FIRST_DAY);
export const COUNTRY_NAME = 'Việt Nam';

/** The levels below the country. There is no district after 2025-06-30 (QĐ 19/2025/QĐ-TTg). */
export const LEVELS_BELOW_COUNTRY = ['province', 'district', 'commune'] as const;
export type LevelBelowCountry = (typeof LEVELS_BELOW_COUNTRY)[number];
export type UnitLevel = 'country' | LevelBelowCountry;

export interface UnitCreated {
  readonly type: 'UnitCreated';
  /** The first day of the unit, its "valid from". It may lie in the future: laws are published ahead. */
  readonly effectiveOn: PlainDate;
  readonly unit: UnitId;
  readonly code: string;
  readonly name: string;
  readonly level: LevelBelowCountry;
  readonly parent: UnitId;
  readonly areaType?: AreaType;
  /** The last day, where it was known from the start. */
  readonly validTo?: PlainDate;
  /** The act behind it, e.g. `1661/NQ-UBTVQH15`. */
  readonly legalBasis?: string;
}

export interface UnitRenamed {
  readonly type: 'UnitRenamed';
  readonly effectiveOn: PlainDate;
  readonly unit: UnitId;
  readonly name: string;
  readonly legalBasis?: string;
}

export interface UnitRetyped {
  readonly type: 'UnitRetyped';
  readonly effectiveOn: PlainDate;
  readonly unit: UnitId;
  readonly areaType: AreaType;
  readonly legalBasis?: string;
}

export interface UnitAbolished {
  readonly type: 'UnitAbolished';
  /** The first day without the unit; its last day is the day before. */
  readonly effectiveOn: PlainDate;
  readonly unit: UnitId;
  readonly legalBasis?: string;
}

/** Everything that can have happened to a unit. Facts come in any order of their `effectiveOn`. */
export type UnitFact = UnitCreated | UnitRenamed | UnitRetyped | UnitAbolished;
