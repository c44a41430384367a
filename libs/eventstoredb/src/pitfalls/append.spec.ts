import { EventStoreDBClient } from '@eventstore/db-client';
import { NO_STREAM, RevisionConflict, StoreRefused, StoreUnavailable } from '@ledger/event-sourcing';
import { newFact, newFacts, newStream } from '@ledger/event-sourcing/testing';
import { EventStoreDouble } from '../../../../test/doubles/eventstoredb';
import { itOnDouble } from '../../../../test/servers/eventstoredb';
import {
  closeAll,
  failureOf,
  FAST,
  idsOf,
  largeFact,
  impatient,
  opened,
  proxied,
  settled,
  SETTLED_MS,
  until,
  sharedServer,
} from './testing/steps';

const server = sharedServer();

const MIB = 1_048_576;

describe('an append whose outcome nobody knows', () => {
  it('is written once and answered with its first revision when the connection dies under 32 of them', async () => {
    const { proxy, url } = await proxied(server.url);
    const store = opened(url);
    const appends = Array.from({ length: 32 }, () => ({ stream: newStream(), facts: newFacts(3) }));
    await store.append(newStream(), NO_STREAM, newFacts(1));

    const answers = appends.map(({ stream, facts }) => store.append(stream, NO_STREAM, facts));
    setTimeout(() => proxy.cut('reset'), 3);
    setTimeout(() => proxy.cut('destroy'), 60);

    for (const [index, { stream, facts }] of appends.entries()) {
      expect(await answers[index]).toMatchObject({ revision: 2 });
      expect(idsOf(await store.read(stream))).toEqual(idsOf(facts));
    }
  });

  it('is written once when the reply is lost behind the commit', async () => {
    const { proxy, url } = await proxied(server.url);
    const store = opened(url);
    const [stream, facts] = [newStream(), newFacts(3)];
    await store.read(stream);
    const cut = proxy.loseReplyTo(stream);

    const { revision, position } = await store.append(stream, NO_STREAM, facts);

    await cut;
    const recorded = await store.read(stream);
    expect(idsOf(recorded)).toEqual(idsOf(facts));
    expect({ revision, position }).toEqual({ revision: 2, position: recorded.at(-1)?.position });
  });

  it('is written once wherever in the reply the connection breaks', async () => {
    const { proxy, url } = await proxied(server.url);
    const store = opened(url);
    for (const bytes of [1, 9, 40, 90, 150]) {
      const [stream, facts] = [newStream(), newFacts(2)];
      await store.read(stream);
      proxy.cutAfterBytes(bytes, 'to the client');
      expect(await store.append(stream, NO_STREAM, facts)).toMatchObject({ revision: 1 });
      expect(idsOf(await store.read(stream))).toEqual(idsOf(facts));
    }
  });

  it('is written whole or not at all when the connection breaks while it is sent', async () => {
    const { proxy, url } = await proxied(server.url);
    const store = opened(url);
    for (const bytes of [500, 20_000, 60_000]) {
      const [stream, facts] = [newStream(), newFacts(300)];
      proxy.cutAfterBytes(bytes, 'to the server');
      await store.append(stream, NO_STREAM, facts);
      expect(idsOf(await store.read(stream))).toEqual(idsOf(facts));
    }
  });

  itOnDouble.each([
    'cut before commit',
    'cut after commit',
    'silence before commit',
    'silence after commit',
    'time-out before commit',
    'time-out after commit',
    'late commit',
    'not ready',
    'not leader',
  ])('(%s) is made again with the same ids and revision, and written once', async (fault) => {
    const { log, faults } = server.double!;
    const store = impatient(server.url);
    const [stream, facts] = [newStream(), newFacts(3)];
    await store.append(stream, NO_STREAM, newFacts(1));
    Object.assign(faults, { nextAppends: [fault], lateCommitMs: FAST.attemptMs + 150 });

    const answer = await store.append(stream, 0, facts);

    expect(answer.revision).toBe(3);
    if (fault === 'late commit') await new Promise((resolve) => setTimeout(resolve, 300));
    expect(idsOf(log.stream(stream) ?? []).slice(1)).toEqual(idsOf(facts));
    expect(answer.facts).toEqual((await store.read(stream)).slice(1));
  });

  itOnDouble(
    'and that was given up may be written later: the same again is then answered as the first',
    async () => {
      const { log, faults } = server.double!;
      const store = opened(server.url, { timing: { attemptMs: 150, patienceMs: 300 } });
      const [stream, facts] = [newStream(), newFacts(2)];
      const silent = Array.from({ length: 9 }, () => 'silence before commit' as const);
      Object.assign(faults, { nextAppends: ['late commit', ...silent], lateCommitMs: 1_500 });

      expect(await failureOf(store.append(stream, NO_STREAM, facts))).toBeInstanceOf(StoreUnavailable);
      expect(log.stream(stream)).toBeUndefined();
      faults.nextAppends = [];
      await until(() => log.stream(stream)?.length === 2);
      await store.append(stream, 1, newFacts(5));

      expect(await store.append(stream, NO_STREAM, facts)).toMatchObject({ revision: 1 });
      expect(log.stream(stream)).toHaveLength(7);
    },
  );

  itOnDouble('because its duplicate is still in flight is answered as the first', async () => {
    const { log, faults } = server.double!;
    Object.assign(faults, { acknowledgeAfterMs: 150, duplicatesInFlightTimeOut: true, writeTimeoutMs: 100 });
    const store = opened(server.url);
    const [stream, facts] = [newStream(), newFacts(2)];
    const both = await Promise.all([
      store.append(stream, NO_STREAM, facts),
      store.append(stream, NO_STREAM, facts),
    ]);
    expect(both[0]).toEqual(both[1]);
    expect(log.stream(stream)).toHaveLength(2);
  });
});

