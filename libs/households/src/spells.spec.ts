import type { HouseholdFact } from './household.facts';
import { spellsOf } from './spells';
import {
  LAT,
  LONG_SON,
  OLD_STANDARD,
  changed,
  dissolved,
  escaped,
  flagged,
  moved,
  registered,
  reviewedAbove,
  reviewedNearPoor,
  reviewedPoor,
} from './testing';
import { timelineOf } from './timeline';

const home = registered('2022-01-05');
const spells = (...facts: readonly HouseholdFact[]) => spellsOf(timelineOf([home, ...facts]));

describe('A spell', () => {
  it('lasts from the decision to the day before the next status, with how it came and went', () => {
    const poor = reviewedPoor('2022-03-10');
    const escape = escaped('above', '2022-12-10');
    const again = flagged('2023-06-10');
    const at = { standard: 'VN-2022', place: LONG_SON };
    expect(spells(poor, escape, again)).toEqual([
      {
        ...at,
        ...{ status: 'poor', from: '2022-03-10', to: '2022-12-09' },
        ...{ enteredBy: 'newlyArising', leftBy: 'escapedAbove', facts: [poor] },
      },
      {
        ...at,
        ...{ status: 'above', from: '2022-12-10', to: '2023-06-09' },
        ...{ enteredBy: 'escapedAbove', leftBy: 'rePoor', facts: [escape] },
      },
      {
        ...at,
        ...{ status: 'poor', from: '2023-06-10', to: null },
        ...{ enteredBy: 'rePoor', leftBy: null, facts: [again] },
      },
    ]);
  });

  it('there is none without a classification', () => {
    expect(spells(changed('2022-03-10', { members: 3 }), moved(LAT, '2022-06-10'))).toEqual([]);
  });

  it('goes on through reviews that find the same, and names them all', () => {
    const reviews = [reviewedPoor('2022-03-10'), reviewedPoor('2022-12-10'), reviewedPoor('2023-12-10')];
    expect(spells(...reviews)).toMatchObject([{ from: '2022-03-10', to: null, facts: reviews }]);
  });

  it('goes on through other members, groups and villages', () => {
    const details = changed('2022-06-10', { members: 3, groups: ['merit'], village: 'Thôn 2' });
    expect(spells(reviewedPoor('2022-03-10'), details)).toHaveLength(1);
  });

  it('ends where the household moves and begins again there', () => {
    const poor = reviewedPoor('2022-03-10');
    const move = moved(LAT, '2022-06-10');
    expect(spells(poor, move)).toMatchObject([
      { place: LONG_SON, to: '2022-06-09', leftBy: 'otherDecrease', facts: [poor] },
      { place: LAT, from: '2022-06-10', to: null, enteredBy: 'otherIncrease', leftBy: null, facts: [move] },
    ]);
  });

  it('names no move within its place, and no decision that was overruled on its day', () => {
    const poor = reviewedPoor('2022-03-10');
    const village = moved(LONG_SON, '2022-06-10', { village: 'Thôn 2' });
    const wrong = reviewedAbove('2022-09-10');
    const right = reviewedPoor('2022-09-10');
    expect(spells(poor, village, wrong, right)).toMatchObject([{ from: '2022-03-10', facts: [poor, right] }]);
  });

  it('of a day on which the household moves and its status changes is entered by the change of status', () => {
    const poor = reviewedPoor('2022-03-10');
    const escape = escaped('near-poor', '2022-06-10');
    const move = moved(LAT, '2022-06-10');
    expect(spells(poor, move, escape)).toMatchObject([
      { place: LONG_SON, status: 'poor', leftBy: 'escapedToNearPoor', facts: [poor] },
      { place: LAT, status: 'near-poor', enteredBy: 'escapedToNearPoor', facts: [escape, move] },
    ]);
  });

  it('ends on the eve of the dissolution, and facts after it are in none', () => {
    const poor = reviewedPoor('2022-03-10');
    expect(spells(poor, dissolved('2022-06-10'), reviewedPoor('2022-09-10'))).toMatchObject([
      { from: '2022-03-10', to: '2022-06-09', leftBy: 'otherDecrease', facts: [poor] },
    ]);
  });

  it('of one day lasts that day', () => {
    expect(spells(reviewedPoor('2022-03-10'), reviewedAbove('2022-03-11'))).toMatchObject([
      { status: 'poor', from: '2022-03-10', to: '2022-03-10' },
      { status: 'above', from: '2022-03-11' },
    ]);
  });

  it('that comes and goes within a day is none', () => {
    expect(spells(reviewedPoor('2022-03-10'), reviewedAbove('2022-03-10'))).toMatchObject([
      { status: 'above', from: '2022-03-10', to: null, enteredBy: 'classifiedAbove' },
    ]);
  });
});

describe('Spells', () => {
  it('stand under each standard by itself, the older one first', () => {
    const old = { standard: OLD_STANDARD };
    expect(
      spells(
        reviewedNearPoor('2022-06-10'),
        reviewedPoor('2022-03-10', old),
        escaped('above', '2022-09-10', old),
      ).map(({ standard, status, from, to }) => [standard, status, from, to]),
    ).toEqual([
      ['VN-2016', 'poor', '2022-03-10', '2022-09-09'],
      ['VN-2016', 'above', '2022-09-10', null],
      ['VN-2022', 'near-poor', '2022-06-10', null],
    ]);
  });
});
