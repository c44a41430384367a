import type { PlainDate } from '@ledger/kernel';
import { addDays, numberOfDay, parseDay } from '@ledger/kernel';
import fc from 'fast-check';
import { yearSpan } from './year-span';

const day = parseDay;

describe('the days between two days are', () => {
  it('whole years, whole months, and days', () => {
    expect(yearSpan(undefined, day('2023-03-02'))).toEqual({
      whole: { to: 2022 },
      parts: [{ year: 2023, fields: ['months.01', 'months.02', 'days.03-01', 'days.03-02'] }],
    });
    expect(yearSpan(day('2020-11-30'), day('2023-12-31'))).toEqual({
      whole: { from: 2021, to: 2023 },
      parts: [{ year: 2020, fields: ['days.11-30', 'months.12'] }],
    });
    expect(yearSpan(day('2023-01-01'), day('2023-12-31'))).toEqual({
      whole: { from: 2023, to: 2023 },
      parts: [],
    });
    expect(yearSpan(day('2022-12-31'), day('2023-01-01'))).toEqual({
      parts: [
        { year: 2022, fields: ['days.12-31'] },
        { year: 2023, fields: ['days.01-01'] },
      ],
    });
    expect(yearSpan(day('2023-01-02'), day('2023-01-01'))).toEqual({ parts: [] });
  });

  it('each of them once, and no others', () => {
    const someDay = fc.integer({ min: 0, max: 2_500 }).map((days) => addDays(day('2019-06-15'), days));
    fc.assert(
      fc.property(fc.option(someDay, { nil: undefined }), someDay, someDay, (from, to, asked) => {
        const inside = (from === undefined || from <= asked) && asked <= to;
        expect(timesIn(yearSpan(from, to), asked)).toBe(inside ? 1 : 0);
      }),
      { numRuns: 2_000 },
    );
  });

  it('at most one field for each month and each day of two months, however long the span', () => {
    for (
      let from = day('2020-01-01');
      numberOfDay(from) < numberOfDay(day('2021-01-01'));
      from = addDays(from, 1)
    ) {
      const fields = yearSpan(from, day('2024-05-17')).parts.flatMap((part) => part.fields);
      expect(fields.length).toBeLessThanOrEqual(11 + 30 + 4 + 17);
    }
  });
});

function timesIn({ whole, parts }: ReturnType<typeof yearSpan>, asked: PlainDate): number {
  const year = Number(asked.slice(0, 4));
  const inWhole = whole !== undefined && (whole.from ?? 0) <= year && year <= whole.to;
  const fields = parts.filter((part) => part.year === year).flatMap((part) => part.fields);
  const names = [`months.${asked.slice(5, 7)}`, `days.${asked.slice(5)}`];
  return Number(inWhole) + fields.filter((field) => names.includes(field)).length;
}
