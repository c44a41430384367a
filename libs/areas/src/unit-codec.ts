import type { FactCodec, RecordedFact } from '@ledger/event-sourcing';
import type { JsonObject } from '@ledger/kernel';
import { AREA_TYPES, Fields, unitId } from '@ledger/kernel';
import type { UnitFact } from './unit.facts';
import { LEVELS_BELOW_COUNTRY } from './unit.facts';

/** The version of every fact about units that this code writes. */
const VERSION = 1;

export const unitCodec: FactCodec<UnitFact> = {
  encode({ type, ...data }) {
    return { type, version: VERSION, data: data satisfies JsonObject };
  },

  /** Throws an `Error` on an unknown type or version, or on data without the shape of its type. */
  decode(recorded: RecordedFact): UnitFact {
    const { type, version, data, undecodable } = recorded;
    if (undecodable !== undefined) throw new Error(undecodable);
    const read = READERS.get(type);
    if (!read) throw new Error(`${type}: no fact about units has this type`);
    if (version !== VERSION) throw new Error(`${type}: version ${version} is not known, only ${VERSION}`);
    return read(new Fields(data, type));
  },
};

const READERS: ReadonlyMap<string, (fields: Fields) => UnitFact> = new Map<
  string,
  (fields: Fields) => UnitFact
>([
  ['UnitCreated', created],
  ['UnitRenamed', (f) => ({ type: 'UnitRenamed', ...commonOf(f), name: f.text('name') })],
  [
    'UnitRetyped',
    (f) => ({ type: 'UnitRetyped', ...commonOf(f), areaType: f.oneOf('areaType', AREA_TYPES) }),
  ],
  ['UnitAbolished', (f) => ({ type: 'UnitAbolished', ...commonOf(f) })],
]);

function created(f: Fields): UnitFact {
  const { unit, effectiveOn } = commonOf(f);
  const code = f.text('code');
  if (unit !== unitId(code, effectiveOn)) {
    throw new Error(`UnitCreated: the id ${unit} is not made of the code ${code} and the day ${effectiveOn}`);
  }
  return {
    type: 'UnitCreated',
    ...commonOf(f),
    code,
    name: f.text('name'),
    level: f.oneOf('level', LEVELS_BELOW_COUNTRY),
    parent: f.unit('parent'),
    ...f.optional('areaType', (name) => f.oneOf(name, AREA_TYPES)),
    ...f.optional('validTo', (name) => f.day(name)),
  };
}

function commonOf(f: Fields) {
  return {
    effectiveOn: f.day('effectiveOn'),
    unit: f.unit('unit'),
    ...f.optional('legalBasis', (name) => f.text(name)),
  };
}
