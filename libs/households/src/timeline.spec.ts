import type { HouseholdFact } from './household.facts';
import {
  DAK_SAK,
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
  reviewed,
  reviewedAbove,
  reviewedNearPoor,
  reviewedPoor,
} from './testing';
import { situationOn, timelineOf } from './timeline';

const home = registered('2022-01-05', { village: 'Thôn 1' });

const on = (facts: readonly HouseholdFact[], text: string) => situationOn(timelineOf(facts), day(text));
const statusOn = (facts: readonly HouseholdFact[], text: string) => on(facts, text)?.statuses['VN-2022'];
/** The days on which something changes, with the passages of the day. */
const passages = (...facts: readonly HouseholdFact[]) =>
  timelineOf(facts).changes.map((change) => [change.on, change.passages.map(({ kind }) => kind)]);

describe('A household at the end of a day', () => {
  it('is nothing before its registration', () => {
    expect(on([home], '2022-01-04')).toBeNull();
    expect(timelineOf([])).toMatchObject({ registered: undefined, changes: [], living: [], outside: [] });
  });

  it('is what its registration says, from that day on', () => {
    const situation = { place: LONG_SON, village: 'Thôn 1', members: 4, groups: [], statuses: {} };
    expect(on([home], '2022-01-05')).toEqual(situation);
    expect(on([home], '2030-12-31')).toEqual(situation);
  });

  it('keeps what a fact does not tell: absent is unchanged, an empty list is none', () => {
    const history = [
      registered('2022-01-05', { groups: ['merit'] }),
      reviewedPoor('2022-03-10', { members: 5 }),
      reviewedPoor('2022-06-10', { groups: [] }),
      changed('2022-09-10', { village: 'Thôn 2' }),
    ];
    expect(on(history, '2022-03-10')).toMatchObject({ members: 5, groups: ['merit'] });
    expect(on(history, '2022-06-10')).toMatchObject({ members: 5, groups: [] });
    expect(on(history, '2022-09-10')).toEqual({
      ...{ place: LONG_SON, village: 'Thôn 2', members: 5, groups: [] },
      statuses: { 'VN-2022': 'poor' },
    });
  });

  it('has a status under each standard, and moving one moves no other', () => {
    const history = [
      home,
      reviewedPoor('2022-02-10', { standard: OLD_STANDARD }),
      reviewedNearPoor('2022-03-10'),
      escaped('above', '2022-06-10', { standard: OLD_STANDARD }),
    ];
    expect(on(history, '2022-03-10')?.statuses).toEqual({ 'VN-2016': 'poor', 'VN-2022': 'near-poor' });
    expect(on(history, '2022-06-10')?.statuses).toEqual({ 'VN-2016': 'above', 'VN-2022': 'near-poor' });
  });

  it('is poor from the day of a flag on, and what an escape leads to', () => {
    const history = [home, flagged('2022-03-10'), escaped('near-poor', '2022-06-10')];
    expect([statusOn(history, '2022-03-09'), statusOn(history, '2022-03-10')]).toEqual([undefined, 'poor']);
    expect([statusOn(history, '2022-06-09'), statusOn(history, '2022-06-10')]).toEqual(['poor', 'near-poor']);
  });

  it('is nothing from its dissolution on', () => {
    const history = [home, reviewedPoor('2022-03-10'), dissolved('2022-06-10')];
    expect(on(history, '2022-06-09')).not.toBeNull();
    expect(on(history, '2022-06-10')).toBeNull();
    expect(passages(...history)).toEqual([
      ['2022-01-05', []],
      ['2022-03-10', ['newlyArising']],
      ['2022-06-10', ['otherDecrease']],
    ]);
  });
});