describe('appends of a process', () => {
  itOnDouble('do not share a table: the death of one server rejects nothing on the other', async () => {
    const other = await EventStoreDouble.start();
    try {
      const [here, there] = [opened(server.url), impatient(other.url)];
      server.double!.faults.acknowledgeAfterMs = 150;
      other.faults.acknowledgeAfterMs = 150;
      const client = jest.spyOn(EventStoreDBClient.prototype, 'appendToStream');
      const streams = Array.from({ length: 20 }, newStream);
      const well = streams.map((stream) => here.append(stream, NO_STREAM, newFacts(1)));
      const dying = streams.map(() => failureOf(there.append(newStream(), NO_STREAM, newFacts(1))));
      setTimeout(() => void other.stop({ abruptly: true }), 50);

      for (const answer of well) expect(await answer).toMatchObject({ revision: 0 });
      for (const failure of dying) expect(await failure).toBeInstanceOf(StoreUnavailable);
      // Each was answered the first time: not one had to be made again.
      const calls = client.mock.calls.filter(([stream]) => streams.includes(stream));
      expect(calls).toHaveLength(20);
      expect(server.double!.log.all.filter(({ stream }) => streams.includes(stream))).toHaveLength(20);
    } finally {
      await other.stop({ abruptly: true });
    }
  });

  it('go by plain Append, one call each with its own deadline: never on the stream that all share', async () => {
    const client = jest.spyOn(EventStoreDBClient.prototype, 'appendToStream');
    const store = impatient(server.url);
    await store.append(newStream(), NO_STREAM, newFacts(1));
    for (const [, , options] of client.mock.calls) {
      expect(options).toMatchObject({
        deadline: FAST.attemptMs,
        credentials: { username: expect.any(String) },
      });
    }
    expect(client).toHaveBeenCalled();
    expect(server.double?.openCalls['batch append'] ?? 0).toBe(0);
  });

  itOnDouble('do not ask which calls the server knows: a failed answer would be kept for ever', async () => {
    for (const asked of [{ nextFeatures: [2, 2, 4, 16] }, { featuresAreSilent: true }]) {
      Object.assign(server.double!.faults, asked);
      const store = opened(server.url);
      const stream = newStream();
      await store.append(stream, NO_STREAM, newFacts(1));
      expect(await store.append(stream, 0, newFacts(1))).toMatchObject({ revision: 1 });
    }
    expect(server.double!.faults.nextFeatures).toHaveLength(4);
  });
});

