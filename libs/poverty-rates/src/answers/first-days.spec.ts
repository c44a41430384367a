import { LAST_DAY, numberOfDay } from '@ledger/kernel';
import { day, ELSEWHERE, HERE, THERE } from '../testing/sample-batches';
import { firstClassified } from '../testing/all-answers';
import { FirstDays, NEVER } from './first-days';

function firstDays(...rows: readonly (readonly [recordedOn: string, on: string | null])[]) {
  const days = new FirstDays();
  for (const [recordedOn, on] of rows)
    days.enter(firstClassified({ recordedOn: day(recordedOn), on: on === null ? null : day(on) }));
  return (knownOn?: string, count = Infinity) =>
    days.of(HERE, 'VN-2022', { count, knownOn: knownOn === undefined ? undefined : day(knownOn) });
}

const number = (on: string) => numberOfDay(day(on));

describe('The first day with a classification', () => {
  it('is what the latest recorded day says', () => {
    const of = firstDays(['2023-01-05', '2023-01-01'], ['2023-02-01', '2022-12-01'], ['2023-03-01', null]);
    expect(of()).toBe(NEVER);
    expect(of('2023-02-28')).toBe(number('2022-12-01'));
    expect(of('2023-01-31')).toBe(number('2023-01-01'));
    expect(of('2023-01-04')).toBe(NEVER);
  });

  it('never comes before rows that arrived later', () => {
    const of = firstDays(['2023-01-05', '2023-01-01'], ['2023-02-01', '2022-12-01']);
    expect(of(undefined, 1)).toBe(number('2023-01-01'));
    expect(of(undefined, 0)).toBe(NEVER);
  });

  it('is repaired for the days from the repaired one up to the next that was known', () => {
    const of = firstDays(
      ['2023-01-05', '2023-01-01'],
      ['2023-03-01', '2022-12-01'],
      ['2023-02-01', '2022-11-01'],
    );
    expect(of('2023-01-31')).toBe(number('2023-01-01'));
    expect(of('2023-02-01')).toBe(number('2022-11-01'));
    expect(of('2023-03-01')).toBe(number('2022-12-01'));
    expect(of('2023-02-01', 2)).toBe(number('2023-01-01'));
  });

  it('is what arrived last of two rows for one recorded day', () => {
    const of = firstDays(['2023-01-05', '2023-01-01'], ['2023-01-05', '2022-12-01']);
    expect(of()).toBe(number('2022-12-01'));
  });

  it("is the place's own under each standard, and later than any day where there is none", () => {
    const days = new FirstDays();
    days.enter(firstClassified());
    days.enter(firstClassified({ place: THERE, on: day('2022-01-01') }));
    days.enter(firstClassified({ standard: 'VN-2016', on: day('2020-01-01') }));
    const of = (place: typeof HERE, standard: string) => days.of(place, standard, { count: 3 });
    expect([
      of(HERE, 'VN-2022'),
      of(THERE, 'VN-2022'),
      of(HERE, 'VN-2016'),
      of(ELSEWHERE, 'VN-2022'),
    ]).toEqual([number('2023-01-01'), number('2022-01-01'), number('2020-01-01'), NEVER]);
    expect(NEVER).toBeGreaterThan(numberOfDay(LAST_DAY));
  });
});
