import fc from 'fast-check';
import type { PlainDate } from './plain-date';
import {
  FIRST_DAY,
  LAST_DAY,
  addDays,
  addYears,
  dayAfter,
  dayBefore,
  dayOf,
  earlierOf,
  findDay,
  lastDayOfMonth,
  laterOf,
  monthOf,
  parseDay,
  yearOf,
} from './plain-date';

const day = (text: string): PlainDate => parseDay(text);
/** From 1950 to 2100, counted with the calendar of the machine. */
const days = fc
  .date({ min: new Date('1950-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
  .map((date) => day(date.toISOString().slice(0, 10)));

describe('A day', () => {
  it.each(['2022-12-31', '2024-02-29', '2000-02-29', '1945-09-02', '9999-12-31'])('is %s', (text) => {
    expect(findDay(text)).toBe(text);
    expect(parseDay(text)).toBe(text);
  });

  it.each([
    ['no such day', '2023-02-29'],
    ['no such day', '2100-02-29'],
    ['no such day', '2022-04-31'],
    ['no such month', '2022-13-01'],
    ['month zero', '2022-00-10'],
    ['day zero', '2022-01-00'],
    ['year zero', '0000-01-01'],
    ['a year of the first century', '0099-01-01'],
    ['before the country', '1945-09-01'],
    ['as written on paper', '31/12/2022'],
    ['day first', '31-12-2022'],
    ['American', '12/31/2022'],
    ['without dashes', '20221231'],
    ['without zeros', '2022-1-1'],
    ['an instant', '2022-12-31T00:00:00Z'],
    ['a space before', ' 2023-01-01'],
    ['a space after', '2023-01-01 '],
    ['a line end after', '2023-01-01\n'],
    ['a sign before', '+2023-01-01'],
    ['five digits', '12023-01-01'],
    ['digits of another script', '２０２３-01-01'],
    ['empty', ''],
  ])('is not: %s, %j', (_why, text) => {
    expect(findDay(text)).toBeUndefined();
    expect(() => parseDay(text)).toThrow(RangeError);
  });

  it.each([[undefined], [null], [20221231], [new Date('2022-12-31')], [['2022-12-31']], [{}]])(
    'is a text: %p is none',
    (value) => {
      expect(findDay(value)).toBeUndefined();
    },
  );

  it('is any that the calendar has, and no other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1946, max: 9999 }), fc.nat(20), fc.nat(40), (year, month, date) => {
        const text = `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
        const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
        const lengths = [0, 31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        const exists = date >= 1 && date <= (lengths[month] ?? 0);
        expect(findDay(text)).toBe(exists ? text : undefined);
      }),
    );
  });
});

describe('The day in Vietnam', () => {
  it('begins at 17:00 UTC', () => {
    expect(dayOf('2022-12-31T16:59:59.999Z')).toBe('2022-12-31');
    expect(dayOf('2022-12-31T17:00:00.000Z')).toBe('2023-01-01');
    expect(dayOf('2024-02-28T17:00:00Z')).toBe('2024-02-29');
  });

  it('is the same for an instant in milliseconds, and in another zone', () => {
    expect(dayOf(Date.UTC(2022, 11, 31, 16, 59, 59, 999))).toBe('2022-12-31');
    expect(dayOf(Date.UTC(2022, 11, 31, 17))).toBe('2023-01-01');
    expect(dayOf('2023-01-01T00:00:00+07:00')).toBe('2023-01-01');
    expect(dayOf('2022-12-31T23:59:59.999+07:00')).toBe('2022-12-31');
  });

  it('is what the time zone data say', () => {
    const inVietnam = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' });
    const instants = fc.date({
      min: new Date('1980-01-01'),
      max: new Date('2100-01-01'),
      noInvalidDate: true,
    });
    fc.assert(fc.property(instants, (at) => expect(dayOf(at.getTime())).toBe(inVietnam.format(at))));
  });

  it('is no day for what is no instant', () => {
    expect(() => dayOf('yesterday')).toThrow(RangeError);
    expect(() => dayOf(Number.NaN)).toThrow(RangeError);
  });
});

describe('Counting days', () => {
  it.each([
    ['2022-12-31', 1, '2023-01-01'],
    ['2023-01-01', -1, '2022-12-31'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2023-02-28', 1, '2023-03-01'],
    ['2022-06-10', 0, '2022-06-10'],
    ['2022-01-01', 365, '2023-01-01'],
  ])('from %s by %d is %s', (from, by, to) => {
    expect(addDays(day(from), by)).toBe(to);
  });

  it('goes there and back, and keeps the order of the texts', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -1_000, max: 1_000 }), (from, by) => {
        const to = addDays(from, by);
        expect(addDays(to, -by)).toBe(from);
        expect(Math.sign(by)).toBe(to > from ? 1 : to < from ? -1 : 0);
        expect([dayBefore(dayAfter(from)), dayAfter(dayBefore(from))]).toEqual([from, from]);
      }),
    );
  });

  it('does not leave the calendar: after the last day there is none', () => {
    expect(dayAfter(LAST_DAY)).toBe(LAST_DAY);
    expect(addYears(LAST_DAY, 1)).toBe(LAST_DAY);
  });
});

describe('Counting years', () => {
  it.each([
    ['2022-06-10', 3, '2025-06-10'],
    ['2024-02-29', 1, '2025-02-28'],
    ['2024-02-29', 4, '2028-02-29'],
    ['2025-02-28', -1, '2024-02-28'],
    ['2024-12-31', 0, '2024-12-31'],
  ])('from %s by %d is %s', (from, by, to) => {
    expect(addYears(day(from), by)).toBe(to);
  });
});

describe('Parts of a day', () => {
  it('are its year and month, and the last day of a month', () => {
    expect([yearOf(day('2022-06-10')), monthOf(day('2022-06-10'))]).toEqual([2022, 6]);
    expect([lastDayOfMonth(2023, 2), lastDayOfMonth(2024, 2), lastDayOfMonth(2022, 12)]).toEqual([
      '2023-02-28',
      '2024-02-29',
      '2022-12-31',
    ]);
  });

  it('tell the earlier and the later of two', () => {
    expect(earlierOf(day('2022-06-10'), LAST_DAY)).toBe('2022-06-10');
    expect(laterOf(FIRST_DAY, day('2022-06-10'))).toBe('2022-06-10');
    expect(laterOf(day('2022-06-10'), day('2022-06-10'))).toBe('2022-06-10');
  });
});
