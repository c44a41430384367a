import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { EventStoreDBClient } from '@eventstore/db-client';
import { StreamNotFoundError } from '@eventstore/db-client';
import { NO_STREAM, START, StoreRefused } from '@ledger/event-sourcing';
import { newFacts, newStream } from '@ledger/event-sourcing/testing';
import { EventStoreDouble } from '../../../../test/doubles/eventstoredb';
import { itOnDouble } from '../../../../test/servers/eventstoredb';
import type { Connection } from '../connection';
import { readFacts } from '../reading';
import {
  closeAll,
  failureOf,
  FAST,
  newPrefix,
  impatient,
  opened,
  rawClient,
  settled,
  strangers,
  writeRaw,
  sharedServer,
} from './testing/steps';

const server = sharedServer();

describe('a stream that the server gives with a hole', () => {
  const event = (revision: number) => ({
    event: {
      streamId: 's',
      revision: BigInt(revision),
      id: 'i',
      type: 't',
      isJson: true,
      data: {},
      metadata: {},
      created: new Date(0),
      position: { commit: 1n, prepare: 1n },
    },
  });
  const given = (events: object[], error?: Error): Connection => {
    const client = {
      readStream: () =>
        Readable.from(
          (async function* () {
            yield* events;
            if (error) throw error;
          })(),
        ),
    } as unknown as EventStoreDBClient;
    return {
      timing: FAST,
      isGivenUp: () => false,
      insist: async (_what: string, call: (of: EventStoreDBClient) => Promise<unknown>) => call(client),
    } as unknown as Connection;
  };

  it.each([
    ['its beginning was truncated', [event(7), event(8)]],
    ['one in the middle was scavenged', [event(0), event(1), event(3)]],
    ['all of it was truncated', []],
  ])('is refused: %s', async (_why, events) => {
    const failure = await failureOf(readFacts(given(events), 'household-7', 0));
    expect(failure).toBeInstanceOf(StoreRefused);
    expect(failure.message).toContain('household-7');
  });

  it('is nothing of the kind where the stream does not exist, or has no more', async () => {
    const missing = Object.assign(Object.create(StreamNotFoundError.prototype) as Error, { message: '' });
    expect(await readFacts(given([], missing), 's', 0)).toEqual([]);
    expect(await readFacts(given([]), 's', 3)).toEqual([]);
    expect(await readFacts(given([event(3)]), 's', 3)).toHaveLength(1);
  });
});

describe('a read that we cut short ourselves', () => {
  itOnDouble('because another one had no answer, is never answered as if it were complete', async () => {
    const store = impatient(server.url);
    const stream = newStream();
    const { position } = await store.append(stream, NO_STREAM, newFacts(3));
    server.double!.silence();
    const first = settled(store.read(stream));
    await pause(FAST.attemptMs / 2);
    const [later, head, day] = [store.read(stream), store.head(), store.lastRecordedOn()].map((it) =>
      settled<unknown>(it),
    );
    await pause(FAST.attemptMs);
    server.double!.speak();

    expect(await first).toMatchObject({ value: { length: 3 } });
    expect(await later).toMatchObject({ value: { length: 3 } });
    expect(await head).toMatchObject({ value: position });
    expect(await day).toMatchObject({ value: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
  });

  itOnDouble('because the store is closed, is unavailable and not empty', async () => {
    const store = impatient(server.url);
    const stream = newStream();
    await store.append(stream, NO_STREAM, newFacts(3));
    server.double!.silence();
    const reads = [store.read(stream), store.head(), store.lastRecordedOn()].map((it) => failureOf(it));
    await pause(50);
    await store.close();
    for (const read of reads) expect(await read).toMatchObject({ name: 'StoreUnavailable' });
  });

  itOnDouble('in the answer to an append, does not make the append look lost', async () => {
    const store = impatient(server.url);
    const streams = Array.from({ length: 8 }, newStream);
    await store.append(newStream(), NO_STREAM, newFacts(1));
    const answers = streams.map(async (stream, index) => {
      await pause(index * 60);
      return store.append(stream, NO_STREAM, newFacts(2));
    });
    for (let time = 0; time < 3; time++) {
      await pause(40);
      server.double!.silence();
      await pause(FAST.attemptMs + 50);
      server.double!.speak();
    }
    for (const answer of answers) expect(await answer).toMatchObject({ revision: 1 });
  });
});

describe('the head of the log', () => {
  it('is our last fact also with thousands of events of others behind it', async () => {
    const prefix = newPrefix();
    const store = opened(server.url, { streams: [prefix] });
    const client = rawClient(server.url);
    const { position } = await store.append(`${prefix}a`, NO_STREAM, newFacts(2));
    for (let n = 0; n < 3; n++) await writeRaw(client, newPrefix(), strangers(2_000));

    expect(await opened(server.url, { streams: [prefix] }).head()).toBe(position);
    expect(await store.head()).toBe(position);
    await writeRaw(client, newPrefix(), strangers(2));
    expect(await store.head()).toBe(position);
    const next = await store.append(`${prefix}a`, 1, newFacts(1));
    expect(await store.head()).toBe(next.position);
  });

  itOnDouble('does not look again at what it has seen', async () => {
    const prefix = newPrefix();
    const store = opened(server.url, { streams: [prefix] });
    await store.append(`${prefix}a`, NO_STREAM, newFacts(1));
    for (let n = 0; n < 3; n++) await writeRaw(rawClient(server.url), newPrefix(), strangers(1_000));
    await store.head();
    const sent = server.double!.messagesSent;
    for (let time = 0; time < 10; time++) await store.head();
    expect(server.double!.messagesSent - sent).toBeLessThan(10 * 50);
  });

  it('is the start where all events are of others', async () => {
    const client = rawClient(server.url);
    await writeRaw(client, newPrefix(), strangers(100));
    const store = opened(server.url, { streams: [newPrefix()] });
    expect(await store.head()).toBe(START);
    expect(await store.lastRecordedOn()).toBeUndefined();
    await writeRaw(client, newPrefix(), strangers(100));
    expect(await store.head()).toBe(START);
  });

  it('is never older than an append that was acknowledged', async () => {
    const prefix = newPrefix();
    const [writer, other] = [
      opened(server.url, { streams: [prefix] }),
      opened(server.url, { streams: [prefix] }),
    ];
    const client = rawClient(server.url);
    await Promise.all(
      Array.from({ length: 4 }, async (_none, n) => {
        for (let revision = NO_STREAM; revision < 6; revision++) {
          const { position } = await writer.append(`${prefix}${n}`, revision, newFacts(1));
          if (revision % 3 === 0) await writeRaw(client, newPrefix(), strangers(40));
          const heads = await Promise.all([writer.head(), other.head()]);
          for (const head of heads) expect(head >= position).toBe(true);
        }
      }),
    );
  });

  itOnDouble('of a log that looks empty after it had facts is not believed', async () => {
    const first = await EventStoreDouble.start();
    const store = impatient(first.url);
    await store.append(newStream(), NO_STREAM, newFacts(2));
    await store.head();
    await first.stop({ abruptly: true });
    const second = await EventStoreDouble.start({ port: first.port });
    second.log.all.length = 0;
    expect(await failureOf(store.head())).toMatchObject({ name: 'StoreUnavailable' });
    await closeAll();
    await second.stop({ abruptly: true });
  });
});
