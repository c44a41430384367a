import type { HouseholdFact } from '@ledger/households';
import { timelineOf } from '@ledger/households';
import { requireStandard } from '@ledger/standards';
import {
  LAT,
  LONG_SON,
  OLD_STANDARD,
  changed,
  day,
  dissolved,
  escaped,
  flagged,
  moved,
  registered,
  reviewedAbove,
  reviewedNearPoor,
  reviewedPoor,
} from '../../../households/src/testing';
import type { Amount } from './movement';
import { NOTHING, plus } from './movement';
import { campaignMarks, campaignOf, eveOf, standardOfEve } from './campaign';

const home = registered('2015-01-05');
const poor = reviewedPoor('2022-03-10');
const old = { standard: OLD_STANDARD };

/** The marks for all households: standard, mark, day, households. */
const marks = (...facts: readonly HouseholdFact[]) =>
  campaignMarks(timelineOf(facts))
    .filter(({ group }) => group === 'all')
    .map(({ standard, column, effectiveOn, households }) => [standard, column, effectiveOn, households]);
/** How many are counted up to a day, since the campaign of that day began. */
const counted = (column: string, on: string, ...facts: readonly HouseholdFact[]) =>
  campaignMarks(timelineOf(facts))
    .filter((mark) => mark.group === 'all' && mark.standard === 'VN-2022' && mark.column === column)
    .filter(({ effectiveOn }) => campaignOf(day(on)) <= effectiveOn && effectiveOn <= day(on))
    .reduce((sum, { households }) => sum + households, 0);

describe('The campaign of a day', () => {
  it.each([
    ['2022-09-01', '2022-09-01'],
    ['2022-12-31', '2022-09-01'],
    ['2023-08-31', '2022-09-01'],
    ['2023-09-01', '2023-09-01'],
    ['2024-02-29', '2023-09-01'],
  ])('%s begins on %s', (on, first) => {
    expect(campaignOf(day(on))).toBe(first);
  });

  it('has its eve on the last of August', () => {
    expect([eveOf(day('2022-08-31')), eveOf(day('2022-09-01'))]).toEqual(['2021-08-31', '2022-08-31']);
  });

  // The first 1 September is the eve of the first day that there is: `parseDay` throws.
  it('of the first year of the country is there too', () => {
    expect(() => campaignOf(day('1945-09-02'))).not.toThrow();
    expect(() => campaignOf(day('1946-08-31'))).not.toThrow();
  });

  it('lists the expected under the standard, in its first campaign under the one before', () => {
    const listed = (standard: string, on: string) => standardOfEve(requireStandard(standard), day(on))?.id;
    expect(listed('VN-2022', '2021-09-01')).toBe('VN-2016');
    expect(listed('VN-2022', '2022-08-31')).toBe('VN-2016');
    expect(listed('VN-2022', '2022-09-01')).toBe('VN-2022');
    expect(listed('VN-2016', '2021-12-31')).toBe('VN-2016');
    expect(listed('VN-2022', '2021-08-31')).toBeUndefined();
    expect(listed('VN-2011', '2010-12-31')).toBeUndefined();
  });
});

