import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { JSONEventType, Position } from '@eventstore/db-client';
import { END, EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import type { EventStoreForTests } from '../../servers/eventstoredb';
import { eventStoreForTests } from '../../servers/eventstoredb';

/** A server for all tests of a file, and one client of it. */
export function onEventStore(
  take: (given: { readonly store: EventStoreForTests; readonly client: EventStoreDBClient }) => void,
): void {
  let store: EventStoreForTests;
  let client: EventStoreDBClient;
  beforeAll(async () => {
    store = await eventStoreForTests();
    client = EventStoreDBClient.connectionString(store.url);
    take({ store, client });
  });
  afterAll(async () => {
    await client.dispose();
    await store.stop();
  });
}

/** With credentials of its own a call goes by plain Append, without by the BatchAppend that all share. */
export const BY_APPEND = { credentials: { username: 'admin', password: 'changeit' } };

export const BOTH_CALLS = [
  ['Append', BY_APPEND],
  ['BatchAppend', {}],
] as const;

/** A server's log is shared: every test has streams of its own. */
export const newStream = (of = 'double'): string => `${of}-${randomUUID()}`;

export type Said = JSONEventType<'said', { readonly n: number; readonly text?: string }>;

export const said = (n: number, text?: string) =>
  jsonEvent<Said>({ id: randomUUID(), type: 'said', data: text === undefined ? { n } : { n, text } });

/** For the log of the double itself. */
export const loggedEvent = () => ({
  id: randomUUID(),
  type: 'said',
  contentType: 'application/octet-stream',
  data: new Uint8Array(8),
  metadata: new Uint8Array(),
});

/** Events 0 to `count` - 1. */
export const newEvents = (count: number) => Array.from({ length: count }, (_none, n) => said(n));

/** The ids of a stream; none where it is missing. */
export async function idsIn(client: EventStoreDBClient, stream: string): Promise<readonly string[]> {
  const ids: string[] = [];
  try {
    for await (const { event } of client.readStream(stream)) ids.push(event?.id ?? '');
  } catch (error) {
    if ((error as { type?: string }).type !== 'stream-not-found') throw error;
  }
  return ids;
}

export const idsOf = (events: readonly { readonly id: string }[]): readonly string[] =>
  events.map(({ id }) => id);

/** The place of the last event of all. */
export async function headOf(client: EventStoreDBClient): Promise<Position> {
  // To the end of the read: a client that left one in the middle cannot be disposed of.
  const [last] = await eventsOf(client.readAll({ direction: 'backwards', fromPosition: END, maxCount: 1 }));
  if (!last) throw new Error('a log without an event');
  return last.position;
}

/** The events of a read, as far as they go. */
export async function eventsOf<Event>(
  read: AsyncIterable<{ readonly event?: Event }>,
): Promise<readonly Event[]> {
  const events: Event[] = [];
  for await (const { event } of read) if (event) events.push(event);
  return events;
}

export const NEVER = Symbol('not settled');

/** What a promise comes to within a time, or {@link NEVER}; its later failure is let go. */
export async function within<Value>(
  ms: number,
  promise: Promise<Value>,
): Promise<Value | Error | typeof NEVER> {
  return Promise.race([promise.catch((error: Error) => error), pause(ms, NEVER, { ref: false })]);
}

export async function until(holds: () => boolean | Promise<boolean>, withinMs = 30_000): Promise<void> {
  const giveUpAt = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > giveUpAt) throw new Error(`not so within ${withinMs} ms: ${holds.toString()}`);
    await pause(5);
  }
}
