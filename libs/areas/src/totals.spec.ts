import type { RecordedFact } from '@ledger/event-sourcing';
import { given } from './testing/given';
import { day } from './testing/units';
import type { DeclareHouseholdTotal } from './totals';
import { totals } from './totals';
import { totalsCodec } from './totals-codec';
import type { TotalsFact } from './totals.facts';
import { totalsStream } from './totals.facts';

const givenTotals = given(totals);

const order: DeclareHouseholdTotal = {
  type: 'DeclareHouseholdTotal',
  unit: '24611@2005-06-27',
  life: { validFrom: day('2005-06-27'), validTo: day('2025-06-30') },
  on: day('2022-12-31'),
  group: 'all',
  households: 1930,
  persons: 8105,
  source: 'census',
  today: day('2023-01-15'),
};
const fact: TotalsFact = {
  type: 'HouseholdTotalDeclared',
  effectiveOn: day('2022-12-31'),
  unit: '24611@2005-06-27',
  group: 'all',
  households: 1930,
  persons: 8105,
  source: 'census',
};

describe('Declaring a total of households', () => {
  it('records it, in a stream of the unit', () => {
    givenTotals().when(order).thenFacts(fact);
    givenTotals().when(order).thenNotices();
    expect(totalsStream(order.unit)).toBe('totals-24611@2005-06-27');
  });

  it('may leave the persons open', () => {
    const { persons: _open, ...without } = fact;
    givenTotals()
      .when({ ...order, persons: undefined })
      .thenFacts(without);
  });

  it('is unchanged when the last declaration of the day and group says the same', () => {
    givenTotals({ ...fact, group: 'ethnic-minority' }, fact)
      .when(order)
      .thenUnchangedAt(1);
    givenTotals(fact, { ...fact, effectiveOn: day('2021-12-31'), households: 1 })
      .when(order)
      .thenUnchangedAt(0);
    givenTotals(fact)
      .when({ ...order, life: { validFrom: order.life.validFrom, validTo: day('2010-12-31') } })
      .thenUnchangedAt(0);
  });

  it('supersedes another content, also when an older declaration said it', () => {
    givenTotals({ ...fact, households: 1900 })
      .when(order)
      .thenFacts(fact);
    givenTotals({ ...fact, source: 'estimate' })
      .when(order)
      .thenFacts(fact);
    givenTotals(fact, { ...fact, households: 1900 })
      .when(order)
      .thenFacts(fact);
  });

  it('belongs to one group on one day', () => {
    givenTotals(fact)
      .when({ ...order, group: 'merit' })
      .thenFacts({ ...fact, group: 'merit' });
    givenTotals(fact)
      .when({ ...order, on: day('2022-12-30') })
      .thenFacts({ ...fact, effectiveOn: day('2022-12-30') });
  });

  it.each([
    ['households', -1],
    ['households', 1.5],
    ['households', NaN],
    ['persons', -1],
    ['persons', 2 ** 53],
  ] as const)('refuses %s of %d', (field, got) => {
    givenTotals()
      .when({ ...order, [field]: got })
      .thenRefused({ code: 'total.not-a-count', field, got });
  });

  it('accepts 0 households', () => {
    givenTotals()
      .when({ ...order, households: 0, persons: 0 })
      .thenFacts({ ...fact, households: 0, persons: 0 });
  });

  it('refuses tomorrow and accepts today', () => {
    givenTotals()
      .when({ ...order, today: day('2022-12-30') })
      .thenRefused({ code: 'total.in-the-future', field: 'on', facts: { today: '2022-12-30' } });
    givenTotals()
      .when({ ...order, today: day('2022-12-31') })
      .thenFacts(fact);
  });

  it.each(['2005-06-26', '2025-07-01'])('refuses %s, a day outside the life of the unit', (outside) => {
    givenTotals()
      .when({ ...order, on: day(outside), today: day('2026-01-01') })
      .thenRefused({
        code: 'unit.outside-its-life',
        field: 'on',
        facts: { unit: order.unit, day: outside, days: '2005-06-27..2025-06-30' },
      });
  });

  it('accepts fewer persons than households, and says so', () => {
    givenTotals()
      .when({ ...order, persons: 1929 })
      .thenNotices({
        code: 'total.fewer-persons-than-households',
        facts: { households: 1930, persons: 1929 },
      });
    givenTotals()
      .when({ ...order, persons: 1930 })
      .thenNotices();
  });

  it('refuses a personal number in the source without repeating it', () => {
    givenTotals()
      .when({ ...order, source: '067085001234' })
      .thenRefused({ code: 'text.personal-number', field: 'source', got: undefined });
  });
});

describe('Declared totals in the log', () => {
  const stored = (more: object = {}): RecordedFact =>
    ({ ...totalsCodec.encode(fact), ...more }) as RecordedFact;
  const withData = (data: object): RecordedFact =>
    stored({ data: { ...totalsCodec.encode(fact).data, ...data } });

  it('come back as they were', () => {
    const { persons: _open, ...without } = fact;
    expect(totalsCodec.decode(stored())).toEqual(fact);
    expect(totalsCodec.decode(withData({ persons: undefined }))).toEqual(without);
  });

  it.each([
    ['an unknown type', stored({ type: 'UnitCreated' }), 'UnitCreated: no fact'],
    ['an unknown version', stored({ version: 0 }), 'version 0'],
    ['bytes that make no fact', stored({ undecodable: 'not JSON' }), 'not JSON'],
    ['a fraction', withData({ households: 0.5 }), '.households'],
    ['a negative count', withData({ persons: -1 }), '.persons'],
    ['a missing source', withData({ source: undefined }), '.source'],
    ['a unit without its day', withData({ unit: '24611' }), '.unit'],
  ])('are refused with %s', (_what, recorded, message) => {
    expect(() => totalsCodec.decode(recorded)).toThrow(message);
  });
});
