import { crc32 } from 'node:zlib';
import type { JsonObject } from '@ledger/kernel';
import type { FactMetadata, Position, RecordedFact } from '@ledger/event-sourcing';
import { START } from '@ledger/event-sourcing';

/** A row of the table `facts`. A damaged one may hold anything: trust it only after its checksum. */
export interface FactRow {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly recorded_at: string;
  readonly data: string;
  readonly metadata: string;
}

export interface StoredRow extends FactRow {
  readonly checksum: number;
}

/** The columns of the table in their order, as SQLite gives them fastest: as a list. */
export type RowValues = readonly [
  position: number,
  stream: string,
  revision: number,
  id: string,
  type: string,
  version: number,
  recordedAt: string,
  data: string,
  metadata: string,
  checksum: number,
];

export function rowOf(values: RowValues): StoredRow {
  const [position, stream, revision, id, type, version, recorded_at, data, metadata, checksum] = values;
  return { position, stream, revision, id, type, version, recorded_at, data, metadata, checksum };
}

const DIGITS = 16;

/** Padded, so that positions compare as strings. */
export const positionOf = (position: number): Position =>
  position === 0 ? START : (String(position).padStart(DIGITS, '0') as Position);

/** @throws RangeError for a position of another log */
export function rowNumberOf(position: Position): number {
  if (position === START) return 0;
  if (!/^\d{16}$/.test(position)) throw new RangeError(`not a position of this log: ${position}`);
  return Number(position);
}

/** SQLite checks no content: this finds a changed byte anywhere in the row. JSON holds no line break. */
export function checksumOf(row: FactRow): number {
  const { position, stream, revision, id, type, version, recorded_at, data, metadata } = row;
  return crc32(
    `${position}\n${stream}\n${revision}\n${id}\n${type}\n${version}\n${recorded_at}\n${data}\n${metadata}`,
  );
}

/**
 * What a row says. Of a damaged one only its place is told, and why it is no fact: nobody knows which of its
 * bytes are wrong, so neither its day nor who recorded it is believed. Never throws.
 */
export function factOf(row: StoredRow): RecordedFact {
  const data = findObject(row.data);
  const metadata = findObject(row.metadata);
  const undecodable = whyUndecodable(row, data, metadata);
  const { stream, revision, id, type, version } = row;
  const place = { stream, revision, position: positionOf(row.position), id, type, version };
  if (undecodable !== undefined) return { ...place, recordedAt: '', data: {}, metadata: NOBODY, undecodable };
  return {
    ...place,
    recordedAt: row.recorded_at,
    data: data as JsonObject,
    metadata: metadata as unknown as FactMetadata,
  };
}

function whyUndecodable(row: StoredRow, data?: JsonObject, metadata?: JsonObject): string | undefined {
  if (row.checksum !== checksumOf(row)) return 'the checksum is wrong';
  if (!data) return 'data is no JSON object';
  if (!metadata) return 'metadata is no JSON object';
  return undefined;
}

const NOBODY: FactMetadata = { recordedBy: '', commandId: '', causationId: '', correlationId: '' };

function findObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}
