import type { PlainDate } from './plain-date';
import { findDay } from './plain-date';

/**
 * A unit for ever: `code@validFrom`. A code alone means different land before and after a merge (24611 is
 * Phường Nghĩa Đức until 2025-06-30 and Phường Bắc Gia Nghĩa after).
 */
export type UnitId = `${string}@${string}`;

export const UNIT_CODE = /^(VN|\d{2}|\d{3}|\d{5})$/;

export const unitId = (code: string, validFrom: PlainDate): UnitId => `${code}@${validFrom}`;

export function splitUnitId(text: string): { code: string; validFrom: PlainDate } | undefined {
  const [code, day, ...rest] = text.split('@');
  const validFrom = findDay(day);
  if (code === undefined || validFrom === undefined || rest.length > 0) return undefined;
  return UNIT_CODE.test(code) ? { code, validFrom } : undefined;
}

/** Opaque ids that we take from outside: they name no person and fit into a stream name. */
export const OPAQUE_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

const UUIDS = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/**
 * A Vietnamese personal identification number (CCCD) has 12 digits: it never enters the ledger. One UUID in
 * 280 ends in 12 decimal digits and is none.
 */
export const holdsPersonalNumber = (text: string): boolean =>
  /(?<!\d)\d{12}(?!\d)/.test(text.replace(UUIDS, ''));
