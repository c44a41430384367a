import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { inspect } from 'node:util';
import { NO_STREAM, START, StoreUnavailable } from '@ledger/event-sourcing';
import { newFacts, newStream } from '@ledger/event-sourcing/testing';
import { EventStoreDouble } from '../../../../test/doubles/eventstoredb';
import { itOnDouble } from '../../../../test/servers/eventstoredb';
import type { EventStoreDb } from '../event-store-db';
import { openEventStoreDb } from '../event-store-db';
import { OwnClient } from '../own-client';
import { DeadLine } from './testing/dead-line';
import { Follower } from './testing/follower';
import {
  closeAll,
  failureOf,
  FAST,
  idsOf,
  impatient,
  opened,
  proxied,
  settled,
  SETTLED_MS,
  until,
  largeFact,
  newPrefix,
  sharedServer,
} from './testing/steps';

const server = sharedServer();

const EACH_CALL: Readonly<Record<string, (store: EventStoreDb, stream: string) => Promise<unknown>>> = {
  append: (store, stream) => store.append(stream, NO_STREAM, newFacts(1)),
  read: (store, stream) => store.read(stream),
  head: (store) => store.head(),
  lastRecordedOn: (store) => store.lastRecordedOn(),
};
const CALLS = Object.entries(EACH_CALL);

describe('a server that cannot be reached', () => {
  it.each(CALLS)(
    'is told as unavailable, within the patience of %s, and found again',
    async (_name, call) => {
      const { proxy, url } = await proxied(server.url);
      await proxy.refuse();
      const store = impatient(url);
      const stream = newStream();
      const failure = await failureOf(call(store, stream));
      expect(failure).toBeInstanceOf(StoreUnavailable);
      await proxy.heal();
      expect(await settled(call(store, stream))).toHaveProperty('value');
    },
  );

  itOnDouble('behind several seeds, or where the cluster has to be found, is found again', async () => {
    const double = await EventStoreDouble.start();
    const { port } = double;
    await double.stop({ abruptly: true });
    const options = `tls=false&maxDiscoverAttempts=3&discoveryInterval=50`;
    const stores = [
      impatient(`esdb+discover://127.0.0.1:${port}?${options}`),
      impatient(`esdb://127.0.0.1:1,127.0.0.1:${port}?${options}`),
    ];
    try {
      for (const store of stores) {
        for (const [, call] of CALLS)
          expect(await failureOf(call(store, newStream()))).toBeInstanceOf(StoreUnavailable);
      }
      await double.restart();
      for (const store of stores) {
        for (const [, call] of CALLS) expect(await settled(call(store, newStream()))).toHaveProperty('value');
      }
    } finally {
      await closeAll();
      await double.stop({ abruptly: true });
    }
  });
});

describe('a peer that is silent', () => {
  for (const warm of [true, false]) {
    const which = warm ? 'on a warm connection' : 'on a fresh connection';
    itOnDouble.each(Object.keys(EACH_CALL))(
      `${which} ends the patience of %s, which works again when it speaks`,
      async (name) => {
        const call = EACH_CALL[name]!;
        const store = impatient(server.url);
        if (warm) await store.append(newStream(), NO_STREAM, newFacts(1));
        const stream = newStream();
        server.double!.silence();
        const silent = await settled(call(store, stream));
        expect(silent).toMatchObject({ error: { name: 'StoreUnavailable' } });
        server.double!.speak();
        expect(await settled(call(store, newStream()))).toHaveProperty('value');
      },
    );
  }

  itOnDouble('holds up a follower, fresh or warm, which goes on when it speaks again', async () => {
    const store = impatient(server.url);
    const stream = newStream();
    const facts = newFacts(3);
    const after = await store.head();
    const warm = new Follower(store, { after });
    await until(() => server.double!.openCalls.subscription === 1);
    server.double!.silence();
    const fresh = new Follower(impatient(server.url), { after });
    await pause(FAST.attemptMs * 2);
    server.double!.speak();
    await settled(opened(server.url).append(stream, NO_STREAM, facts));
    for (const follower of [warm, fresh]) {
      await until(() => follower.facts.length >= 3);
      expect(follower.ids.slice(0, 3)).toEqual(idsOf(facts));
      expect(await follower.stop()).toBeUndefined();
    }
  });

  itOnDouble('is not met with ever more connections', async () => {
    const store = impatient(server.url);
    await store.append(newStream(), NO_STREAM, newFacts(1));
    server.double!.silence();
    const most = { connections: 0 };
    const look = setInterval(
      () => (most.connections = Math.max(most.connections, server.double!.connections)),
      20,
    );
    for (let time = 0; time < 3; time++) await settled(store.read(newStream()));
    clearInterval(look);
    server.double!.speak();
    await until(() => server.double!.connections <= 1);
    expect(await settled(store.read(newStream()))).toHaveProperty('value');
  });

  it('in a black hole ends the patience of each call, and is found again when the network is mended', async () => {
    const { proxy, url } = await proxied(server.url);
    const store = impatient(url);
    await store.append(newStream(), NO_STREAM, newFacts(1));
    proxy.blackHole();
    const stream = newStream();
    const ends = await Promise.all(CALLS.map(([, call]) => settled(call(store, stream))));
    for (const end of ends) expect(end).toMatchObject({ error: { name: 'StoreUnavailable' } });
    await proxy.heal();
    for (const [, call] of CALLS) expect(await settled(call(store, newStream()))).toHaveProperty('value');
  });
});

