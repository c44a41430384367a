import type { RecordReview } from './household.orders';
import { given, recordReview, registered, reviewed, reviewedAbove, reviewedPoor } from './testing';

const home = registered('2015-01-05');
const on = '2022-12-10';
const review = (outcome: RecordReview['outcome'], more: Partial<RecordReview>) =>
  given(home).when(recordReview(outcome, on, more));

describe('A review that agrees with its scores', () => {
  it('is consistent at the threshold itself: 140 points and three deprivations are poor', () => {
    const found = { incomeScore: 140, deprivations: [1, 2, 3] };
    review('poor', found)
      .then(reviewedPoor(on, { ...found, check: 'consistent' }))
      .withNotices();
  });

  it('is consistent one point above it: nobody is poor with 141', () => {
    const found = { incomeScore: 141, deprivations: [1, 2, 3] };
    review('above', found)
      .then(reviewedAbove(on, { ...found, check: 'consistent' }))
      .withNotices();
  });

  it('is judged by the line of the towns where the sheet of the towns was used', () => {
    const found = { areaType: 'urban', incomeScore: 175, deprivations: [1, 2, 3] } as const;
    review('poor', found)
      .then(reviewedPoor(on, { ...found, check: 'consistent' }))
      .withNotices();
  });
});

describe('A review that contradicts its scores', () => {
  it('is refused, with the rule that it breaks and what it could be', () => {
    const refusal = review('near-poor', { incomeScore: 140, deprivations: [1, 2, 3] }).thenRefused(
      'review.contradicts-scores',
      'outcome',
    );
    expect(refusal.got).toBe('near-poor');
    expect(refusal.facts).toMatchObject({
      outcome: 'near-poor',
      rule: 'VN-2022 rural: poor when income score <= 140 and deprivations >= 3',
      possible: 'poor',
    });
  });

  it('needs low income and deprivations together under VN-2022: low income alone is not poor', () => {
    const refusal = review('poor', { incomePerCapita: 500_000, deprivations: [1, 2] }).thenRefused(
      'review.contradicts-scores',
      'outcome',
    );
    expect(refusal.facts).toMatchObject({
      rule: 'VN-2022 rural: poor when income <= 1,500,000 and deprivations >= 3',
      possible: 'near-poor',
    });
  });

  it('is refused by the scores where score and income lead apart: scores rule', () => {
    const found = { incomeScore: 150, incomePerCapita: 1_000_000, deprivations: [1, 2, 3] };
    review('poor', found).thenRefused('review.contradicts-scores', 'outcome');
    review('above', found)
      .then(reviewedAbove(on, { ...found, check: 'consistent' }))
      .withNotices('classification.score-and-income-differ');
  });

  it('is accepted where the decision says why it departs, and marked as overridden', () => {
    const found = { incomeScore: 141, deprivations: [1, 2, 3], override: { reason: 'severe-illness' } };
    const { facts } = review('poor', found)
      .then(reviewedPoor(on, { ...found, check: 'overridden' }))
      .withNotices('review.overridden')
      .notice('review.overridden');
    expect(facts).toMatchObject({
      reason: 'severe-illness',
      rule: 'VN-2022 rural: poor when income score <= 140 and deprivations >= 3',
    });
  });

  it('and says so where the override was not needed', () => {
    const found = { incomeScore: 140, deprivations: [1, 2, 3], override: { reason: 'severe-illness' } };
    review('poor', found)
      .then(reviewedPoor(on, { ...found, check: 'consistent' }))
      .withNotices('review.override-not-needed');
  });

  it('is compared with what was recorded before it is judged: without its override it is another review', () => {
    const found = { incomeScore: 141, deprivations: [1, 2, 3] };
    const override = { reason: 'severe-illness' };
    const recorded = reviewedPoor(on, { ...found, check: 'overridden', override });
    given(home, recorded)
      .when(recordReview('poor', on, { ...found, override }))
      .thenUnchanged(1);
    given(home, recorded)
      .when(recordReview('poor', on, found))
      .thenRefused('review.already-recorded', 'decision.number');
    given(home, recorded)
      .when(recordReview('poor', on, { ...found, override: { reason: 'complaint' } }))
      .thenRefused('review.already-recorded', 'decision.number');
  });
});

describe('A review with little evidence', () => {
  it('is unchecked, not refused, and says what it would take', () => {
    const found = { incomeScore: 120 };
    review('near-poor', found)
      .then(reviewed('near-poor', on, { ...found, check: 'unchecked' }))
      .withNotices('classification.unchecked');
  });

  it('is unchecked where the standard tells nothing of the score', () => {
    const found = { incomeScore: 10, deprivations: [1, 2, 3], standard: 'VN-2027' };
    given(home)
      .when(recordReview('poor', '2027-03-10', { ...found, today: '2027-06-30' as RecordReview['today'] }))
      .then(reviewedPoor('2027-03-10', { ...found, check: 'unchecked' }))
      .withNotices('classification.unchecked');
  });

  it('names only indicators of its standard', () => {
    const refusal = review('poor', { incomeScore: 100, deprivations: [1, 2, 13] }).thenRefused(
      'review.unknown-indicator',
      'deprivations',
    );
    expect(refusal).toMatchObject({ got: 13, facts: { standard: 'VN-2022', count: 12 } });
    given(home)
      .when(recordReview('poor', '2020-12-10', { standard: 'VN-2016', deprivations: [11] }))
      .thenRefused('review.unknown-indicator', 'deprivations');
  });
});
