import {
  NO_STREAM as NO_STREAM_THERE,
  WrongExpectedVersionError,
  MaxAppendSizeExceededError,
} from '@eventstore/db-client';
import type { Appended, NewFact } from '@ledger/event-sourcing';
import { appended, NO_STREAM, RevisionConflict, StoreRefused } from '@ledger/event-sourcing';
import type { Connection } from './connection';
import { within } from './connection';
import { isTooLarge } from './errors';
import { readFacts } from './reading';
import { eventOf } from './recorded';

/** The client's own deadline ends the call at the server; ours ends the wait when nobody is there. */
const GRACE_MS = 500;

/**
 * Appends with the expected revision, and when nobody knows what became of it, makes the same append again: same
 * ids, same expected revision. The server then answers as it did the first time, also thousands of events later.
 * Never the same ids with another revision: they would be written twice.
 * @param facts as they are to be kept: nobody changes them meanwhile
 */
export async function appendFacts(
  connection: Connection,
  stream: string,
  expectedRevision: number,
  facts: readonly NewFact[],
): Promise<Appended> {
  const what = `appending to ${stream}`;
  const { timing, string } = connection;
  const events = facts.map(eventOf);
  const options = {
    expectedRevision: expectedRevision === NO_STREAM ? NO_STREAM_THERE : BigInt(expectedRevision),
    credentials: string.credentials,
    requiresLeader: true,
    deadline: timing.attemptMs,
  } as const;
  const answer = await connection.insist(what, async (client) => {
    try {
      return await within(timing.attemptMs + GRACE_MS, what, client.appendToStream(stream, events, options));
    } catch (error) {
      throw mistakeOf(error, stream, expectedRevision) ?? error;
    }
  });
  // The answer tells neither the time of recording nor the positions of all facts.
  const recorded = await readFacts(connection, stream, expectedRevision + 1, facts.length);
  // A server gives ids back in lower case.
  const same = facts.every(({ id }, index) => id.toLowerCase() === recorded[index]?.id.toLowerCase());
  if (!same || answer.nextExpectedRevision !== BigInt(expectedRevision + facts.length)) {
    throw new StoreRefused(
      `${stream}: the server took an append that is not in the stream. It was deleted there: put the log back from a backup.`,
    );
  }
  return appended(recorded);
}

function mistakeOf(error: unknown, stream: string, expectedRevision: number): Error | undefined {
  if (error instanceof WrongExpectedVersionError) {
    const actual = error.actualVersion;
    return new RevisionConflict(
      stream,
      expectedRevision,
      typeof actual === 'bigint' ? Number(actual) : NO_STREAM,
    );
  }
  if (error instanceof MaxAppendSizeExceededError)
    return new RangeError(`${stream}: an append of more than ${error.maxAppendSize} bytes`);
  // Beyond some megabytes in one fact the message itself is refused, before the server looks at it.
  if (error instanceof Error && isTooLarge(error.message))
    return new RangeError(`${stream}: an append that is too large (${error.message})`);
  return undefined;
}
