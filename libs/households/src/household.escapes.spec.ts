import {
  LAT,
  OLD_STANDARD,
  decisionOf,
  day,
  escaped,
  flagged,
  given,
  markEscaped,
  moved,
  recordReview,
  registered,
  reviewed,
  reviewedAbove,
  reviewedNearPoor,
  reviewedPoor,
} from './testing';

const home = registered('2015-01-05');

describe('Marking an escape', () => {
  it.each(['near-poor', 'above'] as const)('leads a poor household to %s', (to) => {
    given(home, reviewedPoor('2022-03-10'))
      .when(markEscaped(to, '2022-12-10'))
      .then(escaped(to, '2022-12-10'))
      .withNotices();
  });

  it('leads a near-poor household above', () => {
    given(home, reviewedNearPoor('2022-03-10'))
      .when(markEscaped('above', '2022-12-10', { channel: 'periodic' }))
      .then(escaped('above', '2022-12-10', { channel: 'periodic' }));
  });

  it('leads a household that was flagged as poor again', () => {
    given(home, reviewedPoor('2022-03-10'), escaped('above', '2022-06-10'), flagged('2022-09-10'))
      .when(markEscaped('near-poor', '2022-12-10'))
      .then(escaped('near-poor', '2022-12-10'));
  });

  it('is possible wherever the household has moved', () => {
    given(home, reviewedPoor('2022-03-10'), moved(LAT, '2022-06-10'))
      .when(markEscaped('above', '2022-12-10'))
      .then(escaped('above', '2022-12-10'));
  });
});

describe('An escape without poverty', () => {
  it('is refused from near-poor to near-poor', () => {
    const refusal = given(home, reviewedNearPoor('2022-03-10'))
      .when(markEscaped('near-poor', '2022-12-10'))
      .thenRefused('escape.not-poor-on-that-day', 'effectiveOn');
    expect(refusal).toMatchObject({
      got: '2022-12-10',
      facts: { on: '2022-12-10', standard: 'VN-2022', status: 'near-poor', to: 'near-poor' },
    });
  });

  it.each(['near-poor', 'above'] as const)('is refused from above to %s', (to) => {
    const { facts } = given(home, reviewedAbove('2022-03-10'))
      .when(markEscaped(to, '2022-12-10'))
      .thenRefused('escape.not-poor-on-that-day', 'effectiveOn');
    expect(facts).toMatchObject({ status: 'above' });
  });

  it.each(['near-poor', 'above'] as const)('is refused from no classification to %s', (to) => {
    const { facts } = given(home)
      .when(markEscaped(to, '2022-12-10'))
      .thenRefused('escape.not-poor-on-that-day', 'effectiveOn');
    expect(facts).toMatchObject({ status: 'not classified' });
  });

  it('is refused where it was poor under another standard only', () => {
    given(home, reviewedPoor('2021-12-10', { standard: OLD_STANDARD }))
      .when(markEscaped('above', '2022-12-10'))
      .thenRefused('escape.not-poor-on-that-day', 'effectiveOn');
  });

  it('is refused a second time by another paper', () => {
    given(home, reviewedPoor('2022-03-10'), escaped('above', '2022-06-10'))
      .when(markEscaped('above', '2022-06-10', { decision: decisionOf('2022-06-10', { number: '99/QĐ' }) }))
      .thenRefused('escape.not-poor-on-that-day', 'effectiveOn');
  });
});

describe('A backdated escape', () => {
  const history = [home, reviewedPoor('2022-03-10'), reviewedAbove('2022-09-10')];

  it('is judged by the status of its own day, whatever the household is now', () => {
    given(...history)
      .when(markEscaped('above', '2022-06-10'))
      .then(escaped('above', '2022-06-10'));
    given(...history)
      .when(markEscaped('above', '2022-09-09'))
      .then(escaped('above', '2022-09-09'));
  });

  it('is refused on the day on which it was not poor yet, and from the day on which it was no more', () => {
    given(...history)
      .when(markEscaped('above', '2022-03-09'))
      .thenRefused('escape.not-poor-on-that-day');
    given(...history)
      .when(markEscaped('above', '2022-09-10'))
      .thenRefused('escape.not-poor-on-that-day');
  });

  it('is possible on the very day of the decision that found the household poor', () => {
    given(...history)
      .when(markEscaped('near-poor', '2022-03-10'))
      .then(escaped('near-poor', '2022-03-10'));
  });

  it('does not see what became known of a later day only', () => {
    given(home, reviewedPoor('2022-09-10'))
      .when(markEscaped('above', '2022-06-10'))
      .thenRefused('escape.not-poor-on-that-day');
  });
});

describe('The paper and the standard of an escape', () => {
  const poorUnderBoth = [
    home,
    reviewedPoor('2021-11-10', { standard: OLD_STANDARD }),
    reviewedPoor('2021-11-10', { decision: decisionOf('2021-11-10', { number: '2/QĐ' }) }),
  ];

  it('are looked at like those of a review', () => {
    given(...poorUnderBoth)
      .when(markEscaped('above', '2021-08-31'))
      .thenRefused('standard.not-open-yet', 'effectiveOn');
    given(...poorUnderBoth)
      .when(markEscaped('above', '2022-12-10', { standard: 'VN-2021' }))
      .thenRefused('standard.unknown', 'standard');
    given(...poorUnderBoth)
      .when(markEscaped('above', '2022-12-10', { decision: decisionOf('2024-07-01') }))
      .thenRefused('decision.in-the-future', 'decision.date');
  });

  it('may be unusual: signed later, under a standard that has ended', () => {
    const late = { standard: OLD_STANDARD, decision: decisionOf('2022-12-20') };
    given(...poorUnderBoth)
      .when(markEscaped('above', '2022-12-10', late))
      .then(escaped('above', '2022-12-10', late))
      .withNotices('decision.later-than-effect', 'standard.ended');
  });

  it('may be of the days before the standard applies: a status that opens the books is replaced', () => {
    given(...poorUnderBoth)
      .when(markEscaped('above', '2021-12-10'))
      .then(escaped('above', '2021-12-10'));
  });
});

describe('An escape that was recorded before', () => {
  const decision = decisionOf('2022-12-10', { number: '15/QĐ-UBND' });
  const history = [home, reviewedPoor('2022-03-10'), escaped('near-poor', '2022-12-10', { decision })];
  const order = markEscaped('near-poor', '2022-12-10', { decision });

  it('changes nothing, though the household is poor no more', () => {
    given(...history)
      .when(order)
      .thenUnchanged(2);
    given(...history, reviewed('above', '2022-12-10'))
      .when(order)
      .thenUnchanged(2);
  });

  it('is refused where the same paper says something else', () => {
    const refusal = given(...history)
      .when({ ...order, to: 'above' })
      .thenRefused('escape.already-recorded', 'decision.number');
    expect(refusal).toMatchObject({
      got: '15/QĐ-UBND',
      facts: { number: '15/QĐ-UBND', on: '2022-12-10', standard: 'VN-2022' },
    });
    given(...history)
      .when({ ...order, channel: 'periodic' })
      .thenRefused('escape.already-recorded');
  });

  it('is another escape on another day', () => {
    given(...history, reviewedPoor('2023-03-10'))
      .when({ ...order, effectiveOn: day('2023-06-10') })
      .then(escaped('near-poor', '2023-06-10', { decision }));
  });

  it('may be followed by a review of the same paper', () => {
    given(...history)
      .when(recordReview('near-poor', '2022-12-10', { decision }))
      .then(reviewedNearPoor('2022-12-10', { decision }));
  });
});
