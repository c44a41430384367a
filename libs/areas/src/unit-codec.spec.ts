import type { RecordedFact } from '@ledger/event-sourcing';
import { created, day } from './testing/units';
import { unitCodec } from './unit-codec';
import type { UnitFact } from './unit.facts';

const FACTS: readonly UnitFact[] = [
  created('67@2004-01-01'),
  created('24611@2005-06-27', '660@2005-06-27', {
    areaType: 'urban',
    validTo: day('2025-06-30'),
    legalBasis: '82/2005/NĐ-CP',
  }),
  { type: 'UnitRenamed', effectiveOn: day('2019-01-01'), unit: '67@2004-01-01', name: 'Tỉnh Đắk Nông' },
  {
    type: 'UnitRetyped',
    effectiveOn: day('2019-01-01'),
    unit: '24611@2005-06-27',
    areaType: 'rural',
    legalBasis: '12/NQ',
  },
  { type: 'UnitAbolished', effectiveOn: day('2025-07-01'), unit: '67@2004-01-01' },
];

/** As a log hands it back: through JSON, with things that a codec does not look at. */
const stored = (fact: UnitFact, more: object = {}): RecordedFact =>
  ({
    ...(JSON.parse(JSON.stringify(unitCodec.encode(fact))) as object),
    revision: 0,
    ...more,
  }) as RecordedFact;
const withData = (fact: UnitFact, data: object): RecordedFact =>
  stored(fact, { data: { ...unitCodec.encode(fact).data, ...data } });

const [province, commune, rename, retype] = FACTS as [UnitFact, UnitFact, UnitFact, UnitFact];

describe('Facts about units in the log', () => {
  it.each(FACTS)('come back as they were: %j', (fact) => {
    expect(unitCodec.decode(stored(fact))).toEqual(fact);
    expect(unitCodec.encode(fact)).toMatchObject({ type: fact.type, version: 1 });
    expect(unitCodec.encode(fact).data).not.toHaveProperty('type');
  });

  it.each([
    ['an unknown type', stored(province, { type: 'UnitMerged' }), 'UnitMerged: no fact'],
    ['a name of every object', stored(province, { type: 'constructor' }), 'constructor: no fact'],
    ['an unknown version', stored(province, { version: 2 }), 'UnitCreated: version 2'],
    ['bytes that make no fact', stored(province, { undecodable: 'not JSON' }), 'not JSON'],
    ['a missing field', withData(province, { name: undefined }), 'UnitCreated.name'],
    ['a number for a text', withData(rename, { name: 5 }), 'UnitRenamed.name'],
    ['a day that does not exist', withData(rename, { effectiveOn: '2023-02-29' }), 'UnitRenamed.effectiveOn'],
    ['a unit without its day', withData(rename, { unit: '67' }), 'UnitRenamed.unit'],
    ['an unknown level', withData(province, { level: 'country' }), 'UnitCreated.level'],
    ['an unknown area type', withData(retype, { areaType: 'town' }), 'UnitRetyped.areaType'],
    ['a null where a day may be absent', withData(commune, { validTo: null }), 'UnitCreated.validTo'],
    ['an id of another code', withData(province, { code: '68' }), 'not made of the code 68'],
  ])('are refused with %s', (_what, recorded, message) => {
    expect(() => unitCodec.decode(recorded)).toThrow(message);
  });
});
