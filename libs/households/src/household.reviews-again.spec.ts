import type { RecordReview } from './household.orders';
import {
  OLD_STANDARD,
  day,
  decisionOf,
  escaped,
  flagged,
  given,
  recordReview,
  registered,
  reviewedAbove,
  reviewedPoor,
} from './testing';

const home = registered('2015-01-05');

describe('A review that was recorded before', () => {
  const decision = decisionOf('2022-12-20', { number: '15/QĐ-UBND' });
  const on = '2022-12-10';
  const order = recordReview('poor', on, { decision, members: 5, groups: ['local-ethnic-minority'] });
  const earlier = reviewedPoor(on, {
    decision,
    members: 5,
    groups: ['ethnic-minority', 'local-ethnic-minority'],
  });

  it('changes nothing', () => {
    given(home, earlier).when(order).thenUnchanged(1);
  });

  it('changes nothing even after it was overruled, or the household had ended before it', () => {
    given(home, earlier, reviewedAbove(on)).when(order).thenUnchanged(1);
    given(home, earlier, { type: 'HouseholdDissolved', effectiveOn: day('2022-05-01'), reason: 'left' })
      .when(order)
      .thenUnchanged(1);
  });

  it.each<[string, Partial<RecordReview>]>([
    ['outcome', { outcome: 'near-poor' }],
    ['members', { members: 6 }],
    ['date of the decision', { decision: { ...decision, date: day('2022-12-19') } }],
    ['channel', { channel: 'periodic' }],
    ['finding', { causes: [1] }],
  ])('is refused with another %s: a correction is another order', (_what, more) => {
    const refusal = given(home, earlier)
      .when({ ...order, ...more })
      .thenRefused('review.already-recorded', 'decision.number');
    expect(refusal).toMatchObject({
      got: '15/QĐ-UBND',
      facts: { number: '15/QĐ-UBND', on: '2022-12-10', standard: 'VN-2022' },
    });
  });

  // Deprived indicators and causes are sets: a spreadsheet that sorts them another way says nothing new.
  it('changes nothing with the same deprivations and causes in another order', () => {
    const found = { deprivations: [1, 2, 3], causes: [2, 7], incomeScore: 120 };
    given(home, reviewedPoor('2022-12-10', { ...found, check: 'consistent' }))
      .when(recordReview('poor', '2022-12-10', { ...found, deprivations: [3, 2, 1], causes: [7, 2] }))
      .thenUnchanged(1);
  });

  // `check` is what we made of the review, not what it said: a rule that is verified later changes it, and the
  // same file, imported again, is refused.
  it('changes nothing though its rule is better known now than when it was recorded', () => {
    const found = { deprivations: [1, 2, 3], incomeScore: 120 };
    given(home, reviewedPoor('2022-12-10', { ...found, check: 'unchecked' }))
      .when(recordReview('poor', '2022-12-10', found))
      .thenUnchanged(1);
  });

  it('is another review under another number, on another day, or under another standard', () => {
    given(home, earlier)
      .when({ ...order, decision: { ...decision, number: '16/QĐ-UBND' } })
      .thenAccepted();
    given(home, earlier)
      .when({ ...order, effectiveOn: day('2022-12-11') })
      .thenAccepted();
    given(home, earlier)
      .when({ ...order, standard: OLD_STANDARD })
      .thenAccepted();
  });

  it('is another matter than an escape or a flag of the same paper', () => {
    given(home, reviewedPoor('2022-03-10'), escaped('above', on, { decision }))
      .when(recordReview('above', on, { decision }))
      .then(reviewedAbove(on, { decision }));
    given(home, flagged(on, { decision }))
      .when(recordReview('poor', on, { decision }))
      .then(reviewedPoor(on, { decision }));
  });
});
