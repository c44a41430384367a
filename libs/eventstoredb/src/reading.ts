import type { EventStoreDBClient, StreamingRead } from '@eventstore/db-client';
import { BACKWARDS, END, FORWARDS } from '@eventstore/db-client';
import type { RecordedFact } from '@ledger/event-sourcing';
import { StoreRefused } from '@ledger/event-sourcing';
import { collect } from './collect';
import type { Connection } from './connection';
import type { positionOf } from './positions';
import { factOf } from './recorded';

/**
 * The facts of a stream from a revision on.
 * @throws StoreRefused when the server gives the stream with a hole: nothing is decided on half a history
 */
export async function readFacts(
  connection: Connection,
  stream: string,
  fromRevision: number,
  most?: number,
): Promise<readonly RecordedFact[]> {
  const events = await eventsOf(connection, `reading ${stream}`, (client) =>
    client.readStream(stream, {
      direction: FORWARDS,
      fromRevision: BigInt(fromRevision),
      requiresLeader: true,
      ...(most !== undefined && { maxCount: most }),
    }),
  );
  if (!events) return [];
  // A stream of which everything was truncated is there, and has nothing.
  if (events.length === 0 && fromRevision === 0) throw holeIn(stream, 'nothing', 0);
  events.forEach(({ revision }, index) => {
    if (Number(revision) !== fromRevision + index)
      throw holeIn(stream, `revision ${revision}`, fromRevision + index);
  });
  return events.map((event) => factOf(event));
}

const holeIn = (stream: string, given: string, wanted: number): StoreRefused =>
  new StoreRefused(
    `${stream}: the server gives ${given} where revision ${wanted} should be. ` +
      'Streams of the ledger must be neither truncated ($maxCount, $tb) nor scavenged: put the log back from a backup.',
  );

/** An event of the log, whoever wrote it. */
export type LogEvent = Awaited<ReturnType<typeof readBackwards>>[number];

/** The events before a place of the log, the last one first; without a place, the last ones of all. */
export async function readBackwards(connection: Connection, before: LogPlace | undefined, most: number) {
  const events = await eventsOf(connection, 'reading the end of the log', (client) =>
    client.readAll({
      direction: BACKWARDS,
      fromPosition: before ?? END,
      maxCount: most,
      requiresLeader: true,
    }),
  );
  return events ?? [];
}

type LogPlace = Parameters<typeof positionOf>[0];

/** The events of a read, made again until it is complete; `undefined` for a stream that does not exist. */
const eventsOf = <Event>(
  connection: Connection,
  what: string,
  read: (client: EventStoreDBClient) => StreamingRead<{ readonly event?: Event | undefined }>,
): Promise<readonly Event[] | undefined> =>
  connection.insist(what, (client) =>
    collect(read(client), what, connection.timing.attemptMs, () => connection.isGivenUp(client)),
  );
