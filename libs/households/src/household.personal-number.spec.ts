import type { HouseholdOrder } from './household.orders';
import {
  LAT,
  changeDetails,
  decisionOf,
  flagReimpoverished,
  given,
  markEscaped,
  moveTo,
  recordReview,
  register,
  registered,
} from './testing';

describe('A number of 12 digits, like a personal identification number', () => {
  const NUMBER = '067123456789';
  const on = '2022-03-10';
  const places: readonly (readonly [field: string, order: HouseholdOrder])[] = [
    ['householdId', register(on, { householdId: NUMBER })],
    ['householdId', register(on, { householdId: `hh-${NUMBER}` })],
    ['village', register(on, { village: `Thôn 3, CCCD ${NUMBER}` })],
    ['listNumber', register(on, { listNumber: NUMBER })],
    ['groups.1', register(on, { groups: ['merit', NUMBER] })],
    ['decision.number', recordReview('poor', on, { decision: decisionOf(on, { number: `${NUMBER}/QĐ` }) })],
    ['decision.authority', markEscaped('above', on, { decision: decisionOf(on, { authority: NUMBER }) })],
    ['override.reason', recordReview('poor', on, { override: { reason: NUMBER } })],
    ['reason', flagReimpoverished(on, { reason: `cccd-${NUMBER}` })],
    ['decision.authority', moveTo(LAT, on, { decision: decisionOf(on, { authority: `(${NUMBER})` }) })],
    ['village', changeDetails(on, { village: NUMBER })],
  ];

  it.each(places)('is refused in %s, and not repeated in the refusal', (field, order) => {
    const facts = order.type === 'RegisterHousehold' ? [] : [registered('2022-03-01')];
    const refusal = given(...facts)
      .when(order)
      .thenRefused('text.personal-number', field);
    expect(JSON.stringify(refusal)).not.toContain(NUMBER);
  });

  it('is not every long number: 11 and 13 digits, and money, are accepted', () => {
    given()
      .when(register(on, { listNumber: '06712345678' }))
      .thenAccepted();
    given()
      .when(register(on, { listNumber: '0671234567890' }))
      .thenAccepted();
    given(registered('2022-03-01'))
      .when(recordReview('above', on, { incomePerCapita: 123_456_789_012 }))
      .thenAccepted();
  });
});