describe('The order of arrival', () => {
  it('does not matter between days', () => {
    const history = [reviewedPoor('2022-03-10'), reviewedAbove('2022-06-10'), moved(LAT, '2022-04-10')];
    const inOrder = timelineOf([home, ...history]).changes;
    expect(timelineOf([home, ...history.toReversed()]).changes).toEqual(inOrder);
  });

  it('decides between statuses of one day under one standard, whichever kind of decision they are', () => {
    const poor = reviewedPoor('2022-03-10');
    const above = escaped('above', '2022-03-10');
    expect(statusOn([home, poor, above], '2022-03-10')).toBe('above');
    expect(statusOn([home, above, poor], '2022-03-10')).toBe('poor');
    expect(statusOn([home, poor, above, flagged('2022-03-10')], '2022-03-10')).toBe('poor');
  });

  it('does not decide between standards: the younger one says what the household is', () => {
    const young = reviewedPoor('2021-12-10', { members: 6, groups: ['merit'] });
    const old = reviewedPoor('2021-12-10', { members: 5, groups: [], standard: OLD_STANDARD });
    const early = registered('2021-01-05');
    for (const history of [
      [early, young, old],
      [early, old, young],
    ]) {
      expect(on(history, '2021-12-10')).toMatchObject({ members: 6, groups: ['merit'] });
    }
  });

  it('does not decide between kinds: members and groups follow the review, the move follows both', () => {
    const kinds = [
      moved(LAT, '2022-03-10', { members: 8 }),
      changed('2022-03-10', { members: 7, groups: ['merit'] }),
      reviewedPoor('2022-03-10', { members: 6, groups: [] }),
    ];
    for (const facts of [kinds, kinds.toReversed()]) {
      expect(on([home, ...facts], '2022-03-10')).toMatchObject({ place: LAT, members: 8, groups: ['merit'] });
    }
    expect(on([home, ...kinds.slice(1)], '2022-03-10')).toMatchObject({ members: 7 });
  });

  it('decides between two moves and two changes of details of one day', () => {
    const there = [moved(LAT, '2022-03-10'), moved(DAK_SAK, '2022-03-10')];
    expect(on([home, ...there], '2022-03-10')?.place).toBe(DAK_SAK);
    expect(on([home, ...there.toReversed()], '2022-03-10')?.place).toBe(LAT);
    const said = [changed('2022-03-10', { members: 1 }), changed('2022-03-10', { members: 2 })];
    expect(on([home, ...said], '2022-03-10')?.members).toBe(2);
  });
});

describe('A village', () => {
  it('is left behind with its commune, and kept within it', () => {
    expect(on([home, moved(LAT, '2022-03-10')], '2022-03-10')).toEqual({
      ...{ place: LAT, members: 4, groups: [], statuses: {} },
    });
    expect(on([home, moved(LAT, '2022-03-10', { village: 'Bon 2' })], '2022-03-10')?.village).toBe('Bon 2');
    expect(on([home, moved(LONG_SON, '2022-03-10')], '2022-03-10')?.village).toBe('Thôn 1');
  });
});

describe('What comes and goes on one day', () => {
  it('is no passage: poor and above again', () => {
    const history = [
      home,
      reviewedAbove('2022-03-10'),
      reviewedPoor('2022-06-10'),
      escaped('above', '2022-06-10'),
    ];
    expect(passages(...history).at(-1)).toEqual(['2022-06-10', []]);
  });

  it('is nothing at all where it is the household itself', () => {
    const { changes, outside } = timelineOf([home, reviewedPoor('2022-01-05'), dissolved('2022-01-05')]);
    expect({ changes, outside }).toEqual({ changes: [], outside: [] });
  });

  it('goes with the dissolution: an escape on the last day is no escape', () => {
    const history = [
      home,
      reviewedPoor('2022-03-10'),
      escaped('above', '2022-06-10'),
      dissolved('2022-06-10'),
    ];
    expect(timelineOf(history).changes.at(-1)?.passages).toEqual([
      { standard: 'VN-2022', from: 'poor', to: null, kind: 'otherDecrease' },
    ]);
  });
});

describe('Facts outside the life', () => {
  const early = reviewedPoor('2022-01-04');
  const late = reviewedPoor('2022-06-11');
  const lastDay = reviewed('near-poor', '2022-06-10');
  const end = dissolved('2022-06-10');

  it('count nothing and are kept apart, in order of arrival', () => {
    const { living, outside, dissolvedOn } = timelineOf([home, late, end, early, lastDay]);
    expect(outside).toEqual([late, early]);
    expect(living).toEqual([home, lastDay, end]);
    expect(dissolvedOn).toBe('2022-06-10');
  });

  it('are all facts while nobody registered the household', () => {
    expect(timelineOf([early, end])).toMatchObject({ changes: [], living: [], outside: [early, end] });
  });

  it('are a second registration, and a dissolution before the first', () => {
    const again = registered('2022-02-01', { members: 9 });
    const before = dissolved('2021-12-31');
    const { outside, dissolvedOn, changes } = timelineOf([home, again, before]);
    expect({ outside, dissolvedOn }).toEqual({ outside: [again, before], dissolvedOn: undefined });
    expect(changes).toHaveLength(1);
  });

  it('include a later dissolution: the first one to take effect ends the household, the last to arrive or not', () => {
    const { dissolvedOn, outside } = timelineOf([home, end, dissolved('2022-03-10', 'died')]);
    expect(dissolvedOn).toBe('2022-03-10');
    expect(outside).toEqual([end]);
  });
});
