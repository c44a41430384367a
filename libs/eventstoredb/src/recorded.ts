import type { ResolvedEvent } from '@eventstore/db-client';
import { jsonEvent } from '@eventstore/db-client';
import type { FactMetadata, NewFact, Position, RecordedFact } from '@ledger/event-sourcing';
import type { JsonObject } from '@ledger/kernel';
import { positionOf } from './positions';

type StoredEvent = NonNullable<ResolvedEvent['event']>;

/** The names by which the server itself follows what was caused by what. */
const CORRELATION = '$correlationId';
const CAUSATION = '$causationId';
const VERSION = 'schemaVersion';

/** A fact as an event: its version of the schema is in the metadata, since an event has no place for it. */
export function eventOf({ id, type, version, data, metadata }: NewFact) {
  const { correlationId, causationId, ...rest } = metadata;
  return jsonEvent({
    id,
    type,
    data,
    metadata: { ...rest, [CORRELATION]: correlationId, [CAUSATION]: causationId, [VERSION]: version },
  });
}

const NOBODY: FactMetadata = { recordedBy: '', commandId: '', causationId: '', correlationId: '' };

/**
 * What an event says. Of one that is no fact of ours only its place is told, and why: the client hands over
 * malformed JSON as a text. Never throws.
 * @param position where it is, for who has written that down already
 */
export function factOf(event: StoredEvent, position = placeOf(event)): RecordedFact {
  const { streamId, revision, id, type, created } = event;
  const place = { stream: streamId, revision: Number(revision), position, id, type };
  const data: unknown = event.data;
  const metadata: unknown = event.metadata;
  const undecodable = whyUndecodable(event.isJson, data, metadata);
  if (undecodable !== undefined)
    return { ...place, version: 0, recordedAt: '', data: {}, metadata: NOBODY, undecodable };
  const {
    [CORRELATION]: correlationId,
    [CAUSATION]: causationId,
    [VERSION]: version,
    ...ours
  } = metadata as Record<string, unknown>;
  ours['correlationId'] = correlationId;
  ours['causationId'] = causationId;
  return {
    ...place,
    version: version as number,
    recordedAt: created.toISOString(),
    data: data as JsonObject,
    metadata: ours as unknown as FactMetadata,
  };
}

const NOWHERE = { commit: 0n, prepare: 0n };
const placeOf = ({ position }: StoredEvent): Position => positionOf(position ?? NOWHERE);

function whyUndecodable(isJson: boolean, data: unknown, metadata: unknown): string | undefined {
  if (!isJson || !isObject(data)) return 'data is no JSON object';
  if (!isObject(metadata)) return 'metadata is no JSON object';
  const texts = [metadata['recordedBy'], metadata['commandId'], metadata[CORRELATION], metadata[CAUSATION]];
  if (!texts.every((text) => typeof text === 'string'))
    return 'metadata lacks who recorded it by which order';
  if (!Number.isSafeInteger(metadata[VERSION])) return 'metadata lacks the version of the schema';
  return undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
