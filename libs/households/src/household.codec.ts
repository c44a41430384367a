import type { FactCodec, RecordedFact } from '@ledger/event-sourcing';
import type { JsonObject } from '@ledger/kernel';
import { AREA_TYPES, CHANNELS, Fields, STATUSES } from '@ledger/kernel';
import type { Decision, HouseholdFact } from './household.facts';

/** The version of every household fact that this code writes; older ones would be lifted in `decode`. */
const VERSION = 1;

export const householdCodec: FactCodec<HouseholdFact> = {
  encode({ type, ...data }) {
    return { type, version: VERSION, data: JSON.parse(JSON.stringify(data)) as JsonObject };
  },

  /** @throws Error on an unknown type or version, or on data without the shape of its type */
  decode(recorded: RecordedFact): HouseholdFact {
    if (recorded.undecodable !== undefined) throw new Error(recorded.undecodable);
    if (recorded.version !== VERSION)
      throw new Error(`${recorded.type}: unknown version ${recorded.version}`);
    if (!Object.hasOwn(READERS, recorded.type)) throw new Error(`unknown type ${recorded.type}`);
    const read: (fields: Fields) => HouseholdFact = READERS[recorded.type as HouseholdFact['type']];
    return read(new Fields(recorded.data, recorded.type));
  },
};

type Readers = {
  [Type in HouseholdFact['type']]: (fields: Fields) => Extract<HouseholdFact, { type: Type }>;
};

const READERS: Readers = {
  HouseholdRegistered: (f) => ({
    type: 'HouseholdRegistered',
    effectiveOn: f.day('effectiveOn'),
    householdId: f.text('householdId'),
    place: f.unit('place'),
    ...f.optional('village', (name) => f.text(name)),
    members: f.integer('members'),
    groups: f.texts('groups'),
    ...f.optional('listNumber', (name) => f.text(name)),
  }),
  ReviewRecorded: (f) => ({
    type: 'ReviewRecorded',
    effectiveOn: f.day('effectiveOn'),
    standard: f.text('standard'),
    channel: f.oneOf('channel', CHANNELS),
    areaType: f.oneOf('areaType', AREA_TYPES),
    ...f.optional('incomeScore', (name) => f.integer(name)),
    ...f.optional('incomePerCapita', (name) => f.integer(name)),
    ...f.optional('deprivations', (name) => f.integers(name)),
    outcome: f.oneOf('outcome', STATUSES),
    ...f.optional('causes', (name) => f.integers(name)),
    ...f.optional('groups', (name) => f.texts(name)),
    ...f.optional('members', (name) => f.integer(name)),
    decision: decisionOf(f.fields('decision')),
    check: f.oneOf('check', ['consistent', 'unchecked', 'overridden']),
    ...f.optional('override', (name) => ({ reason: f.fields(name).text('reason') })),
  }),
  EscapeRecognised: (f) => ({
    type: 'EscapeRecognised',
    effectiveOn: f.day('effectiveOn'),
    standard: f.text('standard'),
    to: f.oneOf('to', ['near-poor', 'above']),
    channel: f.oneOf('channel', CHANNELS),
    decision: decisionOf(f.fields('decision')),
  }),
  ReimpoverishmentFlagged: (f) => ({
    type: 'ReimpoverishmentFlagged',
    effectiveOn: f.day('effectiveOn'),
    standard: f.text('standard'),
    ...f.optional('reason', (name) => f.text(name)),
    decision: decisionOf(f.fields('decision')),
  }),
  HouseholdMoved: (f) => ({
    type: 'HouseholdMoved',
    effectiveOn: f.day('effectiveOn'),
    to: f.unit('to'),
    ...f.optional('village', (name) => f.text(name)),
    ...f.optional('members', (name) => f.integer(name)),
    ...f.optional('decision', (name) => decisionOf(f.fields(name))),
  }),
  HouseholdDetailsChanged: (f) => ({
    type: 'HouseholdDetailsChanged',
    effectiveOn: f.day('effectiveOn'),
    ...f.optional('members', (name) => f.integer(name)),
    ...f.optional('groups', (name) => f.texts(name)),
    ...f.optional('village', (name) => f.text(name)),
  }),
  HouseholdDissolved: (f) => ({
    type: 'HouseholdDissolved',
    effectiveOn: f.day('effectiveOn'),
    reason: f.oneOf('reason', ['died', 'left', 'other']),
  }),
};

function decisionOf(fields: Fields): Decision {
  return { number: fields.text('number'), date: fields.day('date'), authority: fields.text('authority') };
}
