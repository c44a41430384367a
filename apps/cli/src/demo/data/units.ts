import type { AreaType, PlainDate, UnitId } from '@ledger/kernel';
import { parseDay, unitId } from '@ledger/kernel';

/**
 * The first day of every unit of the demo: Gia Nghĩa is a city from then on, and A Lưới has the communes of
 * its last mergers. They are left open-ended: the reorganisation of July 2025 is recorded by acts.
 */
export const UNITS_FROM: PlainDate = parseDay('2020-01-01');

export interface DemoUnit {
  readonly code: string;
  readonly name: string;
}

export interface DemoCommune extends DemoUnit {
  readonly areaType: AreaType;
  /** The code of its district. */
  readonly district: string;
}

export const idOf = ({ code }: DemoUnit): UnitId => unitId(code, UNITS_FROM);

export const commune = (code: string, name: string, areaType: AreaType, district: string): DemoCommune => ({
  code,
  name,
  areaType,
  district,
});
