import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { AllStreamRecordedEvent, EventData } from '@eventstore/db-client';
import { BACKWARDS, END, EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import type { NewFact } from '@ledger/event-sourcing';
import { newFact } from '@ledger/event-sourcing/testing';
import type { EventStoreDouble } from '../../../../../test/doubles/eventstoredb';
import { TcpProxy } from '../../../../../test/doubles/tcp-proxy';
import type { EventStoreForTests } from '../../../../../test/servers/eventstoredb';
import { eventStoreForTests } from '../../../../../test/servers/eventstoredb';
import type { EventStoreDbOptions } from '../../event-store-db';
import { openEventStoreDb } from '../../event-store-db';
import type { EventStoreDb } from '../../event-store-db';

/** For proofs in which somebody is silent; on a busy machine all others need the usual patience. */
export const FAST = { attemptMs: 400, patienceMs: 2_000 };
/** No call may go on longer: its patience, the attempt that began at its end, the grace of that attempt. */
export const SETTLED_MS = FAST.patienceMs + FAST.attemptMs + 1_000;

/** What is to be closed when the running proof is over. */
const open: (() => Promise<unknown>)[] = [];

export async function closeAll(): Promise<void> {
  for (const close of open.splice(0).reverse()) await close();
}

/** One server for all proofs of a file. After each of them it speaks again, nothing is mocked and nothing open. */
export function sharedServer(): { readonly url: string; readonly double: EventStoreDouble | undefined } {
  let server: EventStoreForTests;
  beforeAll(async () => {
    server = await eventStoreForTests();
  }, 90_000);
  afterEach(async () => {
    server.double?.speak();
    server.double?.faults.clear();
    jest.restoreAllMocks();
    await closeAll();
  });
  afterAll(() => server.stop());
  return {
    get url() {
      return server.url;
    },
    get double() {
      return server.double;
    },
  };
}

/** A beginning of streams that no other proof uses: a server's log is shared. */
export const newPrefix = (): string => `p${randomUUID().slice(0, 8)}-`;

export function opened(url: string, options: Partial<EventStoreDbOptions> = {}): EventStoreDb {
  const store = openEventStoreDb(url, { streams: ['household-'], ...options });
  open.push(() => store.close());
  return store;
}

/** A store that soon gives up. */
export const impatient = (url: string, options: Partial<EventStoreDbOptions> = {}): EventStoreDb =>
  opened(url, { timing: FAST, ...options });

/** The client itself, to write what the adapter never would. */
export function rawClient(url: string): EventStoreDBClient {
  const client = EventStoreDBClient.connectionString(url);
  open.push(() => client.dispose());
  return client;
}

const BY_APPEND = { credentials: { username: 'admin', password: 'changeit' } };

export const writeRaw = async (client: EventStoreDBClient, stream: string, events: EventData[]) =>
  client.appendToStream(stream, events, BY_APPEND);

export const strangers = (count: number): EventData[] =>
  Array.from({ length: count }, (_none, n) => jsonEvent({ type: 'noise', data: { n } }));

/** All ids that the log holds now in streams with this beginning, the last one first, straight from the server. */
export async function idsOnServer(client: EventStoreDBClient, prefix: string): Promise<string[]> {
  const events: AllStreamRecordedEvent[] = [];
  for await (const { event } of client.readAll({ direction: BACKWARDS, fromPosition: END }))
    if (event?.streamId.startsWith(prefix)) events.push(event);
  return events.map(({ id }) => id).reverse();
}

/** A proxy before the server, and the url that goes through it. */
export async function proxied(url: string): Promise<{ proxy: TcpProxy; url: string }> {
  const [, before = '', host = '', port = '2113', query = ''] =
    /^(esdb:\/\/(?:[^@]*@)?)([^:/?,]+)(?::(\d+))?\/?(.*)$/.exec(url) ?? [];
  const proxy = await TcpProxy.start({ to: { host, port: Number(port) } });
  open.push(() => proxy.close());
  return { proxy, url: `${before}127.0.0.1:${proxy.port}${query}` };
}

export type Settled<Value> =
  { readonly value: Value; readonly ms: number } | { readonly error: Error; readonly ms: number };

/** How it ends, and after which time; fails where it goes on for too long. */
export async function settled<Value>(
  promise: Promise<Value>,
  withinMs = SETTLED_MS,
): Promise<Settled<Value>> {
  const from = performance.now();
  const ms = () => Math.round(performance.now() - from);
  const late = new AbortController();
  const end = promise.then(
    (value) => ({ value, ms: ms() }),
    (error: Error) => ({ error, ms: ms() }),
  );
  const hang = pause(withinMs, undefined, { signal: late.signal }).then(
    () => Promise.reject(new Error(`still not settled after ${withinMs} ms`)),
    () => end,
  );
  try {
    return await Promise.race([end, hang]);
  } finally {
    late.abort();
  }
}

/** What it is rejected with. */
export async function failureOf(promise: Promise<unknown>, withinMs = SETTLED_MS): Promise<Error> {
  const end = await settled(promise, withinMs);
  if ('error' in end) return end.error;
  throw new Error('it was not rejected');
}

export async function until(holds: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> {
  const giveUpAt = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > giveUpAt) throw new Error(`not so within ${withinMs} ms: ${holds.toString()}`);
    await pause(5);
  }
}

/** One fact of so many bytes or a little more. */
export const largeFact = (bytes: number): NewFact => newFact({ text: 'x'.repeat(bytes) });

export const idsOf = (facts: readonly { readonly id: string }[]): string[] => facts.map(({ id }) => id);
