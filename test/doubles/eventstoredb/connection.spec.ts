import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { END, EventStoreDBClient } from '@eventstore/db-client';
import { eventStoreForTests, itOnDouble } from '../../servers/eventstoredb';
import type { EventStoreForTests } from '../../servers/eventstoredb';
import { BY_APPEND, eventsOf, idsIn, NEVER, newEvents, newStream, said, until, within } from './cases';
import { EventStoreDouble } from './index';

const ROOT = join(__dirname, '../../..');

let store: EventStoreForTests;
let client: EventStoreDBClient;

beforeAll(async () => {
  store = await eventStoreForTests();
});

beforeEach(async () => {
  client = EventStoreDBClient.connectionString(store.url);
  // Clients of one process share a connection to one address: what a test before has broken may not be known yet.
  await until(() => eventsOf(client.readAll({ maxCount: 1 })).then(Boolean, () => false));
});

afterEach(async () => {
  store.double?.faults.clear();
  await client.dispose();
});

afterAll(() => store.stop());

describe('a restart on the same port', () => {
  for (const abruptly of [false, true]) {
    itOnDouble(
      `is survived by the same client, and by the log (${abruptly ? 'killed' : 'in good order'})`,
      async () => {
        const stream = newStream();
        await client.appendToStream(stream, said(1), BY_APPEND);
        const { port } = store.double!;

        await store.double!.stop({ abruptly });
        await expect(client.appendToStream(stream, said(2), BY_APPEND)).rejects.toMatchObject({
          type: 'unavailable',
          code: 14,
        });
        await store.double!.restart();

        expect(store.double!.port).toBe(port);
        await until(() => client.appendToStream(stream, said(3), BY_APPEND).then(Boolean, () => false));
        expect(await idsIn(client, stream)).toHaveLength(2);
      },
    );
  }

  itOnDouble('in good order answers the appends on their way, and resets subscriptions', async () => {
    const stream = newStream();
    store.double!.faults.acknowledgeAfterMs = 10;
    const subscription = client.subscribeToStream(stream);
    const ended = once(subscription, 'error').catch((error: unknown) => [error]);
    await once(subscription, 'caughtUp');
    const onItsWay = client.appendToStream(stream, said(1), BY_APPEND);
    await until(() => store.double!.log.stream(stream) !== undefined);
    await store.double!.restart();
    await expect(onItsWay).resolves.toMatchObject({ success: true });
    expect(await ended).toEqual([expect.objectContaining({ type: 'unknown', code: 13 })]);
  });
});

describe('a silent peer', () => {
  afterEach(() => store.double?.speak());

  itOnDouble(
    'lets an append by Append end at its deadline, which is stored when the peer speaks or never',
    async () => {
      const stream = newStream();
      await client.appendToStream(stream, said(1), BY_APPEND);
      store.double!.silence();
      await expect(
        client.appendToStream(stream, said(2), { deadline: 200, ...BY_APPEND }),
      ).rejects.toMatchObject({
        type: 'deadline-exceeded',
        code: 4,
      });
      store.double!.speak();
      await client.appendToStream(stream, said(3), BY_APPEND);
      expect([2, 3]).toContain((await idsIn(client, stream)).length);
    },
  );

  itOnDouble('never settles a batch append, a read or a subscription of a fresh client', async () => {
    store.double!.silence();
    const stream = newStream();
    const fresh = EventStoreDBClient.connectionString(store.url);
    const subscription = fresh.subscribeToAll();
    const told: string[] = [];
    for (const what of ['confirmation', 'error', 'end']) subscription.on(what, () => told.push(what));
    const [appended, read] = await Promise.all([
      within(700, fresh.appendToStream(stream, said(1), { deadline: 100 })),
      within(700, eventsOf(fresh.readStream(stream, { deadline: 100 }))),
    ]);
    expect([appended, read, told]).toEqual([NEVER, NEVER, []]);
    store.double!.speak();
    // A silence that ends is made up for: nothing was lost, and the append is stored late.
    await until(() => told.includes('confirmation'));
    await until(async () => (await idsIn(client, stream)).length === 1);
    await subscription.unsubscribe();
    await fresh.dispose();
  });

  itOnDouble('is found out by keepalive, where a connection was there before', async () => {
    const warned = jest.spyOn(console, 'warn').mockReturnValue();
    const quick = EventStoreDBClient.connectionString(
      `esdb://127.0.0.1:${store.double!.port}?tls=false&keepAliveInterval=300&keepAliveTimeout=300`,
    );
    await eventsOf(quick.readAll({ maxCount: 1 }));
    store.double!.silence();
    const refused = await within(5_000, eventsOf(quick.readAll({ maxCount: 1 })));
    expect(refused).toMatchObject({ type: 'unavailable', code: 14 });
    expect((refused as Error).message).toContain('Connection dropped');
    await quick.dispose();
    warned.mockRestore();
  });
});

