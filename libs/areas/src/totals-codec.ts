import type { FactCodec, RecordedFact } from '@ledger/event-sourcing';
import type { JsonObject } from '@ledger/kernel';
import { Fields } from '@ledger/kernel';
import type { TotalsFact } from './totals.facts';

/** The version of every declaration that this code writes. */
const VERSION = 1;

export const totalsCodec: FactCodec<TotalsFact> = {
  encode({ type, ...data }) {
    return { type, version: VERSION, data: data satisfies JsonObject };
  },

  /** Throws an `Error` on an unknown type or version, or on data without the shape of its type. */
  decode({ type, version, data, undecodable }: RecordedFact): TotalsFact {
    if (undecodable !== undefined) throw new Error(undecodable);
    if (type !== 'HouseholdTotalDeclared') throw new Error(`${type}: no fact about totals has this type`);
    if (version !== VERSION) throw new Error(`${type}: version ${version} is not known, only ${VERSION}`);
    const f = new Fields(data, type);
    return {
      type,
      effectiveOn: f.day('effectiveOn'),
      unit: f.unit('unit'),
      group: f.text('group'),
      households: countOf(f, 'households'),
      ...f.optional('persons', (name) => countOf(f, name)),
      source: f.text('source'),
    };
  },
};

function countOf(f: Fields, name: string): number {
  const count = f.integer(name);
  if (count < 0) throw new Error(`HouseholdTotalDeclared.${name}: expected 0 or more, got ${count}`);
  return count;
}
