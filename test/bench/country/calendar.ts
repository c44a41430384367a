import type { PlainDate } from '@ledger/kernel';

/** The first year of the country; day 0 is the day before it. */
export const FIRST_YEAR = 2016;

const MS_PER_DAY = 86_400_000;
const DAY_0 = Date.UTC(FIRST_YEAR, 0, 0);
const SO_MANY_DAYS = 366 * 25;

const DAYS: readonly PlainDate[] = Array.from(
  { length: SO_MANY_DAYS },
  (_none, day) => new Date(DAY_0 + day * MS_PER_DAY).toISOString().slice(0, 10) as PlainDate,
);

/** A day is a number here, which fits into two bytes; this is its name. */
export function dateOf(day: number): PlainDate {
  const date = DAYS[day];
  if (date === undefined) throw new RangeError(`${day} is no day of the country`);
  return date;
}

export const dayIn = (year: number, month: number, day: number): number =>
  (Date.UTC(year, month - 1, day) - DAY_0) / MS_PER_DAY;

export const yearOfDay = (day: number): number => Number(dateOf(day).slice(0, 4));
export const dayOfYear = (day: number): number => day - dayIn(yearOfDay(day), 1, 1) + 1;
