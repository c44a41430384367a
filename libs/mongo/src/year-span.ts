import type { PlainDate } from '@ledger/kernel';
import { dayAfter, earlierOf, lastDayOfMonth, laterOf, monthOf, yearOf } from '@ledger/kernel';

/** The years between two days, both included, and which fields of their balances add up to these days. */
export interface YearSpan {
  /** Years that lie between them as a whole, first and last; absent where there is none. */
  readonly whole?: { readonly from?: number; readonly to: number };
  /** Years of which a part lies between them: these months and days. */
  readonly parts: readonly { readonly year: number; readonly fields: readonly string[] }[];
}

/** @param from absent: from the beginning */
export function yearSpan(from: PlainDate | undefined, to: PlainDate): YearSpan {
  if (from !== undefined && from > to) return { parts: [] };
  const last = yearOf(to);
  const first = from === undefined ? undefined : yearOf(from);
  const ends = first === undefined || first === last ? [last] : [first, last];
  const parts = ends
    .map((year) => {
      const begin = firstDayOf(year);
      return {
        year,
        begin: from === undefined ? begin : laterOf(from, begin),
        end: earlierOf(to, lastDayOf(year)),
      };
    })
    .filter(({ year, begin, end }) => begin > firstDayOf(year) || end < lastDayOf(year))
    .map(({ year, begin, end }) => ({ year, fields: fieldsBetween(begin, end) }));
  const inPart = (year: number): boolean => parts.some((part) => part.year === year);
  const wholeFrom = first !== undefined && inPart(first) ? first + 1 : first;
  const wholeTo = inPart(last) ? last - 1 : last;
  if (wholeFrom !== undefined && wholeFrom > wholeTo) return { parts };
  return { whole: { ...(wholeFrom !== undefined && { from: wholeFrom }), to: wholeTo }, parts };
}

/** Two days of one year, as its months and the days of months of which only a part lies between them. */
function fieldsBetween(from: PlainDate, to: PlainDate): readonly string[] {
  const fields: string[] = [];
  for (let day = from; ;) {
    const lastOfMonth = lastDayOfMonth(yearOf(day), monthOf(day));
    const wholeMonth = day.endsWith('-01') && lastOfMonth <= to;
    fields.push(wholeMonth ? `months.${day.slice(5, 7)}` : `days.${day.slice(5)}`);
    const end = wholeMonth ? lastOfMonth : day;
    if (end === to) return fields;
    day = dayAfter(end);
  }
}

const textOf = (year: number): string => String(year).padStart(4, '0');
const firstDayOf = (year: number): PlainDate => `${textOf(year)}-01-01` as PlainDate;
const lastDayOf = (year: number): PlainDate => `${textOf(year)}-12-31` as PlainDate;
