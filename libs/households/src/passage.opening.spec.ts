import type { Status } from '@ledger/kernel';
import { CHANNELS, STATUSES } from '@ledger/kernel';
import type { HouseholdFact } from './household.facts';
import {
  OLD_STANDARD,
  day,
  escaped,
  flagged,
  registered,
  reviewed,
  reviewedAbove,
  reviewedNearPoor,
  reviewedPoor,
} from './testing';
import { timelineOf } from './timeline';

/** VN-2022 opened on 2021-09-01, applies from 2022-01-01, and its books are open to 2022-02-28. */
const home = registered('2010-01-05');
const old = { standard: OLD_STANDARD };
const periodic = { channel: 'periodic' } as const;
const survey = { channel: 'general-survey' } as const;

/** The kinds of the passages under VN-2022, in order of time. */
const kinds = (...facts: readonly HouseholdFact[]) =>
  timelineOf([home, ...facts]).changes.flatMap(({ passages }) =>
    passages.filter(({ standard }) => standard === 'VN-2022').map(({ kind }) => kind),
  );
const escapedBefore = [reviewedPoor('2019-06-10', old), escaped('above', '2020-06-10', old)];

describe('Before a standard applies', () => {
  const anyOutcome = STATUSES.flatMap((status) => CHANNELS.map((channel) => [status, channel] as const));

  it.each(anyOutcome)(
    'a first classification as %s by the %s channel opens the books',
    (outcome, channel) => {
      expect(kinds(reviewed(outcome, '2021-09-01', { channel }))).toEqual(['opened']);
      expect(kinds(reviewed(outcome, '2021-12-31', { channel }))).toEqual(['opened']);
    },
  );

  it('so it does after an escape: a household does not become poor again by a change of standard', () => {
    expect(kinds(...escapedBefore, reviewedPoor('2021-12-31'))).toEqual(['opened']);
  });

  it('a flag and an escape open the books as well', () => {
    expect(kinds(...escapedBefore, flagged('2021-12-31'))).toEqual(['opened']);
    expect(kinds(escaped('near-poor', '2021-12-31'))).toEqual(['opened']);
  });

  const changes = STATUSES.flatMap((from) =>
    STATUSES.filter((to) => to !== from).map((to) => [from, to] as const),
  );
  it.each<readonly [Status, Status]>(changes)('one opening status replaces another: %s by %s', (from, to) => {
    const { changes: days } = timelineOf([home, reviewed(from, '2021-11-10'), reviewed(to, '2021-12-10')]);
    expect(days.at(-1)?.passages).toEqual([{ standard: 'VN-2022', from, to, kind: 'opened' }]);
  });

  it('leaving a status that opened the books is no escape: poor later is newly arising', () => {
    expect(
      kinds(reviewedPoor('2021-11-10'), escaped('above', '2021-12-10'), reviewedPoor('2022-06-10')),
    ).toEqual(['opened', 'opened', 'newlyArising']);
    expect(
      kinds(reviewedNearPoor('2021-11-10'), escaped('above', '2021-12-10'), reviewedNearPoor('2022-06-10')),
    ).toEqual(['opened', 'opened', 'newlyArising']);
  });
});

describe('While the books are open', () => {
  const days = ['2022-01-01', '2022-02-28'];

  it.each(days)(
    'the first classification opens them on %s by a periodic review or a general survey',
    (on) => {
      for (const outcome of STATUSES) {
        expect(kinds(reviewed(outcome, on, periodic))).toEqual(['opened']);
        expect(kinds(...escapedBefore, reviewed(outcome, on, survey))).toEqual(['opened']);
      }
    },
  );

  it.each(days)('what the monthly channel finds first on %s is what it is', (on) => {
    expect(kinds(reviewedPoor(on))).toEqual(['newlyArising']);
    expect(kinds(reviewedNearPoor(on))).toEqual(['newlyArising']);
    expect(kinds(reviewedAbove(on))).toEqual(['classifiedAbove']);
    expect(kinds(...escapedBefore, reviewedPoor(on))).toEqual(['rePoor']);
    expect(kinds(...escapedBefore, flagged(on))).toEqual(['rePoor']);
  });

  it('an order to escape is no survey, whatever channel it names', () => {
    expect(kinds(escaped('near-poor', '2022-01-10', periodic))).toEqual(['newlyArising']);
  });

  it('a second classification moves the household', () => {
    expect(kinds(reviewedPoor('2021-12-10', periodic), reviewedAbove('2022-01-10', periodic))).toEqual([
      'opened',
      'escapedAbove',
    ]);
    expect(kinds(reviewedNearPoor('2022-01-10', periodic), reviewedPoor('2022-02-10', periodic))).toEqual([
      'opened',
      'becamePoorFromNearPoor',
    ]);
  });

  it('an opened status counts as poverty: who leaves it later has escaped, and may be poor again', () => {
    expect(
      kinds(reviewedPoor('2021-12-10', periodic), escaped('above', '2022-06-10'), flagged('2023-06-10')),
    ).toEqual(['opened', 'escapedAbove', 'rePoor']);
  });

  it('the last word of the day decides who classified first', () => {
    const monthly = reviewedPoor('2022-01-10');
    const yearly = reviewedPoor('2022-01-10', periodic);
    expect(kinds(monthly, yearly)).toEqual(['opened']);
    expect(kinds(yearly, monthly)).toEqual(['newlyArising']);
  });

  it('a status under the old standard is no classification under the new one', () => {
    expect(kinds(reviewedNearPoor('2021-06-10', old), reviewedPoor('2022-01-10', periodic))).toEqual([
      'opened',
    ]);
  });

  it('the survey must say so under the new standard: another one of the day does not open it', () => {
    expect(kinds(reviewedPoor('2022-01-10'), reviewedPoor('2022-01-10', { ...old, ...periodic }))).toEqual([
      'newlyArising',
    ]);
  });
});

describe('When the books are closed', () => {
  it.each(CHANNELS)('a first classification by the %s channel is new, or poor again', (channel) => {
    expect(kinds(reviewedPoor('2022-03-01', { channel }))).toEqual(['newlyArising']);
    expect(kinds(reviewedNearPoor('2022-03-01', { channel }))).toEqual(['newlyArising']);
    expect(kinds(...escapedBefore, reviewedPoor('2022-03-01', { channel }))).toEqual(['rePoor']);
  });

  it('a late first review of the open days takes the later one off its column', () => {
    const later = reviewedPoor('2022-06-10', periodic);
    expect(kinds(later)).toEqual(['newlyArising']);
    expect(kinds(later, reviewedPoor('2022-02-28', periodic))).toEqual(['opened']);
  });

  it('each standard has its own days: 29 February 2016 is still open for VN-2016', () => {
    const first = (on: string) =>
      timelineOf([
        home,
        { ...reviewedPoor('2016-02-29', { ...old, ...periodic }), effectiveOn: day(on) },
      ]).changes.at(-1)?.passages;
    expect(first('2016-02-29')).toMatchObject([{ standard: 'VN-2016', kind: 'opened' }]);
    expect(first('2016-03-01')).toMatchObject([{ standard: 'VN-2016', kind: 'newlyArising' }]);
  });
});
