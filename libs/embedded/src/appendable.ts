import type { NewFact } from '@ledger/event-sourcing';
import { NO_STREAM } from '@ledger/event-sourcing';
import { validate as isUuid } from 'uuid';

/** A fact as it will be stored, apart from its place and its time. */
export interface EncodedFact {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly data: string;
  readonly metadata: string;
}

/**
 * Takes over what is to be appended, so that it may change afterwards without harm.
 * @throws TypeError where it cannot be kept as it is: a mistake of the caller, never of the store
 */
export function encodeAppend(
  stream: string,
  expectedRevision: number,
  facts: readonly NewFact[],
): readonly EncodedFact[] {
  requireText(stream, 'a stream name');
  if (!Number.isSafeInteger(expectedRevision) || expectedRevision < NO_STREAM) {
    throw new TypeError(`stream ${stream}: ${expectedRevision} is no revision`);
  }
  if (facts.length === 0) throw new TypeError(`stream ${stream}: an append needs at least one fact`);
  return facts.map(encodeFact);
}

function encodeFact(fact: NewFact): EncodedFact {
  const { id, type, version, data, metadata } = fact;
  if (!isUuid(id)) throw new TypeError(`the id of a fact must be a UUID: ${id}`);
  requireText(type, 'the type of a fact');
  if (!Number.isSafeInteger(version)) throw new TypeError(`${type}: ${version} is no version`);
  requireJson(data, `${type}.data`);
  requireJson(metadata, `${type}.metadata`);
  return { id, type, version, data: JSON.stringify(data), metadata: JSON.stringify(metadata) };
}

/** SQLite keeps texts as UTF-8, which has no lone surrogates. In JSON they are escaped and do no harm. */
function requireText(text: string, what: string): void {
  if (text === '' || !text.isWellFormed())
    throw new TypeError(`${what} must be a text: ${JSON.stringify(text)}`);
}

/** JSON would drop these silently or make `null` of them. A property that is `undefined` is simply absent. */
function requireJson(value: unknown, path: string): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number' && Number.isFinite(value)) return;
  if (Array.isArray(value)) {
    value.forEach((inner, index) => requireJson(inner, `${path}[${index}]`));
    // A hole is visited by no forEach and becomes null.
    if (Object.keys(value).length === value.length) return;
  } else if (isPlainObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (inner !== undefined) requireJson(inner, `${path}.${key}`);
    }
    return;
  }
  throw new TypeError(`${path} cannot be kept as JSON: a ${typeof value}`);
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Not `=== Object.prototype`: a value may come from another realm (worker, vm).
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