describe('what the client hangs or breaks on', () => {
  it.each([
    ['a bigint', { n: 1n }],
    ['undefined in a list', { list: [undefined] }],
    ['an object that throws', { toJSON: () => Promise.reject.call(undefined) }],
  ])('is refused before it is sent: %s', async (_what, data) => {
    const client = jest.spyOn(EventStoreDBClient.prototype, 'appendToStream');
    const store = opened(server.url);
    const stream = newStream();
    const facts = [newFact(), newFact(data as never)];
    expect(await failureOf(store.append(stream, NO_STREAM, facts), 100)).toBeInstanceOf(TypeError);
    expect(client).not.toHaveBeenCalled();
    expect(await store.append(stream, NO_STREAM, newFacts(1))).toMatchObject({ revision: 0 });
  });

  it('is never sent: -1n for "no stream", or an append of nothing', async () => {
    const client = jest.spyOn(EventStoreDBClient.prototype, 'appendToStream');
    const store = opened(server.url);
    const stream = newStream();
    await store.append(stream, NO_STREAM, newFacts(1));
    await store.append(stream, 0, newFacts(1));
    expect(client.mock.calls.map(([, , options]) => options?.expectedRevision)).toEqual(['no_stream', 0n]);
    for (const revision of [-2, 0.5, NaN, Infinity]) {
      expect(await failureOf(store.append(stream, revision, newFacts(1)))).toBeInstanceOf(TypeError);
    }
    expect(await failureOf(store.append(stream, 1, []))).toBeInstanceOf(TypeError);
    expect(client).toHaveBeenCalledTimes(2);
  });

  it('is not asked for: a conflict is thrown, with the true revision and not 1', async () => {
    const store = opened(server.url);
    const stream = newStream();
    await store.append(stream, NO_STREAM, newFacts(5));
    const failure = await failureOf(store.append(stream, 2, newFacts(1)));
    expect(failure).toBeInstanceOf(RevisionConflict);
    expect(failure).toMatchObject({ stream, expected: 2, actual: 4 });
    expect(failure.message).not.toBe('');
  });

  it('is no reason to fail: an id in upper case, which the server gives back in lower case', async () => {
    const store = opened(server.url);
    const fact = newFact();
    const facts = [{ ...fact, id: fact.id.toUpperCase() }];
    const stream = newStream();
    const first = await store.append(stream, NO_STREAM, facts);
    expect(first.facts[0]?.id).toBe(fact.id);
    expect(await store.append(stream, NO_STREAM, facts)).toEqual(first);
  });
});

describe('an append that cannot be', () => {
  it.each([
    ['one fact of more than 1 MiB', [largeFact(MIB + 1)]],
    ['many facts, together more than 1 MiB', Array.from({ length: 12 }, () => largeFact(100_000))],
    ['one fact larger than any message', [largeFact(18 * MIB)]],
  ])('is refused as too large and writes nothing: %s', async (_what, facts) => {
    const store = opened(server.url);
    const stream = newStream();
    const failure = await failureOf(store.append(stream, NO_STREAM, facts), 10_000);
    expect(failure).toBeInstanceOf(RangeError);
    expect(failure.message).toContain(stream);
    expect(await store.read(stream)).toEqual([]);
  });

  itOnDouble('is refused where the user may not, and not tried again', async () => {
    const client = jest.spyOn(EventStoreDBClient.prototype, 'appendToStream');
    server.double!.faults.nextAppends = ['access denied'];
    const store = opened(server.url);
    const stream = newStream();
    const failure = await failureOf(store.append(stream, NO_STREAM, newFacts(1)));
    expect(failure).toBeInstanceOf(StoreRefused);
    expect(failure.message).toContain('EVENTSTORE_URL');
    expect(client).toHaveBeenCalledTimes(1);
    expect(server.double!.log.stream(stream)).toBeUndefined();
  });

  it('is unavailable where nobody listens, whatever class the client gives the error, and within its patience', async () => {
    const { proxy, url } = await proxied(server.url);
    await proxy.refuse();
    const store = impatient(url);
    const end = await settled(store.append(newStream(), NO_STREAM, newFacts(1)));
    expect(end).toMatchObject({ error: { name: 'StoreUnavailable' } });
    expect(end.ms).toBeLessThan(SETTLED_MS);
    expect('error' in end && end.error.message).not.toBe('');
  });

  itOnDouble('where another node leads is sent there', async () => {
    const leader = await EventStoreDouble.start();
    const follower = await EventStoreDouble.start();
    try {
      follower.faults.leader = { host: '127.0.0.1', port: leader.port };
      const store = opened(follower.url);
      const stream = newStream();
      await store.append(stream, NO_STREAM, newFacts(2));
      expect(leader.log.stream(stream)).toHaveLength(2);
      expect(follower.log.stream(stream)).toBeUndefined();
      expect(await store.read(stream)).toHaveLength(2);
    } finally {
      await closeAll();
      await leader.stop({ abruptly: true });
      await follower.stop({ abruptly: true });
    }
  });
});