describe('a server that is not the leader', () => {
  itOnDouble('sends a client that requires the leader there; its next call goes to the leader', async () => {
    const leader = await EventStoreDouble.start();
    store.double!.faults.leader = { host: '127.0.0.1', port: leader.port };
    const stream = newStream();
    const append = () => client.appendToStream(stream, said(1), { requiresLeader: true, ...BY_APPEND });

    await expect(append()).rejects.toMatchObject({
      type: 'not-leader',
      leader: { address: '127.0.0.1', port: leader.port },
    });
    await append();

    expect(leader.log.stream(stream)).toHaveLength(1);
    expect(store.double!.log.stream(stream)).toBeUndefined();
    await client.dispose();
    await leader.stop();
  });

  itOnDouble('says so to reads that require the leader, and reads for others itself', async () => {
    store.double!.faults.leader = { host: '127.0.0.1', port: store.double!.port };
    const read = (requiresLeader: boolean) => eventsOf(client.readAll({ maxCount: 1, requiresLeader }));
    expect(await read(false)).toHaveLength(1);
    await expect(read(true)).rejects.toMatchObject({ type: 'not-leader' });
  });

  itOnDouble('may say so of one append alone', async () => {
    const stream = newStream();
    store.double!.faults.nextAppends = ['not leader'];
    await expect(client.appendToStream(stream, said(1), BY_APPEND)).rejects.toMatchObject({
      type: 'not-leader',
    });
    await client.appendToStream(stream, said(1), BY_APPEND);
    expect(await idsIn(client, stream)).toHaveLength(1);
  });

  itOnDouble('names the leader to a client that discovers it', async () => {
    const leader = await EventStoreDouble.start();
    store.double!.faults.leader = { host: '127.0.0.1', port: leader.port };
    const stream = newStream();
    const discovering = EventStoreDBClient.connectionString(
      `esdb+discover://127.0.0.1:${store.double!.port}?tls=false`,
    );
    await discovering.appendToStream(stream, said(1), BY_APPEND);
    expect(leader.log.stream(stream)).toHaveLength(1);
    await discovering.dispose();
    await leader.stop();
  });
});

describe('the question for what the server can do', () => {
  const append = (options: object = {}) => client.appendToStream(newStream(), said(1), options);

  for (const code of [2, 4, 16]) {
    itOnDouble(
      `refused with code ${code} once poisons every batch append, but none with credentials`,
      async () => {
        store.double!.faults.nextFeatures = [code];
        for (let n = 0; n < 3; n++) await expect(append()).rejects.toMatchObject({ code });
        await expect(append(BY_APPEND)).resolves.toMatchObject({ success: true });
      },
    );
  }

  itOnDouble('refused with code 14 is asked again', async () => {
    store.double!.faults.nextFeatures = [14];
    await expect(append()).rejects.toMatchObject({ code: 14 });
    await expect(append()).resolves.toMatchObject({ success: true });
    expect(store.double!.openCalls['batch append']).toBeGreaterThan(0);
  });

  itOnDouble(
    'without an answer keeps batch appends waiting for ever, but none with credentials',
    async () => {
      store.double!.faults.featuresAreSilent = true;
      expect(await within(300, append({ deadline: 100 }))).toBe(NEVER);
      await expect(append(BY_APPEND)).resolves.toMatchObject({ success: true });
    },
  );

  for (const [how, fault] of [
    ['not listed', { listsBatchAppend: false }],
    ['unknown to the server', { nextFeatures: [12] }],
  ] as const) {
    itOnDouble(`leads to plain Append where batch appends are ${how}`, async () => {
      const before = store.double!.openCalls['batch append'];
      Object.assign(store.double!.faults, fault);
      await expect(append()).resolves.toMatchObject({ success: true });
      expect(store.double!.openCalls['batch append']).toBe(before);
    });
  }
});

