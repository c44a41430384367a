import type { Notice } from '@ledger/kernel';
import { textOf } from '@ledger/kernel';
import { standardsTexts } from '@ledger/standards';
import type { HouseholdFact } from './household.facts';
import type { HouseholdOrder } from './household.orders';
import {
  LONG_SON,
  changeDetails,
  decisionOf,
  dissolve,
  dissolved,
  escaped,
  flagReimpoverished,
  flagged,
  given,
  givenIn,
  markEscaped,
  moveTo,
  recordReview,
  register,
  registered,
  reviewedAbove,
  reviewedPoor,
} from './testing';
import { householdTexts } from './texts';

const on = '2022-12-10';
const home = registered('2015-01-05');
const other = decisionOf(on, { authority: 'UBND huyện' });
const contradicting = { incomeScore: 140, deprivations: [1, 2, 3] };

const refusalOf = (facts: readonly HouseholdFact[], order: HouseholdOrder): Notice =>
  given(...facts)
    .when(order)
    .problem().refusals[0];
const noticesOf = (facts: readonly HouseholdFact[], order: HouseholdOrder): readonly Notice[] =>
  givenIn(() => 'urban')(...facts)
    .when(order)
    .thenAccepted().notices;

/** Every notice and refusal of this room, as the decider gives it. */
const GIVEN: readonly Notice[] = [
  refusalOf([], changeDetails(on, { members: 3 })),
  refusalOf([home], register(on)),
  refusalOf([home, dissolved(on)], recordReview('poor', on)),
  refusalOf([home, dissolved(on)], dissolve('2022-12-11')),
  refusalOf([home], recordReview('poor', '2025-01-01')),
  refusalOf([home], recordReview('poor', '2014-01-01')),
  refusalOf([home], changeDetails(on, { village: '067123456789' })),
  refusalOf([home], recordReview('poor', '2021-08-31')),
  refusalOf([home], recordReview('poor', on, { decision: decisionOf('2025-01-01') })),
  refusalOf([home], recordReview('near-poor', on, contradicting)),
  refusalOf([home], recordReview('poor', on, { deprivations: [13] })),
  refusalOf([home, reviewedPoor(on)], recordReview('poor', on, { decision: other })),
  refusalOf([home], markEscaped('above', on)),
  refusalOf([home, escaped('above', on)], markEscaped('above', on, { decision: other })),
  refusalOf([home, reviewedPoor(on)], flagReimpoverished(on)),
  refusalOf([home], flagReimpoverished(on)),
  refusalOf([home, flagged(on)], flagReimpoverished(on, { decision: other })),
  refusalOf([home], moveTo(LONG_SON, on)),
  refusalOf([home], changeDetails(on, {})),
  ...noticesOf([home, reviewedAbove('2022-12-20')], dissolve(on)),
  ...noticesOf([home], recordReview('poor', '2022-01-10', { standard: 'VN-2016', decision: decisionOf(on) })),
  ...noticesOf(
    [home],
    recordReview('near-poor', on, { ...contradicting, override: { reason: 'complaint' } }),
  ),
  ...noticesOf([home], recordReview('poor', on, { ...contradicting, override: { reason: 'complaint' } })),
];

const codes = [...new Set(GIVEN.map(({ code }) => code))].filter((code) => code in householdTexts);

describe('The texts of the household', () => {
  it('are all given by some order', () => {
    expect(codes.sort()).toEqual(Object.keys(householdTexts).sort());
  });

  it.each(codes)('of %s have every word filled in, in both languages', (code) => {
    for (const notice of GIVEN.filter((each) => each.code === code)) {
      for (const language of ['en', 'vi'] as const) {
        expect(textOf({ ...householdTexts, ...standardsTexts }, notice, language)).not.toMatch(/[?{}]/);
      }
    }
  });

  it.each(['review.contradicts-scores', 'review.overridden'])('of %s tell the rule in English', (code) => {
    const notice = GIVEN.find((each) => each.code === code) as Notice;
    expect(textOf(householdTexts, notice, 'en')).toContain(
      'VN-2022 rural: poor when income score <= 140 and deprivations >= 3',
    );
  });

  it.each(['review.contradicts-scores', 'review.overridden'])(
    'of %s tell the rule in Vietnamese to who reads Vietnamese',
    (code) => {
      const notice = GIVEN.find((each) => each.code === code) as Notice;
      expect(textOf(householdTexts, notice, 'vi')).toContain('hộ nghèo khi điểm thu nhập <= 140');
    },
  );

  it('name a status in Vietnamese, and none where there is none', () => {
    const notice = GIVEN.find(({ code }) => code === 'escape.not-poor-on-that-day') as Notice;
    expect(textOf(householdTexts, notice, 'vi')).not.toContain('unclassified');
  });
});
