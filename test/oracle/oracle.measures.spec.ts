import { parseDay } from '@ledger/kernel';
import { LAST_DAY, NEW, OLD, asked, books, flowsOf, poorInMarch } from './asking';
import { Notebook } from './books';
import type { Act } from './tree';
import { COAST, LOWER, NORTH, SOUTH, UPPER, treeKnownOn } from './tree';

describe('re-poverty', () => {
  const period = (from: string, to: string, on: string, withinYears = 3) => ({
    ...{ from: parseDay(from), to: parseDay(to), on: parseDay(on), withinYears },
  });
  /** A escapes and comes back twice, B escapes to near-poor and falls back elsewhere, C escapes for good. */
  const notebook = new Notebook();
  for (const household of ['A', 'B', 'C']) {
    notebook
      .registered(household, '2021-06-01', NORTH, 4)
      .reviewed(household, '2022-03-10', NEW, 'poor', 'regular');
  }
  notebook
    .escaped('A', '2022-04-10', NEW, 'above')
    .reviewed('A', '2022-05-10', NEW, 'poor')
    .escaped('A', '2022-06-10', NEW, 'above')
    .reviewed('A', '2022-07-10', NEW, 'poor')
    .escaped('B', '2022-08-10', NEW, 'near-poor')
    .escaped('C', '2022-08-10', NEW, 'above')
    .moved('B', '2022-09-10', COAST)
    .flagged('B', '2023-08-10', NEW);
  const of = books(notebook);

  it('counts distinct households, where the columns count events', () => {
    const flows = flowsOf(of, asked(NORTH), '2022-01-01', '2022-12-31').poor;
    expect([flows['rePoor'], flows['escapedAbove']]).toEqual([
      [2, 8],
      [3, 12],
    ]);
    expect(of.rePoverty(asked(NORTH), period('2022-01-01', '2022-12-31', '2022-12-31'))).toEqual({
      ofAllHouseholds: { numerator: 1 },
      ofEscaped: { numerator: 1, denominator: 3 },
      cohort: { numerator: 1, denominator: 3 },
    });
  });

  it('follows the household of a cohort to wherever it falls back, from near-poor too', () => {
    const cohort = (on: string, withinYears: number) =>
      of.rePoverty(asked(NORTH), period('2022-08-01', '2022-08-31', on, withinYears)).cohort;
    expect(cohort('2023-08-10', 1)).toEqual({ numerator: 1, denominator: 2 });
    expect(cohort('2023-08-09', 1)).toEqual({ numerator: 0, denominator: 2 });
    expect(of.rePoverty(asked(COAST), period('2023-08-01', '2023-08-31', '2023-08-31'))).toEqual({
      ofAllHouseholds: { numerator: 0 },
      ofEscaped: { numerator: 0, denominator: 0 },
      cohort: { numerator: 0, denominator: 0 },
    });
  });

  it('does not count a household that came back too late', () => {
    const late = books(
      poorInMarch().escaped('A', '2022-08-10', NEW, 'above').reviewed('A', '2023-08-11', NEW, 'poor'),
    );
    const cohort = (years: number) =>
      late.rePoverty(asked(NORTH), period('2022-08-10', '2022-08-10', '2026-01-01', years)).cohort;
    expect(cohort(1)).toEqual({ numerator: 0, denominator: 1 });
    expect(cohort(2)).toEqual({ numerator: 1, denominator: 1 });
  });

  it('means a later day by poor again', () => {
    const sameDay = books(
      poorInMarch()
        .reviewed('A', '2022-03-10', OLD, 'near-poor')
        .flagged('A', '2022-05-10', OLD)
        .escaped('A', '2022-05-10', NEW, 'above'),
    );
    const range = period('2022-05-01', '2022-05-31', '2022-12-31');
    expect(sameDay.rePoverty(asked(NORTH), range).cohort).toEqual({ numerator: 0, denominator: 1 });
  });

  it('finds a cohort of the old standard poor again under the new one', () => {
    const crossing = books(
      new Notebook()
        .registered('A', '2021-06-01', NORTH, 4)
        .reviewed('A', '2021-06-10', OLD, 'poor')
        .escaped('A', '2021-08-10', OLD, 'above')
        .reviewed('A', '2022-04-10', NEW, 'poor', 'regular'),
    );
    const range = period('2021-06-01', '2021-12-31', '2022-12-31');
    expect(crossing.rePoverty(asked(NORTH, OLD), range)).toEqual({
      ofAllHouseholds: { numerator: 0 },
      ofEscaped: { numerator: 0, denominator: 1 },
      cohort: { numerator: 1, denominator: 1 },
    });
    expect(crossing.rePoverty(asked(NORTH, NEW), range).cohort).toEqual({ numerator: 0, denominator: 0 });
  });
});

