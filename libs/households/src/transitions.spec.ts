import type { HouseholdFact } from './household.facts';
import {
  LAT,
  LONG_SON,
  OLD_STANDARD,
  changed,
  dissolved,
  escaped,
  moved,
  registered,
  reviewedAbove,
  reviewedNearPoor,
  reviewedPoor,
} from './testing';
import { transitionsBrought } from './transitions';

const home = registered('2015-01-05');
const history: readonly HouseholdFact[] = [home, reviewedPoor('2022-03-10')];
const brought = (before: readonly HouseholdFact[], ...facts: readonly HouseholdFact[]) =>
  transitionsBrought(before, [...before, ...facts]);

describe('What an order brings about', () => {
  it('is nothing by a registration, a change of details, or a review that finds the same', () => {
    expect(brought([], home)).toEqual([]);
    expect(brought(history, changed('2022-06-10', { members: 9 }))).toEqual([]);
    expect(brought(history, reviewedPoor('2022-12-10'))).toEqual([]);
  });

  it('is the change of status that it makes, and where', () => {
    expect(brought(history, escaped('near-poor', '2022-12-10'))).toEqual([
      {
        ...{ standard: 'VN-2022', from: 'poor', to: 'near-poor', kind: 'escapedToNearPoor' },
        ...{ effectiveOn: '2022-12-10', unit: LONG_SON },
      },
    ]);
  });

  it('is a decrease here and an increase there by a move, under every standard', () => {
    const both = [...history, reviewedAbove('2021-06-10', { standard: OLD_STANDARD })];
    const onThatDay = { effectiveOn: '2022-12-10' };
    expect(brought(both, moved(LAT, '2022-12-10'))).toEqual([
      { ...onThatDay, standard: 'VN-2016', from: 'above', to: null, kind: 'otherDecrease', unit: LONG_SON },
      { ...onThatDay, standard: 'VN-2016', from: null, to: 'above', kind: 'otherIncrease', unit: LAT },
      { ...onThatDay, standard: 'VN-2022', from: 'poor', to: null, kind: 'otherDecrease', unit: LONG_SON },
      { ...onThatDay, standard: 'VN-2022', from: null, to: 'poor', kind: 'otherIncrease', unit: LAT },
    ]);
  });

  it('is nothing by a move of a household that was never classified, or within its commune', () => {
    expect(brought([home], moved(LAT, '2022-12-10'))).toEqual([]);
    expect(brought(history, moved(LONG_SON, '2022-12-10', { village: 'Thôn 2' }))).toEqual([]);
  });

  it('is the change of status in the old place and then the move, on one day', () => {
    expect(brought(history, moved(LAT, '2022-12-10'), escaped('above', '2022-12-10'))).toMatchObject([
      { from: 'poor', to: 'above', kind: 'escapedAbove', unit: LONG_SON },
      { from: 'above', to: null, kind: 'otherDecrease', unit: LONG_SON },
      { from: null, to: 'above', kind: 'otherIncrease', unit: LAT },
    ]);
  });

  it('is another decrease by a dissolution', () => {
    expect(brought(history, dissolved('2022-12-10'))).toMatchObject([
      { from: 'poor', to: null, kind: 'otherDecrease' },
    ]);
  });

  it('is nothing by a fact outside the life', () => {
    expect(brought([...history, dissolved('2022-12-10')], reviewedAbove('2022-12-11'))).toEqual([]);
  });
});

describe('What a late fact brings about', () => {
  it('is its own transition and the later ones that it makes into others', () => {
    const newly = [home, reviewedPoor('2023-06-10')];
    const poor = reviewedPoor('2019-06-10', { standard: OLD_STANDARD });
    const escape = escaped('above', '2020-06-10', { standard: OLD_STANDARD });
    expect(brought(newly, poor, escape)).toMatchObject([
      { standard: 'VN-2016', kind: 'newlyArising', effectiveOn: '2019-06-10' },
      { standard: 'VN-2016', kind: 'escapedAbove', effectiveOn: '2020-06-10' },
      { standard: 'VN-2022', kind: 'rePoor', from: null, to: 'poor', effectiveOn: '2023-06-10' },
    ]);
  });

  it('is a later one only, where its own day says the same', () => {
    const before = [...history, reviewedNearPoor('2022-12-10')];
    expect(brought(before, reviewedPoor('2022-12-10'), escaped('above', '2022-12-10'))).toMatchObject([
      { from: 'poor', to: 'above', kind: 'escapedAbove', effectiveOn: '2022-12-10' },
    ]);
  });

  it('moves a later change of status to where the household lived', () => {
    const before = [...history, escaped('above', '2022-12-10')];
    expect(brought(before, moved(LAT, '2022-06-10'))).toMatchObject([
      { kind: 'otherDecrease', unit: LONG_SON, effectiveOn: '2022-06-10' },
      { kind: 'otherIncrease', unit: LAT, effectiveOn: '2022-06-10' },
      { kind: 'escapedAbove', unit: LAT, effectiveOn: '2022-12-10' },
    ]);
  });
});
