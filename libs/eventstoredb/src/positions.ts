import type { Position } from '@ledger/event-sourcing';
import { START } from '@ledger/event-sourcing';
import type { Position as LogPosition } from '@eventstore/db-client';

/** Enough for 64 bits: padded, so that positions compare as strings. */
const DIGITS = 20;

const padded = (number: bigint): string => String(number).padStart(DIGITS, '0');

/** Both halves are kept: with the commit alone an event can be skipped after a restart. */
export const positionOf = ({ commit, prepare }: LogPosition): Position =>
  `${padded(commit)}:${padded(prepare)}` as Position;

/**
 * @returns `undefined` for the start of the log
 * @throws RangeError for a position of another log
 */
export function logPositionOf(position: Position): LogPosition | undefined {
  if (position === START) return undefined;
  const [, commit, prepare] = /^(\d{20}):(\d{20})$/.exec(position) ?? [];
  if (commit === undefined || prepare === undefined)
    throw new RangeError(`not a position of this log: ${position}`);
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
}

/**
 * A page of the log without a match ends at a checkpoint that names no prepare. It may lie behind the last event,
 * and only what is known to lie before one can be told from the place in a log that was put back from a backup.
 */
export const namesAnEvent = ({ prepare }: LogPosition): boolean => prepare > 0n;