describe('a line that has died without a word', () => {
  itOnDouble.each(Object.keys(EACH_CALL))('is left for a new one within the patience of %s', async (name) => {
    const line = await DeadLine.to(server.double!.port);
    try {
      const store = impatient(line.url);
      const stream = newStream();
      await store.append(newStream(), NO_STREAM, newFacts(1));
      line.die();
      // Also where another store of the process would keep the old connection up.
      expect(await settled(EACH_CALL[name]!(store, stream))).toHaveProperty('value');
      await until(() => line.connections === 1);
    } finally {
      await closeAll();
      await line.close();
    }
  });

  itOnDouble('is left for a new one although another store of the process still holds it', async () => {
    const line = await DeadLine.to(server.double!.port);
    try {
      const [one, other] = [impatient(line.url), impatient(line.url)];
      const stream = newStream();
      await one.append(stream, NO_STREAM, newFacts(1));
      await other.read(stream);
      expect(line.connections).toBe(2);
      line.die();
      expect(await settled(one.read(stream))).toMatchObject({ value: { length: 1 } });
    } finally {
      await closeAll();
      await line.close();
    }
  });

  itOnDouble('under a follower is found by the keep-alive, and the follower goes on', async () => {
    jest.spyOn(console, 'warn').mockReturnValue();
    const line = await DeadLine.to(server.double!.port);
    try {
      const store = opened(`${line.url}&keepAliveInterval=500&keepAliveTimeout=300`);
      const after = await store.head();
      const follower = new Follower(store, { after });
      await until(() => server.double!.openCalls.subscription === 1);
      line.die();
      const facts = newFacts(3);
      await opened(server.url).append(newStream(), NO_STREAM, facts);
      await until(() => follower.facts.length === 3);
      expect(follower.ids).toEqual(idsOf(facts));
      await follower.stop();
    } finally {
      await closeAll();
      await line.close();
    }
  });
});

describe('a call that begins while its connection is closed', () => {
  it('fails in order: nothing is thrown where nobody can catch it', async () => {
    for (let turns = 0; turns < 8; turns++) {
      const own = new OwnClient(`${server.url}&connectionName=gap`);
      const read = async () => {
        for await (const event of own.client.readStream('none')) expect(event).toBeDefined();
      };
      await read().catch(() => undefined);
      const options = { credentials: { username: 'a', password: 'b' }, deadline: 300 };
      const event = {
        contentType: 'application/json',
        id: crypto.randomUUID(),
        type: 't',
        data: {},
      } as never;
      const append = own.client.appendToStream(newStream(), event, options);
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      void own.release();
      expect(await settled(append, 2_000)).toBeDefined();
    }
  });
});

describe('a restart of the server', () => {
  itOnDouble('on the same port is survived by writer, reader and follower', async () => {
    const store = opened(server.url);
    const after = await store.head();
    const follower = new Follower(store, { after });
    const [stream, facts] = [newStream(), newFacts(6)];
    for (let revision = 0; revision < 6; revision++) {
      const append = store.append(stream, revision - 1, facts.slice(revision, revision + 1));
      await server.double!.restart({ abruptly: revision % 2 === 0 });
      await append;
    }
    expect(idsOf(await store.read(stream))).toEqual(idsOf(facts));
    await until(() => follower.facts.length === 6);
    expect(follower.ids).toEqual(idsOf(facts));
    await follower.stop();
  });
});

