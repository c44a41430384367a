import type { PlainDate } from '@ledger/kernel';
import { dayOfNumber, numberOfDay, yearOf } from '@ledger/kernel';

/**
 * What was booked on a unit in a year, under one standard and in one group: a list of triples (key,
 * households, persons) in the order of their keys, each key once and no amount nothing.
 */
export type Triples = ArrayLike<number>;

const NUMBERS = 3;
/** Columns fit into six bits. */
const COLUMNS = 64;

/** The key of a day of a year and a column. */
export const keyOf = (dayOfYear: number, column: number): number => dayOfYear * COLUMNS + column;
export const columnIn = (key: number): number => key % COLUMNS;
export const dayIn = (key: number): number => Math.floor(key / COLUMNS);

interface PlaceInYear {
  readonly year: number;
  /** From 0. */
  readonly dayOfYear: number;
}

const MOST_KEPT = 100_000;
const places = new Map<number, PlaceInYear>();

/** The year of a day, given as its number, and which day of it that is. */
export function placeInYear(day: number): PlaceInYear {
  const known = places.get(day);
  if (known) return known;
  const year = yearOf(dayOfNumber(day));
  const place = { year, dayOfYear: day - firstDayOf(year) };
  if (places.size < MOST_KEPT) places.set(day, place);
  return place;
}

export const firstDayOf = (year: number): number => numberOfDay(`${year}-01-01` as PlainDate);

/** @throws RangeError where a number is none that is kept as it is: a whole one of 32 bits */
export const packTriples = (triples: Triples): Uint8Array => new Uint8Array(wholeNumbers(triples).buffer);

/**
 * The same numbers, in 32 bits each.
 * @throws RangeError where one of them would be another: a balance is refused, never cut
 */
export function wholeNumbers(numbers: ArrayLike<number>): Int32Array<ArrayBuffer> {
  const whole = Int32Array.from(numbers);
  for (let at = 0; at < whole.length; at++) {
    if (whole[at] !== numbers[at]) throw new RangeError(`a balance cannot keep ${numbers[at]}`);
  }
  return whole;
}

/** Both lists added up. */
export function mergeTriples(a: ArrayLike<number>, b: ArrayLike<number>): number[] {
  const merged: number[] = [];
  let left = 0;
  let right = 0;
  while (left < a.length || right < b.length) {
    const leftKey = left < a.length ? (a[left] as number) : Infinity;
    const rightKey = right < b.length ? (b[right] as number) : Infinity;
    const key = Math.min(leftKey, rightKey);
    let households = 0;
    let persons = 0;
    if (leftKey === key) {
      households += a[left + 1] as number;
      persons += a[left + 2] as number;
      left += NUMBERS;
    }
    if (rightKey === key) {
      households += b[right + 1] as number;
      persons += b[right + 2] as number;
      right += NUMBERS;
    }
    if (households !== 0 || persons !== 0) merged.push(key, households, persons);
  }
  return merged;
}

/** The sums of the columns over a whole year: their keys are the columns. */
export function yearTotalsOf(days: Triples): readonly number[] {
  const sums = new Map<number, [number, number]>();
  for (let at = 0; at < days.length; at += NUMBERS) {
    const column = columnIn(days[at] as number);
    const [households, persons] = sums.get(column) ?? [0, 0];
    sums.set(column, [households + (days[at + 1] as number), persons + (days[at + 2] as number)]);
  }
  return [...sums].sort(([a], [b]) => a - b).flatMap(([column, sum]) => [column, ...sum]);
}
