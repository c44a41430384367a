import type { HouseholdFact } from './household.facts';
import {
  OLD_STANDARD,
  decisionOf,
  escaped,
  flagReimpoverished,
  flagged,
  given,
  registered,
  reviewedAbove,
  reviewedNearPoor,
  reviewedPoor,
} from './testing';
import { transitionsBrought } from './transitions';

const home = registered('2015-01-05');
const escapedIn2022 = [home, reviewedPoor('2022-03-10'), escaped('above', '2022-12-10')];

describe('Flagging a household as poor again', () => {
  it('asserts by itself that it is poor: no review is needed', () => {
    const fact = flagged('2023-06-10', { reason: 'flood' });
    given(...escapedIn2022)
      .when(flagReimpoverished('2023-06-10', { reason: 'flood' }))
      .then(fact)
      .withNotices();
    expect(transitionsBrought(escapedIn2022, [...escapedIn2022, fact])).toEqual([
      {
        standard: 'VN-2022',
        from: 'above',
        to: 'poor',
        kind: 'rePoor',
        effectiveOn: '2023-06-10',
        unit: home.place,
      },
    ]);
  });

  it('may be done again and again, after every escape', () => {
    given(
      ...escapedIn2022,
      flagged('2023-06-10'),
      escaped('near-poor', '2023-09-10'),
      reviewedAbove('2023-12-10'),
    )
      .when(flagReimpoverished('2024-03-10'))
      .then(flagged('2024-03-10'));
  });

  it('counts an escape by review as well as one by an order to escape', () => {
    given(home, reviewedPoor('2022-03-10'), reviewedAbove('2022-12-10'))
      .when(flagReimpoverished('2023-06-10'))
      .then(flagged('2023-06-10'));
  });

  it('counts an escape under another standard, however long ago, and needs no status under its own', () => {
    const long = { standard: 'VN-2011' };
    const history = [
      registered('2010-01-05'),
      reviewedPoor('2012-03-10', long),
      escaped('near-poor', '2013-03-10', long),
    ];
    const fact = flagged('2023-06-10');
    given(...history)
      .when(flagReimpoverished('2023-06-10'))
      .then(fact);
    expect(transitionsBrought(history, [...history, fact])).toMatchObject([
      { standard: 'VN-2022', from: null, to: 'poor', kind: 'rePoor' },
    ]);
  });

  it('is accepted from near-poor, where it is the passage from near-poor, after an escape', () => {
    const history = [home, reviewedPoor('2022-03-10'), escaped('near-poor', '2022-12-10')];
    const fact = flagged('2023-06-10');
    given(...history)
      .when(flagReimpoverished('2023-06-10'))
      .then(fact)
      .withNotices();
    expect(transitionsBrought(history, [...history, fact])).toEqual([
      {
        standard: 'VN-2022',
        from: 'near-poor',
        to: 'poor',
        kind: 'becamePoorFromNearPoor',
        effectiveOn: '2023-06-10',
        unit: home.place,
        afterEscape: true,
      },
    ]);
  });
});

describe('A household that is poor already', () => {
  it('is not flagged', () => {
    const refusal = given(...escapedIn2022, reviewedPoor('2023-03-10'))
      .when(flagReimpoverished('2023-06-10'))
      .thenRefused('re-poverty.already-poor', 'effectiveOn');
    expect(refusal).toMatchObject({ got: '2023-06-10', facts: { on: '2023-06-10', standard: 'VN-2022' } });
  });

  it('is not flagged though it never escaped: that it is poor comes first', () => {
    given(home, reviewedPoor('2022-03-10'))
      .when(flagReimpoverished('2023-06-10'))
      .thenRefused('re-poverty.already-poor');
  });

  it('is judged on the day of the flag: it was not poor yet', () => {
    given(...escapedIn2022, reviewedPoor('2023-09-10'))
      .when(flagReimpoverished('2023-06-10'))
      .then(flagged('2023-06-10'));
  });

  it('under another standard may be flagged', () => {
    given(...escapedIn2022, reviewedPoor('2023-03-10', { standard: OLD_STANDARD }))
      .when(flagReimpoverished('2023-06-10'))
      .then(flagged('2023-06-10'));
  });
});

describe('A household that never escaped', () => {
  const refused = (...facts: readonly HouseholdFact[]) =>
    given(...facts)
      .when(flagReimpoverished('2023-06-10'))
      .thenRefused('re-poverty.no-earlier-escape', 'effectiveOn');

  it('is newly poor: the flag is refused', () => {
    expect(refused(home, reviewedAbove('2022-03-10'))).toMatchObject({
      got: '2023-06-10',
      facts: { on: '2023-06-10' },
    });
    refused(home);
    refused(home, reviewedNearPoor('2022-03-10'));
  });

  it('has not escaped poverty by leaving near-poverty', () => {
    refused(home, reviewedNearPoor('2022-03-10'), escaped('above', '2022-12-10'));
  });

  it('has not escaped by an escape that comes later, or on the day of the flag', () => {
    refused(home, reviewedAbove('2022-03-10'), reviewedPoor('2023-09-10'), escaped('above', '2023-12-10'));
    refused(home, reviewedPoor('2022-03-10'), escaped('above', '2023-06-10'));
  });

  it('has not escaped where a status of the opening books was replaced', () => {
    refused(home, reviewedPoor('2021-11-10'), escaped('above', '2021-12-10'));
  });

  it('has not escaped by being found poor and above on one day', () => {
    refused(home, reviewedPoor('2022-03-10'), escaped('above', '2022-03-10'));
  });
});

describe('The paper and the standard of a flag', () => {
  it('are looked at like those of a review', () => {
    given(...escapedIn2022)
      .when(flagReimpoverished('2023-06-10', { standard: 'VN-2027' }))
      .thenRefused('standard.not-open-yet', 'effectiveOn');
    given(...escapedIn2022)
      .when(flagReimpoverished('2023-06-10', { standard: 'VN-2021' }))
      .thenRefused('standard.unknown', 'standard');
    given(...escapedIn2022)
      .when(flagReimpoverished('2023-06-10', { decision: decisionOf('2024-07-01') }))
      .thenRefused('decision.in-the-future', 'decision.date');
  });

  it('may be unusual: signed later, under a standard that has ended', () => {
    const late = { standard: OLD_STANDARD, decision: decisionOf('2023-06-20') };
    given(...escapedIn2022)
      .when(flagReimpoverished('2023-06-10', late))
      .then(flagged('2023-06-10', late))
      .withNotices('decision.later-than-effect', 'standard.ended');
  });
});

describe('A flag that was recorded before', () => {
  const history = [...escapedIn2022, flagged('2023-06-10', { reason: 'flood' })];
  const order = flagReimpoverished('2023-06-10', { reason: 'flood' });

  it('changes nothing, though the household is poor now', () => {
    given(...history)
      .when(order)
      .thenUnchanged(3);
  });

  it('is refused where the same paper gives another reason', () => {
    const refusal = given(...history)
      .when({ ...order, reason: 'illness' })
      .thenRefused('re-poverty.already-recorded', 'decision.number');
    expect(refusal.facts).toEqual({ number: 'QĐ 2023-06-10', on: '2023-06-10', standard: 'VN-2022' });
  });

  it('by another paper is refused, because the household is poor', () => {
    given(...history)
      .when({ ...order, decision: decisionOf('2023-06-10', { number: '99/QĐ' }) })
      .thenRefused('re-poverty.already-poor', 'effectiveOn');
  });
});