describe('after close()', () => {
  it('the process ends by itself, at once', async () => {
    const child = spawn(process.execPath, [join(__dirname, 'testing', 'child.cjs'), server.url]);
    try {
      let [said, closedAt] = ['', 0];
      child.stdout.on('data', (bytes) => {
        said += String(bytes);
        if (said.includes('closed')) closedAt = performance.now();
      });
      child.stderr.on('data', (bytes) => (said += String(bytes)));
      const [code] = (await once(child, 'exit', { signal: AbortSignal.timeout(20_000) })) as [number];
      expect({ code, said }).toEqual({ code: 0, said: 'closed\n' });
      expect(performance.now() - closedAt).toBeLessThan(800);
    } finally {
      child.kill('SIGKILL');
    }
  });

  itOnDouble('the server is left: by every call and by the connection', async () => {
    const double = await EventStoreDouble.start();
    const store = openEventStoreDb(double.url, { streams: ['household-'] });
    await store.append(newStream(), NO_STREAM, newFacts(3));
    await store.head();
    const follower = new Follower(store);
    await until(() => follower.facts.length === 3);
    expect(double.connections).toBe(1);
    await store.close();
    expect(await follower.ended).toBeUndefined();
    await until(() => double.connections === 0, 1_000);
    expect(double.openCalls).toEqual({ append: 0, 'batch append': 0, read: 0, subscription: 0 });
    await double.stop({ abruptly: true });
  });

  itOnDouble('also of a silent server, in about a second', async () => {
    const store = opened(server.url, { timing: { attemptMs: 20_000, patienceMs: 20_000 } });
    await store.append(newStream(), NO_STREAM, newFacts(1));
    const follower = new Follower(store);
    await until(() => follower.facts.length > 0);
    server.double!.silence();
    const read = failureOf(store.read(newStream()));
    await pause(20);
    expect((await settled(store.close())).ms).toBeLessThan(1_500);
    expect((await settled(follower.ended)).ms).toBeLessThan(100);
    expect(await read).toBeInstanceOf(StoreUnavailable);
  });

  it('also under a follower that takes nothing while much is on its way, in about a second', async () => {
    const prefix = newPrefix();
    const store = opened(server.url, { streams: [prefix] });
    const after = await store.head();
    for (let n = 0; n < 8; n++) await store.append(`${prefix}${n}`, NO_STREAM, [largeFact(900_000)]);
    for (let n = 0; n < 3; n++) await store.append(`${prefix}many${n}`, NO_STREAM, newFacts(1_000));
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const follower = new Follower(store, { after, maxFacts: 1, take: () => held });
    await until(() => follower.facts.length === 1);
    await pause(200);
    expect((await settled(store.close())).ms).toBeLessThan(1_500);
    goOn();
    expect(await follower.ended).toBeUndefined();
  });

  it('every call is unavailable, a follower ends, and closing again does nothing', async () => {
    const store = opened(server.url);
    await store.close();
    await store.close();
    for (const [, call] of CALLS)
      expect(await failureOf(call(store, newStream()), 100)).toBeInstanceOf(StoreUnavailable);
    const signal = new AbortController().signal;
    for await (const page of store.follow({ after: START, maxFacts: 1, signal }))
      expect(page).toBeUndefined();
  });

  it('there is nothing to close where nothing was called', async () => {
    const store = openEventStoreDb(server.url, { streams: ['household-'] });
    expect((await settled(store.close())).ms).toBeLessThan(SETTLED_MS / 10);
  });
});

describe('a password', () => {
  it.each([
    'esdb://ops:secret@localhost:port',
    'esdb://ops:secret@localhost?keepAlive=1',
    'esdb://ops:secret@localhost?tls=perhaps',
    'esdb://ops:secret@localhost?tlsCAFile=/nowhere/ca.pem',
    'esdb://ops:secret@localhost?tlsVerifyCert=false',
    'esdb://ops:secret@localhost?nodePreference=nobody',
  ])('is neither thrown nor written to the console: %s', (url) => {
    const written = [
      jest.spyOn(console, 'warn').mockReturnValue(),
      jest.spyOn(console, 'error').mockReturnValue(),
    ];
    let failure: unknown;
    try {
      openEventStoreDb(url, { streams: ['household-'] });
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(RangeError);
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain('secret');
    for (const console of written) expect(console).not.toHaveBeenCalled();
  });
});
