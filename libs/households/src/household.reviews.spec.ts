import type { RecordReview } from './household.orders';
import {
  OLD_STANDARD,
  day,
  decisionOf,
  given,
  givenIn,
  recordReview,
  registered,
  reviewed,
  reviewedAbove,
  reviewedPoor,
} from './testing';

const home = registered('2015-01-05');

describe('Recording a review', () => {
  it('records all that it found and says, and what it is worth', () => {
    const found = {
      incomeScore: 120,
      incomePerCapita: 1_200_000,
      deprivations: [3, 1, 7],
      causes: [2, 7],
      members: 5,
      channel: 'periodic',
    } as const;
    given(home)
      .when(recordReview('poor', '2022-12-10', { ...found, groups: ['local-ethnic-minority'] }))
      .then(
        reviewedPoor('2022-12-10', {
          ...found,
          deprivations: [1, 3, 7],
          groups: ['ethnic-minority', 'local-ethnic-minority'],
          check: 'consistent',
        }),
      )
      .withNotices();
  });

  it('tells an absent finding from an empty one', () => {
    const none = { deprivations: [], causes: [], groups: [] };
    given(home)
      .when(recordReview('above', '2022-12-10', none))
      .then(reviewedAbove('2022-12-10', none));
    given(home).when(recordReview('above', '2022-12-10')).then(reviewedAbove('2022-12-10'));
  });

  it('needs no change of status: poor again is what most reviews say', () => {
    given(home, reviewedPoor('2022-03-10'))
      .when(recordReview('poor', '2022-12-10'))
      .then(reviewedPoor('2022-12-10'));
  });

  it('may be of any order of statuses: a decision is an assertion', () => {
    given(home, reviewedAbove('2022-03-10'))
      .when(recordReview('poor', '2022-04-10'))
      .then(reviewedPoor('2022-04-10'));
  });
});

describe('The paper of a review', () => {
  it('may be signed after the day from which it counts, with a warning', () => {
    const decision = decisionOf('2022-12-20');
    const { facts } = given(home)
      .when(recordReview('poor', '2022-12-10', { decision }))
      .then(reviewedPoor('2022-12-10', { decision }))
      .withNotices('classification.unchecked', 'decision.later-than-effect')
      .notice('decision.later-than-effect');
    expect(facts).toEqual({ effectiveOn: '2022-12-10', date: '2022-12-20' });
  });

  it('may be signed before that day, without one', () => {
    given(home)
      .when(recordReview('poor', '2022-12-10', { decision: decisionOf('2022-12-09') }))
      .thenAccepted()
      .withNotices('classification.unchecked');
  });

  it('may be signed today, not tomorrow', () => {
    const today = day('2022-12-10');
    const signedOn = (date: string): RecordReview =>
      recordReview('poor', '2022-12-10', { today, decision: decisionOf(date) });
    given(home).when(signedOn('2022-12-10')).thenAccepted();
    const refusal = given(home)
      .when(signedOn('2022-12-11'))
      .thenRefused('decision.in-the-future', 'decision.date');
    expect(refusal).toMatchObject({ got: '2022-12-11', facts: { today: '2022-12-10' } });
  });
});

describe('The standard of a review', () => {
  it('is one that there is', () => {
    const order = recordReview('poor', '2022-12-10', { standard: 'VN-2021' });
    expect(given(home).when(order).thenRefused('standard.unknown', 'standard').got).toBe('VN-2021');
  });

  it('may be used from the review on that opened it, months before it applies', () => {
    given(home).when(recordReview('poor', '2021-09-01')).then(reviewedPoor('2021-09-01'));
    const refusal = given(home)
      .when(recordReview('poor', '2021-08-31'))
      .thenRefused('standard.not-open-yet', 'effectiveOn');
    expect(refusal).toMatchObject({
      got: '2021-08-31',
      facts: { standard: 'VN-2022', openingFrom: '2021-09-01' },
    });
  });

  it('may have ended: recorded with a warning from the day after its last one', () => {
    const under = { standard: OLD_STANDARD };
    given(home)
      .when(recordReview('poor', '2021-12-31', under))
      .then(reviewedPoor('2021-12-31', under))
      .withNotices('classification.unchecked');
    const { facts } = given(home)
      .when(recordReview('poor', '2022-01-01', under))
      .then(reviewedPoor('2022-01-01', under))
      .withNotices('classification.unchecked', 'standard.ended')
      .notice('standard.ended');
    expect(facts).toEqual({ standard: 'VN-2016', appliesTo: '2021-12-31' });
  });

  it('may be two on one day, each with its own outcome', () => {
    const old = reviewedPoor('2021-12-10', { standard: OLD_STANDARD });
    given(home, old).when(recordReview('near-poor', '2021-12-10')).then(reviewed('near-poor', '2021-12-10'));
  });
});

describe('The area type of a review', () => {
  const urbanSince2023 = givenIn((_place, on) => (on < '2023-01-01' ? 'rural' : 'urban'));

  it('rules, and a difference from the unit of that day is a warning', () => {
    const { facts } = urbanSince2023(home)
      .when(recordReview('poor', '2023-01-01', { areaType: 'rural' }))
      .then(reviewedPoor('2023-01-01', { areaType: 'rural' }))
      .withNotices('classification.unchecked', 'review.area-type-differs')
      .notice('review.area-type-differs');
    expect(facts).toMatchObject({ review: 'rural', unit: 'urban' });
  });

  it('is compared with the unit as it was on the day of the review, not as it is', () => {
    urbanSince2023(home)
      .when(recordReview('poor', '2022-12-31', { areaType: 'rural' }))
      .thenAccepted()
      .withNotices('classification.unchecked');
  });

  it('is not compared where that of the unit is not known', () => {
    given(home)
      .when(recordReview('poor', '2022-12-31', { areaType: 'urban' }))
      .then(reviewedPoor('2022-12-31', { areaType: 'urban' }))
      .withNotices('classification.unchecked');
  });
});
