declare const plainDate: unique symbol;

/**
 * A calendar day in Vietnam, written `YYYY-MM-DD`. A word, not an instant: it has no time zone, and days
 * compare as strings. Build one with {@link parseDay} or {@link dayOf}.
 */
export type PlainDate = string & { readonly [plainDate]: true };

/** The day on which the country begins in the ledger: no fact and no unit is older. */
export const FIRST_DAY = '1945-09-02' as PlainDate;
export const LAST_DAY = '9999-12-31' as PlainDate;

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;
/** Days come again and again, and few are different: what was worked out is kept, up to so many. */
const MOST_KEPT = 100_000;
const FOUND = new Set<string>();
const MS_PER_DAY = 86_400_000;
/** Asia/Ho_Chi_Minh has been UTC+7 without summer time since 1975. */
const VIETNAM_OFFSET_MS = 7 * 3_600_000;

/** The day that a text names, or `undefined` where it names none (`2023-02-29`, `31/12/2022`). */
export function findDay(text: unknown): PlainDate | undefined {
  if (typeof text !== 'string') return undefined;
  if (FOUND.has(text)) return text as PlainDate;
  const day = readDay(text);
  if (day !== undefined && FOUND.size < MOST_KEPT) FOUND.add(day);
  return day;
}

function readDay(text: string): PlainDate | undefined {
  const match = SHAPE.exec(text);
  if (!match) return undefined;
  const ms = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return dayFromMs(ms) === text && text >= FIRST_DAY ? (text as PlainDate) : undefined;
}

/** The day that a text names. Throws a `RangeError` where it names none: for texts of our own. */
export function parseDay(text: string): PlainDate {
  const day = findDay(text);
  if (day === undefined) throw new RangeError(`not a day (YYYY-MM-DD, from ${FIRST_DAY}): ${text}`);
  return day;
}

/** The day in Vietnam at an instant, given as ISO 8601 text or as milliseconds since 1970 (UTC). */
export function dayOf(instant: string | number): PlainDate {
  const ms = typeof instant === 'number' ? instant : Date.parse(instant);
  return dayFromMs(ms + VIETNAM_OFFSET_MS);
}

/** Days later, or earlier where negative. After {@link LAST_DAY} there is none. */
export function addDays(day: PlainDate, days: number): PlainDate {
  return dayOfNumber(Math.min(numberOfDay(day) + days, numberOfDay(LAST_DAY)));
}

export const dayBefore = (day: PlainDate): PlainDate => addDays(day, -1);
export const dayAfter = (day: PlainDate): PlainDate => addDays(day, 1);

/** The same day so many years later; 29 February becomes 28 February where there is none. */
export function addYears(day: PlainDate, years: number): PlainDate {
  const year = yearOf(day) + years;
  if (year > yearOf(LAST_DAY)) return LAST_DAY;
  const shifted = findDay(`${String(year).padStart(4, '0')}${day.slice(4)}`);
  return shifted ?? parseDay(`${String(year).padStart(4, '0')}-02-28`);
}

export const yearOf = (day: PlainDate): number => Number(day.slice(0, 4));
export const monthOf = (day: PlainDate): number => Number(day.slice(5, 7));

export function lastDayOfMonth(year: number, month: number): PlainDate {
  return dayFromMs(Date.UTC(year, month, 0));
}

export const earlierOf = (a: PlainDate, b: PlainDate): PlainDate => (a <= b ? a : b);
export const laterOf = (a: PlainDate, b: PlainDate): PlainDate => (a >= b ? a : b);

const NUMBERS = new Map<string, number>();
const DAYS = new Map<number, PlainDate>();

/** The number of a day, counted from 1970-01-01 and negative before: for storage, and to count days. */
export function numberOfDay(day: PlainDate): number {
  const known = NUMBERS.get(day);
  if (known !== undefined) return known;
  const number = Date.parse(`${day}T00:00:00Z`) / MS_PER_DAY;
  if (NUMBERS.size < MOST_KEPT) NUMBERS.set(day, number);
  return number;
}

export function dayOfNumber(number: number): PlainDate {
  const known = DAYS.get(number);
  if (known !== undefined) return known;
  const day = dayFromMs(number * MS_PER_DAY);
  if (DAYS.size < MOST_KEPT) DAYS.set(number, day);
  return day;
}

function dayFromMs(ms: number): PlainDate {
  return new Date(ms).toISOString().slice(0, 10) as PlainDate;
}
