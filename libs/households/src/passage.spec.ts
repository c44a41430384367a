import type { Status } from '@ledger/kernel';
import type { HouseholdFact } from './household.facts';
import {
  OLD_STANDARD,
  dissolved,
  escaped,
  flagged,
  moved,
  LAT,
  registered,
  reviewed,
  reviewedAbove,
  reviewedNearPoor,
  reviewedPoor,
} from './testing';
import { timelineOf } from './timeline';

const home = registered('2010-01-05');
const old = { standard: OLD_STANDARD };

/** The passages on the day of the last fact. */
const lastPassages = (...facts: readonly [HouseholdFact, ...HouseholdFact[]]) => {
  const day = facts.at(-1)?.effectiveOn;
  return timelineOf([home, ...facts]).changes.find(({ on }) => on === day)?.passages ?? [];
};
const lastKinds = (...facts: readonly [HouseholdFact, ...HouseholdFact[]]) =>
  lastPassages(...facts).map(({ kind }) => kind);

describe('A first classification', () => {
  it.each([
    ['poor', 'newlyArising'],
    ['near-poor', 'newlyArising'],
    ['above', 'classifiedAbove'],
  ] as const)('as %s is %s', (outcome, kind) => {
    expect(lastPassages(reviewed(outcome, '2022-06-10'))).toEqual([
      { standard: 'VN-2022', from: null, to: outcome, kind },
    ]);
  });
});

describe('A change of status', () => {
  it.each<[Exclude<Status, 'above'> | 'above', Status, string]>([
    ['poor', 'near-poor', 'escapedToNearPoor'],
    ['poor', 'above', 'escapedAbove'],
    ['near-poor', 'above', 'escapedAbove'],
    ['near-poor', 'poor', 'becamePoorFromNearPoor'],
    ['above', 'near-poor', 'newlyArising'],
    ['above', 'poor', 'newlyArising'],
  ])('from %s to %s is %s', (from, to, kind) => {
    expect(lastPassages(reviewed(from, '2022-06-10'), reviewed(to, '2022-12-10'))).toEqual([
      { standard: 'VN-2022', from, to, kind },
    ]);
  });

  it('is an escape whether a review or an order to escape says so', () => {
    expect(lastKinds(reviewedPoor('2022-06-10'), escaped('near-poor', '2022-12-10'))).toEqual([
      'escapedToNearPoor',
    ]);
    expect(lastKinds(reviewedPoor('2022-06-10'), escaped('above', '2022-12-10'))).toEqual(['escapedAbove']);
  });

  it('is none where the same status is found again', () => {
    expect(lastKinds(reviewedPoor('2022-06-10'), reviewedPoor('2022-12-10'))).toEqual([]);
  });

  it('by the end of the household is another decrease, under every standard', () => {
    const passages = lastPassages(
      reviewedPoor('2021-06-10', old),
      reviewedAbove('2022-06-10'),
      dissolved('2022-12-10'),
    );
    expect(passages).toEqual([
      { standard: 'VN-2016', from: 'poor', to: null, kind: 'otherDecrease' },
      { standard: 'VN-2022', from: 'above', to: null, kind: 'otherDecrease' },
    ]);
  });
});

describe('Poor again', () => {
  it('after an escape above is re-poor', () => {
    const escape = [reviewedPoor('2022-06-10'), escaped('above', '2022-12-10')] as const;
    expect(lastKinds(...escape, reviewedPoor('2023-06-10'))).toEqual(['rePoor']);
    expect(lastKinds(...escape, flagged('2023-06-10'))).toEqual(['rePoor']);
  });

  it('from near-poor is column 5 even after an escape, and says that there was one', () => {
    const nearPoor = [reviewedPoor('2022-06-10'), escaped('near-poor', '2022-12-10')] as const;
    expect(lastPassages(...nearPoor, reviewedPoor('2023-06-10'))).toEqual([
      {
        standard: 'VN-2022',
        from: 'near-poor',
        to: 'poor',
        kind: 'becamePoorFromNearPoor',
        afterEscape: true,
      },
    ]);
    expect(lastPassages(reviewedNearPoor('2022-06-10'), reviewedPoor('2023-06-10'))).toEqual([
      { standard: 'VN-2022', from: 'near-poor', to: 'poor', kind: 'becamePoorFromNearPoor' },
    ]);
  });

  it('above, after an escape to near-poor, is re-poor', () => {
    const nearPoor = [reviewedPoor('2022-06-10'), escaped('near-poor', '2022-12-10')] as const;
    expect(lastKinds(...nearPoor, reviewedAbove('2023-06-10'), reviewedPoor('2023-12-10'))).toEqual([
      'rePoor',
    ]);
  });

  it('is re-poor where it escaped under another standard, however long ago', () => {
    const long = { standard: 'VN-2011' };
    expect(
      lastKinds(
        reviewedPoor('2011-06-10', long),
        escaped('above', '2012-06-10', long),
        reviewedPoor('2023-06-10'),
      ),
    ).toEqual(['rePoor']);
  });

  it('is newly arising where it never escaped, though it was poor under another standard', () => {
    expect(lastKinds(reviewedPoor('2021-06-10', old), reviewedPoor('2022-06-10'))).toEqual(['newlyArising']);
  });

  it('is newly arising where it escaped on the same day only, under the other standard', () => {
    const sameDay = [escaped('above', '2022-06-10', old), reviewedPoor('2022-06-10')] as const;
    expect(lastKinds(reviewedPoor('2021-06-10', old), ...sameDay)).toEqual(['escapedAbove', 'newlyArising']);
    expect(lastKinds(reviewedPoor('2021-06-10', old), ...(sameDay.toReversed() as [HouseholdFact]))).toEqual([
      'escapedAbove',
      'newlyArising',
    ]);
  });

  it('is newly arising where it left near-poverty only', () => {
    expect(
      lastKinds(reviewedNearPoor('2022-06-10'), escaped('above', '2022-12-10'), reviewedPoor('2023-06-10')),
    ).toEqual(['newlyArising']);
  });

  it('stays re-poor wherever it lives', () => {
    expect(
      lastKinds(
        reviewedPoor('2022-06-10'),
        escaped('above', '2022-12-10'),
        moved(LAT, '2023-01-10'),
        reviewedPoor('2023-06-10'),
      ),
    ).toEqual(['rePoor']);
  });
});

describe('Near-poor again', () => {
  it('after it left near-poverty is re-near-poor, likewise under any standard', () => {
    expect(
      lastKinds(
        reviewedNearPoor('2022-06-10'),
        escaped('above', '2022-12-10'),
        reviewedNearPoor('2023-06-10'),
      ),
    ).toEqual(['reNearPoor']);
    expect(
      lastKinds(
        reviewedNearPoor('2020-06-10', old),
        reviewedAbove('2020-12-10', old),
        reviewedNearPoor('2022-06-10'),
      ),
    ).toEqual(['reNearPoor']);
  });

  it('after it left poverty straight above is newly arising', () => {
    expect(
      lastKinds(reviewedPoor('2022-06-10'), escaped('above', '2022-12-10'), reviewedNearPoor('2023-06-10')),
    ).toEqual(['newlyArising']);
  });

  it('after it left poverty for near-poverty and that for above is re-near-poor', () => {
    expect(
      lastKinds(
        reviewedPoor('2022-06-10'),
        escaped('near-poor', '2022-12-10'),
        escaped('above', '2023-06-10'),
        reviewedNearPoor('2023-12-10'),
      ),
    ).toEqual(['reNearPoor']);
  });
});
