import type { PlainDate } from '@ledger/kernel';
import type { HouseholdFact } from './household.facts';
import type { HouseholdOrder } from './household.orders';
import {
  LAT,
  TODAY,
  changeDetails,
  changed,
  day,
  decisionOf,
  dissolve,
  dissolved,
  flagReimpoverished,
  given,
  markEscaped,
  moveTo,
  moved,
  recordReview,
  register,
  registered,
  reviewedAbove,
  reviewedPoor,
} from './testing';

/** One order of every kind that needs a registered household. */
const ordersOn = (on: string): readonly HouseholdOrder[] => [
  recordReview('poor', on),
  markEscaped('above', on),
  flagReimpoverished(on),
  moveTo(LAT, on),
  changeDetails(on, { members: 5 }),
  dissolve(on),
];

const each = (orders: readonly HouseholdOrder[]) => orders.map((order) => [order.type, order] as const);

describe('Registering a household', () => {
  it('records where it lives and what it is', () => {
    given()
      .when(register('2022-03-01', { village: 'Thôn 3', members: 6, groups: ['merit'], listNumber: '17' }))
      .then(registered('2022-03-01', { village: 'Thôn 3', members: 6, groups: ['merit'], listNumber: '17' }))
      .withNotices();
  });

  it('needs neither a village, nor groups, nor a list number', () => {
    given()
      .when(register('2022-03-01'))
      .then(registered('2022-03-01', { groups: [] }));
  });

  it('puts a household of a local ethnic minority into the ethnic minorities as well', () => {
    given()
      .when(register('2022-03-01', { groups: ['merit', 'local-ethnic-minority', 'merit'] }))
      .then(registered('2022-03-01', { groups: ['ethnic-minority', 'local-ethnic-minority', 'merit'] }));
  });

  it('may be backdated, and may be of today, but not of tomorrow', () => {
    given().when(register('1999-12-31')).then(registered('1999-12-31'));
    given().when(register(TODAY)).then(registered(TODAY));
    const { got, facts } = given()
      .when(register('2024-07-01'))
      .thenRefused('fact.in-the-future', 'registeredOn');
    expect({ got, facts }).toEqual({ got: '2024-07-01', facts: { today: '2024-06-30' } });
  });

  it('with the same data again changes nothing, whatever came after it', () => {
    given(registered('2022-03-01')).when(register('2022-03-01')).thenUnchanged(0);
    given(registered('2022-03-01'), changed('2022-04-01', { members: 7 }), dissolved('2022-05-01'))
      .when(register('2022-03-01'))
      .thenUnchanged(0);
  });

  it('again with the implied groups left out or written out changes nothing', () => {
    const groups = ['ethnic-minority', 'local-ethnic-minority'];
    given(registered('2022-03-01', { groups }))
      .when(register('2022-03-01', { groups: ['local-ethnic-minority'] }))
      .thenUnchanged(0);
  });

  it.each([
    ['another day', register('2022-03-02')],
    ['another place', register('2022-03-01', { place: LAT })],
    ['other members', register('2022-03-01', { members: 5 })],
    ['a village', register('2022-03-01', { village: 'Thôn 3' })],
    ['a list number', register('2022-03-01', { listNumber: '17' })],
  ])('of an id that is registered is refused with %s', (_what, order) => {
    given(registered('2022-03-01')).when(order).thenRefused('household.already-registered', 'householdId');
  });

  it('does not bring a dissolved household back', () => {
    given(registered('2022-03-01'), dissolved('2022-05-01'))
      .when(register('2022-06-01'))
      .thenRefused('household.already-registered', 'householdId');
  });
});

describe('A household that nobody registered', () => {
  it.each(each(ordersOn('2022-03-01')))('is unknown to %s', (_type, order) => {
    expect(given().when(order).problem()).toMatchObject({ kind: 'unknown', code: 'household.unknown' });
  });
});

describe('The life of a household', () => {
  const life = [registered('2022-03-01'), reviewedPoor('2022-03-10'), dissolved('2022-06-01')] as const;

  it.each(each(ordersOn('2022-02-28')))(
    'begins with its registration: %s before it is refused',
    (_type, order) => {
      const refusal = given(registered('2022-03-01'))
        .when(order)
        .thenRefused('fact.before-registration', 'effectiveOn');
      expect(refusal).toMatchObject({ got: '2022-02-28', facts: { registeredOn: '2022-03-01' } });
    },
  );

  it('takes facts on the day of the registration', () => {
    given(registered('2022-03-01')).when(recordReview('poor', '2022-03-01')).then(reviewedPoor('2022-03-01'));
    given(registered('2022-03-01')).when(dissolve('2022-03-01')).then(dissolved('2022-03-01'));
  });

  const stillPossible = ordersOn('2022-06-01').slice(0, -1);
  it.each(each(stillPossible))(
    'ends with its dissolution: %s from that day on is refused',
    (_type, order) => {
      const refusal = given(...life)
        .when(order)
        .thenRefused('household.dissolved', 'effectiveOn');
      expect(refusal).toMatchObject({ got: '2022-06-01', facts: { dissolvedOn: '2022-06-01' } });
    },
  );

  it('can still be completed for the days before its end', () => {
    given(...life)
      .when(recordReview('above', '2022-05-31'))
      .then(reviewedAbove('2022-05-31'))
      .withNotices('classification.unchecked');
    given(...life)
      .when(moveTo(LAT, '2022-05-31'))
      .then(moved(LAT, '2022-05-31'));
  });
});

describe('The future', () => {
  const today = day('2022-06-30');
  const dated = (on: string): readonly HouseholdOrder[] =>
    ordersOn(on).map((order) => ({
      ...order,
      today,
      ...('decision' in order && { decision: decisionOf(today) }),
    }));
  const household: readonly HouseholdFact[] = [
    registered('2022-01-05'),
    reviewedPoor('2022-01-10'),
    reviewedAbove('2022-02-10'),
    reviewedPoor('2022-03-10'),
  ];

  it.each(each(dated('2022-07-01')))('is refused to %s', (_type, order) => {
    const refusal = given(...household)
      .when(order)
      .thenRefused('fact.in-the-future', 'effectiveOn');
    expect(refusal).toMatchObject({ got: '2022-07-01', facts: { today: '2022-06-30' } });
  });

  it.each(each(dated('2022-06-30').filter(({ type }) => type !== 'FlagReimpoverished')))(
    'does not begin today: %s is accepted',
    (_type, order) => {
      given(...household)
        .when(order)
        .thenAccepted();
    },
  );
});

describe('What came late', () => {
  it('is welcome: a review of March after one of June', () => {
    const june: PlainDate = day('2022-06-10');
    given(registered('2022-01-05'), reviewedAbove(june))
      .when(recordReview('poor', '2022-03-10'))
      .then(reviewedPoor('2022-03-10'));
  });
});
