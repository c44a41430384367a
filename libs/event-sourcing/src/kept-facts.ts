import type { JsonObject } from '@ledger/kernel';
import { validate as isUuid } from 'uuid';
import type { Appended, FactMetadata, NewFact, RecordedFact } from './event-store';
import { NO_STREAM, RevisionConflict } from './event-store';

/**
 * The answer to an append that was written before, told by the ids of its facts.
 * @throws RevisionConflict where it was another one
 */
export function sameAgain(
  stream: string,
  expectedRevision: number,
  facts: readonly NewFact[],
  earlier: readonly RecordedFact[],
): Appended {
  const recorded = earlier.slice(expectedRevision + 1, expectedRevision + 1 + facts.length);
  if (facts.every((fact, index) => fact.id === recorded[index]?.id)) return appended(recorded);
  throw new RevisionConflict(stream, expectedRevision, earlier.length - 1);
}

export function appended(facts: readonly RecordedFact[]): Appended {
  const last = facts.at(-1);
  if (!last) throw new Error('an append has at least one fact');
  return { revision: last.revision, position: last.position, facts };
}

/** The facts as a log would give them back; a `TypeError` where it could not. */
export function keep(
  stream: string,
  expectedRevision: number,
  facts: readonly NewFact[],
): readonly NewFact[] {
  if (stream === '') throw new TypeError('a stream needs a name');
  if (!Number.isSafeInteger(expectedRevision) || expectedRevision < NO_STREAM) {
    throw new TypeError(`${expectedRevision} is no revision`);
  }
  if (facts.length === 0) throw new TypeError('an append needs at least one fact');
  return facts.map((fact) => {
    if (!isUuid(fact.id)) throw new TypeError(`the id of a fact must be a UUID: ${fact.id}`);
    const { id, type, version } = fact;
    return { id, type, version, data: asJson(fact.data), metadata: asJson(fact.metadata) };
  });
}

function asJson<Value extends JsonObject | FactMetadata>(value: Value): Value {
  return JSON.parse(JSON.stringify(value, refuseWhatJsonDrops)) as Value;
}

function refuseWhatJsonDrops(this: unknown, key: string, value: unknown): unknown {
  const absent = value === undefined && !Array.isArray(this);
  const plain = value === null || ['string', 'boolean', 'object'].includes(typeof value);
  if (absent || plain || Number.isFinite(value)) return value;
  throw new TypeError(`${key} cannot be kept as JSON: a ${typeof value}`);
}
