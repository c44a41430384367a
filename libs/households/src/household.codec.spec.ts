import type { RecordedFact } from '@ledger/event-sourcing';
import type { JsonObject } from '@ledger/kernel';
import fc from 'fast-check';
import { householdCodec } from './household.codec';
import type { HouseholdFact } from './household.facts';
import {
  LAT,
  LONG_SON,
  changed,
  decisionOf,
  dissolved,
  escaped,
  flagged,
  moved,
  randomFacts,
  registered,
  reviewedPoor,
} from './testing';

const recorded = (type: string, data: JsonObject, more: Partial<RecordedFact> = {}): RecordedFact =>
  ({ type, version: 1, data, ...more }) as RecordedFact;

function kept(fact: HouseholdFact): HouseholdFact {
  const { type, version, data } = householdCodec.encode(fact);
  const fromLog = JSON.parse(JSON.stringify(data)) as JsonObject;
  return householdCodec.decode(recorded(type, fromLog, { version }));
}

const full: readonly HouseholdFact[] = [
  registered('2022-01-05', { village: 'Thôn 1', groups: ['merit'], listNumber: '17' }),
  reviewedPoor('2022-03-10', {
    ...{ incomeScore: 120, incomePerCapita: 1_200_000, deprivations: [1, 2, 3], causes: [7], members: 5 },
    ...{ groups: [], check: 'overridden', override: { reason: 'severe-illness' } },
  }),
  escaped('near-poor', '2022-06-10', { channel: 'periodic' }),
  flagged('2022-09-10', { reason: 'flood' }),
  moved(LAT, '2022-10-10', { village: 'Bon 2', members: 4, decision: decisionOf('2022-10-01') }),
  changed('2022-11-10', { members: 3, groups: ['merit'], village: 'Bon 3' }),
  dissolved('2022-12-10', 'died'),
];

describe('A fact in the log', () => {
  it.each(full.map((fact) => [fact.type, fact] as const))('comes back as it was: %s', (_type, fact) => {
    expect(kept(fact)).toStrictEqual(fact);
  });

  it('comes back as it was, whatever it leaves out', () => {
    fc.assert(
      fc.property(randomFacts([LONG_SON, LAT]), (facts) => {
        for (const fact of facts) expect(kept(fact)).toStrictEqual(JSON.parse(JSON.stringify(fact)));
      }),
    );
  });

  it('leaves out what is undefined', () => {
    const { data } = householdCodec.encode({
      ...changed('2022-11-10', { members: 3 }),
      village: undefined,
    });
    expect(data).toStrictEqual({ effectiveOn: '2022-11-10', members: 3 });
  });
});

describe('What does not decode', () => {
  const { type, data } = householdCodec.encode(reviewedPoor('2022-03-10'));

  it('is an unknown type, an unknown version, and what the store could not read', () => {
    expect(() => householdCodec.decode(recorded('HouseholdPainted', {}))).toThrow(
      'unknown type HouseholdPainted',
    );
    expect(() => householdCodec.decode(recorded(type, data, { version: 2 }))).toThrow('unknown version 2');
    expect(() => householdCodec.decode(recorded(type, data, { undecodable: 'not JSON' }))).toThrow(
      'not JSON',
    );
  });

  it.each(['constructor', 'toString', 'valueOf'])('is an unknown type even where it is named %s', (name) => {
    expect(() => householdCodec.decode(recorded(name, data))).toThrow(`unknown type ${name}`);
  });

  it.each<[string, JsonObject]>([
    ['effectiveOn', { effectiveOn: '10/03/2022' }],
    ['outcome', { outcome: 'rich' }],
    ['channel', { channel: 'monthly' }],
    ['areaType', { areaType: 'coastal' }],
    ['members', { members: 2.5 }],
    ['deprivations', { deprivations: ['1'] }],
    ['groups', { groups: 'merit' }],
    ['decision', { decision: null }],
    ['decision.date', { decision: { number: '1', date: '2022-02-30', authority: 'UBND' } }],
    ['check', { check: 'guessed' }],
    ['override.reason', { override: {} }],
  ])('names the field that is wrong: %s', (field, wrong) => {
    expect(() => householdCodec.decode(recorded(type, { ...data, ...wrong }))).toThrow(
      `ReviewRecorded.${field}:`,
    );
  });

  it('is a place that is no unit id', () => {
    const { data: registration } = householdCodec.encode(registered('2022-01-05'));
    const wrong = recorded('HouseholdRegistered', { ...registration, place: '24673' });
    expect(() => householdCodec.decode(wrong)).toThrow(
      'HouseholdRegistered.place: expected a unit id, got "24673"',
    );
  });
});
