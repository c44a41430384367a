import type { Notice } from '@ledger/kernel';
import { findDay } from '@ledger/kernel';

/** Longer than any field, so that a slip of a quote is named as such. */
const MAX_CELL = 2_000;
const SPREADSHEET_ERROR = /^#(?:(?:REF|VALUE|DIV\/0|NAME|NUM|NULL|SPILL|CALC|FIELD)[!?]|N\/A|#+$)/;

/** What is wrong in any column. */
export function refuseWhatever(text: string): Notice | undefined {
  if (text === '-') return { code: 'cell.dash' };
  if (text.length > MAX_CELL)
    return { code: 'cell.too-long', facts: { length: text.length, limit: MAX_CELL } };
  if (/[\r\n]/.test(text)) return { code: 'cell.line-break' };
  if (SPREADSHEET_ERROR.test(text)) return { code: 'cell.spreadsheet-error', facts: { error: text } };
  return undefined;
}

const SCIENTIFIC = /^-?\d+(?:[.,]\d+)?[eE][+-]?\d+$/;
const THOUSANDS = /^-?\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+$/;
const DECIMAL = /^-?\d+(?:[., ]\d{3})*[.,]\d+$/;

/** A long number as a spreadsheet shows it: the digits are gone. An id may look like much else. */
export const refuseScientific = (text: string): Notice | undefined =>
  /^\d(?:[.,]\d+)?E\+\d+$/.test(text) ? { code: 'cell.scientific' } : undefined;

/** A number as a spreadsheet shows it, where digits alone are meant. */
export function refuseNumber(text: string): Notice | undefined {
  if (SCIENTIFIC.test(text)) return { code: 'cell.scientific' };
  if (THOUSANDS.test(text)) return { code: 'cell.thousands', facts: { digits: text.replace(/[^\d-]/g, '') } };
  if (DECIMAL.test(text)) return { code: 'cell.decimal' };
  return undefined;
}

/** The inner number of a day in Excel: 20000 is of 1954, 60000 of 2064. */
const SERIAL = /^[2-5]\d{4}$/;
const DAY_FIRST = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?:[ T].*)?$/;
const YEAR_FIRST = /^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?:[ T].*)?$/;

/** A day that is not written YYYY-MM-DD: no guess, but what it most probably should be. */
export function refuseDay(text: string): Notice | undefined {
  if (SERIAL.test(text)) return { code: 'cell.day-serial' };
  const [, day, month, year] = DAY_FIRST.exec(text) ?? [];
  const [, year2, month2, day2] = YEAR_FIRST.exec(text) ?? [];
  if (year === undefined && year2 === undefined) return undefined;
  const iso = `${year ?? year2}-${(month ?? month2)?.padStart(2, '0')}-${(day ?? day2)?.padStart(2, '0')}`;
  return { code: 'cell.day-format', facts: { like: findDay(iso) ?? '2022-12-31' } };
}

/** Codes have 2, 3 or 5 digits; fewer are what is left when a spreadsheet takes a code for a number. */
export function refuseLostZero(text: string, lengths: readonly number[]): Notice | undefined {
  if (!/^\d+$/.test(text) || lengths.includes(text.length)) return undefined;
  const length = lengths.find((wanted) => wanted > text.length);
  return length === undefined
    ? undefined
    : { code: 'cell.lost-zero', facts: { code: text.padStart(length, '0') } };
}

const NUMBERS = /^\d{1,2}(?:\s*[,;./]\s*\d{1,2})+$/;

/** A list with another separator than `|`. */
export function refuseSeparator(text: string, type: 'words' | 'integers'): Notice | undefined {
  const wrong = type === 'words' ? /[,;]/.test(text) : NUMBERS.test(text);
  const like = text.split(/\s*[,;./]\s*/).join('|');
  return wrong ? { code: 'cell.list-separator', facts: { like } } : undefined;
}