describe('what a test sees of the double', () => {
  itOnDouble('are its connections and open calls, which end with their client', async () => {
    // A client that is disposed of keeps its connection.
    store.double!.cutConnections('destroy');
    await until(() => store.double!.connections === 0);
    await until(() => client.appendToStream(newStream(), said(1)).then(Boolean, () => false));
    const subscription = client.subscribeToAll({ fromPosition: END });
    await once(subscription, 'caughtUp');
    expect(store.double!.connections).toBe(1);
    expect(store.double!.openCalls).toEqual({ append: 0, 'batch append': 1, read: 0, subscription: 1 });
    store.double!.cutConnections('reset');
    await once(subscription, 'error').catch(() => undefined);
    await until(() => store.double!.connections === 0);
    await until(() => Object.values(store.double!.openCalls).every((count) => count === 0));
  });
});

describe('a batch append with an id that is no UUID', () => {
  const inAProcessOfItsOwn = async (url: string): Promise<string> => {
    const script = `
      const { EventStoreDBClient, jsonEvent } = require('@eventstore/db-client');
      process.on('uncaughtException', (error) => console.log(error.name));
      process.on('unhandledRejection', (error) => console.log(error.name));
      const client = EventStoreDBClient.connectionString(${JSON.stringify(url)});
      const append = (id) => client.appendToStream('s', jsonEvent({ id, type: 't', data: 1 }))
        .then(() => 'ok', (error) => error.message);
      (async () => {
        console.log(await append('not a UUID'));
        await new Promise((resolve) => setTimeout(resolve, 1_500));
        const id = 'd9428888-122b-4111-b85a-0305dbf98a4b';
        console.log(await Promise.race([append(id), new Promise((r) => setTimeout(r, 1_500, 'hangs'))]));
        process.exit();
      })();`;
    const child = spawn(process.execPath, ['--eval', script], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    child.stdout.on('data', (bytes: Buffer) => (printed += bytes.toString()));
    await once(child, 'close');
    return printed.trim().replaceAll('\n', ', ');
  };

  itOnDouble('is refused, and the client goes on', async () => {
    expect(await inAProcessOfItsOwn(store.url)).toBe('Could not recognize BadRequest, ok');
  });

  itOnDouble(
    'answered a second time makes the client throw inside, and every later append hang',
    async () => {
      Object.assign(store.double!.faults, { secondAnswerForBadIds: true, writeTimeoutMs: 100 });
      expect(await inAProcessOfItsOwn(store.url)).toBe('Could not recognize BadRequest, TypeError, hangs');
    },
  );
});

describe('the double in a process of its own', () => {
  it('prints its url, says what it is, serves, and ends on SIGTERM', async () => {
    const hook = join(ROOT, 'libs/embedded/src/testing/typescript-hook.cjs');
    const child = spawn(
      process.execPath,
      ['--require', hook, '--eval', `require(${JSON.stringify(join(__dirname, 'main.ts'))})`],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let warned = '';
    child.stderr.on('data', (bytes: Buffer) => (warned += bytes.toString()));
    const lines = createInterface(child.stdout);
    const [url] = (await once(lines, 'line')) as [string];
    expect(warned).toContain('for tests: it keeps nothing and is no database');

    const other = EventStoreDBClient.connectionString(url);
    const events = newEvents(2);
    const stream = newStream();
    await other.appendToStream(stream, events, BY_APPEND);
    expect(await idsIn(other, stream)).toHaveLength(2);
    await other.dispose();

    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([0, null]);
  });
});
