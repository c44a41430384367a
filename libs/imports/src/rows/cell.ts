import { findDay, unreachable } from '@ledger/kernel';
import type { Notice } from '@ledger/kernel';
import {
  refuseDay,
  refuseLostZero,
  refuseNumber,
  refuseScientific,
  refuseSeparator,
  refuseWhatever,
} from './habits';

/** What a column holds: it decides which habits of spreadsheets would lose something there. */
export type CellType =
  | 'text'
  | 'word'
  | 'day'
  | 'integer'
  | 'words'
  | 'integers'
  /** The code of any unit. */
  | 'unit'
  | 'province'
  | 'district'
  | 'province-or-district'
  /** The code of a commune: where households live. */
  | 'commune'
  /** An id or a list number: digits or not. */
  | 'id';

/** A value as an order takes it, or why the cell has none. */
export type CellValue = { readonly value: unknown } | { readonly refusal: Notice };

const INTEGER = /^-?\d{1,15}$/;

/** Reads a cell that has been cleaned and is not empty. Whether the value will do is for the order to check. */
export function readCell(text: string, type: CellType): CellValue {
  const isList = type === 'words' || type === 'integers';
  if (text === '-' && isList) return { value: [] };
  const refusal = refuseWhatever(text) ?? refusalFor(text, type);
  if (refusal) return { refusal };
  switch (type) {
    case 'integer':
      return { value: integerOf(text) };
    case 'words':
      return { value: itemsOf(text) };
    case 'integers':
      return { value: itemsOf(text).map(integerOf) };
    case 'text':
    case 'word':
    case 'day':
    case 'unit':
    case 'province':
    case 'district':
    case 'province-or-district':
    case 'commune':
    case 'id':
      return { value: text };
  }
  return unreachable(type);
}

function refusalFor(text: string, type: CellType): Notice | undefined {
  switch (type) {
    case 'day':
      return findDay(text) === undefined ? refuseDay(text) : undefined;
    case 'integer':
      return INTEGER.test(text) ? undefined : refuseNumber(text);
    case 'words':
    case 'integers':
      return refuseSeparator(text, type);
    case 'unit':
    case 'province':
    case 'district':
    case 'province-or-district':
    case 'commune':
      return refuseNumber(text) ?? refuseLostZero(text, DIGITS[type]);
    case 'id':
      return refuseScientific(text);
    case 'text':
    case 'word':
      return undefined;
  }
  return unreachable(type);
}

/** QĐ 124/2004/QĐ-TTg: how many digits a code has, by the level of its unit. */
const DIGITS = {
  unit: [2, 3, 5],
  province: [2],
  district: [3],
  'province-or-district': [2, 3],
  commune: [5],
} as const;

const itemsOf = (text: string): string[] => text.split('|').map((item) => item.trim());

const integerOf = (text: string): unknown => (INTEGER.test(text) ? Number(text) : text);
