import { addDays, numberOfDay } from '@ledger/kernel';
import fc from 'fast-check';
import type { Booking } from '../ledger/booking';
import type { Amount } from '../ledger/movement';
import { isNothing, minus, NOTHING, plus } from '../ledger/movement';
import { booking, day } from '../testing/sample-batches';
import { Book, BookWriter } from './book';

const START = day('1969-12-28');
const someDay = fc.nat(12).map((days) => addDays(START, days));
const bookings = fc.array(
  fc
    .record({
      column: fc.constantFrom('poor.opened' as const, 'poor.rePoor' as const, 'above.left' as const),
      effectiveOn: someDay,
      households: fc.integer({ min: -2, max: 2 }),
      persons: fc.integer({ min: -8, max: 8 }),
    })
    .map((more) => booking(more)),
  { maxLength: 30 },
);

function bookOf(all: readonly Booking[], base?: Book): Book {
  const writer = new BookWriter();
  for (const { column, effectiveOn, households, persons } of all)
    writer.add(column, numberOfDay(effectiveOn), households, persons);
  return Book.of(writer, base);
}

describe('A book', () => {
  it('adds up each column over any span of days', () => {
    fc.assert(
      fc.property(bookings, fc.option(someDay, { nil: undefined }), someDay, (all, from, to) => {
        const sums = new Map<string, Amount>();
        for (const one of all) {
          if (one.effectiveOn > to || (from !== undefined && one.effectiveOn < from)) continue;
          const { households, persons } = plus(sums.get(one.column) ?? NOTHING, one);
          sums.set(one.column, { households, persons });
        }
        const expected = [...sums].filter(([, amount]) => !isNothing(amount));
        fc.pre(from === undefined || from <= to);
        const columns = bookOf(all).columns({ to, ...(from !== undefined && { from }) });
        expect(new Map(columns)).toEqual(new Map(expected));
      }),
    );
  });

  it('goes on from another one as if all had been written at once', () => {
    fc.assert(
      fc.property(bookings, bookings, (first, rest) => {
        const base = bookOf(first);
        const whole = bookOf([...first, ...rest]);
        expect(bookOf(rest, base)).toEqual(whole);
        const undone = rest.map((one) => ({ ...one, ...minus(one) }));
        expect(bookOf(undone, whole).columns({ to: addDays(START, 6) })).toEqual(
          base.columns({ to: addDays(START, 6) }),
        );
        expect(base).toEqual(bookOf(first));
      }),
    );
  });

  it('weighs the more, the more days it has on which something is left', () => {
    const days = [0, 1, 2].map((index) => booking({ effectiveOn: addDays(START, index) }));
    expect(bookOf(days).size).toBeGreaterThan(bookOf(days.slice(1)).size);
    expect(bookOf([...days, ...days]).size).toBe(bookOf(days).size);
    const [first, ...rest] = days as [Booking, ...Booking[]];
    expect(bookOf([{ ...first, ...minus(first) }, ...rest], bookOf(days)).size).toBeLessThan(
      bookOf(days).size,
    );
  });
});