describe('A household is reviewed', () => {
  it('where it was poor or near-poor on the eve, from its first decision of the campaign on', () => {
    expect(marks(home, poor, reviewedPoor('2022-12-10'))).toEqual([
      ['VN-2022', 'campaign.reviewed', '2022-12-10', 1],
    ]);
    expect(marks(home, reviewedNearPoor('2022-03-10'), reviewedAbove('2022-09-01'))).toEqual([
      ['VN-2022', 'campaign.reviewed', '2022-09-01', 1],
    ]);
  });

  it('once in a campaign, and once in the next', () => {
    const decisions = [reviewedPoor('2022-10-10'), reviewedPoor('2022-12-10'), reviewedPoor('2023-10-10')];
    expect(marks(home, poor, ...decisions).map(([, , on]) => on)).toEqual(['2022-10-10', '2023-10-10']);
  });

  it('by an escape or a flag as well', () => {
    expect(marks(home, poor, escaped('above', '2022-10-10'))).toHaveLength(1);
    expect(marks(home, poor, escaped('near-poor', '2022-06-10'), flagged('2022-10-10'))).toHaveLength(1);
  });

  it('not where it was above, or unclassified, on the eve: it was not expected', () => {
    expect(marks(home, reviewedAbove('2022-03-10'), reviewedPoor('2022-12-10'))).toEqual([]);
    expect(marks(home, reviewedPoor('2022-12-10'))).toEqual([]);
    expect(marks(registered('2022-09-01'), reviewedPoor('2022-12-10'))).toEqual([]);
  });

  it('not by a decision before the campaign, and not by what is no decision on its status', () => {
    expect(marks(home, poor, reviewedPoor('2022-08-31'))).toEqual([]);
    expect(marks(home, poor, changed('2022-10-10', { members: 3 }), moved(LAT, '2022-10-10'))).toEqual([]);
  });

  it('not by a decision under another standard', () => {
    expect(marks(home, poor, reviewedPoor('2022-12-10', old))).toEqual([]);
  });

  it('in a new standard’s first campaign where it was on the list of the old one', () => {
    const onOldList = [home, reviewedPoor('2020-03-10', old)];
    expect(marks(...onOldList, reviewedAbove('2021-12-10'))).toEqual([
      ['VN-2022', 'campaign.reviewed', '2021-12-10', 1],
    ]);
    expect(marks(...onOldList, reviewedAbove('2021-12-10', old))).toEqual([
      ['VN-2016', 'campaign.reviewed', '2021-12-10', 1],
    ]);
    expect(marks(home, reviewedAbove('2020-03-10', old), reviewedPoor('2021-12-10'))).toEqual([]);
  });

  it('in the place, the groups and with the members of the eve', () => {
    const eve = registered('2015-01-05', { groups: ['merit'] });
    const since = [changed('2022-09-10', { members: 9, groups: ['no-labour'] }), moved(LAT, '2022-09-10')];
    const marked = campaignMarks(timelineOf([eve, poor, ...since, reviewedPoor('2022-12-10')]));
    const at = { place: LONG_SON, standard: 'VN-2022', column: 'campaign.reviewed', counterpart: null };
    expect(marked).toEqual(
      ['all', 'merit'].map((group) => ({
        ...at,
        group,
        effectiveOn: '2022-12-10',
        households: 1,
        persons: 4,
      })),
    );
  });

  it('by a late decision that makes it expected, too', () => {
    const december = reviewedPoor('2022-12-10');
    expect(marks(home, december)).toEqual([]);
    expect(marks(home, december, poor)).toHaveLength(1);
  });
});

describe('A household that ends in a campaign', () => {
  it('is expected no more, from that day on', () => {
    const facts = [home, poor, dissolved('2022-10-10')];
    expect(marks(...facts)).toEqual([['VN-2022', 'campaign.dissolved', '2022-10-10', 1]]);
    expect(counted('campaign.dissolved', '2022-10-09', ...facts)).toBe(0);
    expect(counted('campaign.dissolved', '2022-10-10', ...facts)).toBe(1);
  });

  it('is reviewed no more either', () => {
    const facts = [home, poor, reviewedPoor('2022-09-20'), dissolved('2022-10-10')];
    expect(counted('campaign.reviewed', '2022-10-09', ...facts)).toBe(1);
    expect(counted('campaign.reviewed', '2022-10-10', ...facts)).toBe(0);
  });

  it('on the day of its review was never reviewed', () => {
    const facts = [home, poor, reviewedPoor('2022-10-10'), dissolved('2022-10-10')];
    expect(counted('campaign.reviewed', '2022-10-10', ...facts)).toBe(0);
    expect(counted('campaign.dissolved', '2022-10-10', ...facts)).toBe(1);
  });

  it('leaves neither households nor persons among the reviewed', () => {
    const facts = [
      home,
      poor,
      reviewedPoor('2022-09-20'),
      changed('2022-09-25', { members: 9 }),
      dissolved('2022-10-10'),
    ];
    const reviewed = campaignMarks(timelineOf(facts)).filter(({ column }) => column === 'campaign.reviewed');
    expect(reviewed).toHaveLength(2);
    expect(reviewed.reduce<Amount>(plus, NOTHING)).toEqual(NOTHING);
  });

  it('stays reviewed in the campaigns before', () => {
    const facts = [home, poor, reviewedPoor('2022-12-10'), dissolved('2023-09-01')];
    expect(counted('campaign.reviewed', '2023-08-31', ...facts)).toBe(1);
    expect(counted('campaign.dissolved', '2023-09-01', ...facts)).toBe(1);
    expect(counted('campaign.reviewed', '2023-09-01', ...facts)).toBe(0);
  });

  it('was not expected where it was above, or came after the eve', () => {
    expect(marks(home, reviewedAbove('2022-03-10'), dissolved('2022-10-10'))).toEqual([]);
    expect(marks(registered('2022-09-01'), reviewedPoor('2022-09-10'), dissolved('2022-10-10'))).toEqual([]);
  });

  it('is not reviewed by a decision after its end', () => {
    expect(marks(home, poor, dissolved('2022-08-31'), reviewedPoor('2022-12-10'))).toEqual([]);
  });

  // A household may be registered on any day from 1945-09-02 on; `campaignOf` throws, and the fold with it.
  it('in the first year of the country is folded like any other', () => {
    expect(marks(registered('1945-09-10'), dissolved('1946-03-10'))).toEqual([]);
  });
});