describe('completeness', () => {
  /** On the eve of 1 September 2021: A poor and B near-poor under the old standard, C above, D dissolved. */
  const notebook = new Notebook()
    .registered('A', '2021-06-01', NORTH, 4)
    .registered('B', '2021-06-01', NORTH, 3)
    .registered('C', '2021-06-01', NORTH, 2)
    .registered('D', '2021-06-01', NORTH, 1)
    .reviewed('A', '2021-06-10', OLD, 'poor')
    .reviewed('B', '2021-06-10', OLD, 'near-poor')
    .reviewed('C', '2021-06-10', OLD, 'above')
    .reviewed('D', '2021-06-10', OLD, 'poor')
    .reviewed('A', '2021-09-01', NEW, 'above')
    .moved('B', '2021-10-01', SOUTH)
    .reviewed('C', '2021-11-01', NEW, 'poor')
    .dissolved('D', '2021-12-01')
    .reviewed('B', '2021-12-10', OLD, 'near-poor');
  const ofDay = (unit: string, standard: string, on: string) =>
    books(notebook).completeness(asked(unit, standard), parseDay(on));

  it('expects in the first campaign of a standard those listed under the one before', () => {
    expect(ofDay(NORTH, NEW, '2021-09-01')).toEqual({ expected: 3, reviewed: 1 });
    expect(ofDay(NORTH, NEW, '2021-11-30')).toEqual({ expected: 3, reviewed: 1 });
  });

  it('no longer expects a household dissolved since, and counts in the unit of the eve', () => {
    expect(ofDay(NORTH, NEW, '2021-12-01')).toEqual({ expected: 2, reviewed: 1 });
    expect(ofDay(NORTH, OLD, '2021-12-09')).toEqual({ expected: 2, reviewed: 0 });
    expect(ofDay(NORTH, OLD, '2021-12-31')).toEqual({ expected: 2, reviewed: 1 });
    expect(ofDay(SOUTH, OLD, '2021-12-31')).toEqual({ expected: 0, reviewed: 0 });
  });

  it('finds the households by the tree of the eve', () => {
    const act: Act = {
      ...{ type: 'other-parent', unit: NORTH, parent: LOWER },
      ...{ on: parseDay('2021-09-01'), recordedOn: parseDay('2021-09-01') },
    };
    const of = books(notebook, '2026-12-31', treeKnownOn([act], LAST_DAY));
    const expected = (unit: string) => of.completeness(asked(unit), parseDay('2021-12-31')).expected;
    expect([expected(UPPER), expected(LOWER)]).toEqual([2, 0]);
  });

  it('asks for a new round from the next 1 September on, under the standard itself', () => {
    expect(ofDay(NORTH, NEW, '2022-08-31')).toEqual({ expected: 2, reviewed: 1 });
    expect(ofDay(NORTH, NEW, '2022-09-01')).toEqual({ expected: 1, reviewed: 0 });
    expect(ofDay(NORTH, 'VN-2011', '2010-09-01')).toEqual({ expected: 0, reviewed: 0 });
  });
});
