import { setTimeout as pause } from 'node:timers/promises';
import { binaryEvent, EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import type { Position } from '@ledger/event-sourcing';
import { NO_STREAM, START, StoreRefused } from '@ledger/event-sourcing';
import { newFacts } from '@ledger/event-sourcing/testing';
import { EventStoreDouble } from '../../../../test/doubles/eventstoredb';
import { itOnDouble } from '../../../../test/servers/eventstoredb';
import { Follower } from './testing/follower';
import {
  closeAll,
  idsOf,
  largeFact,
  newPrefix,
  opened,
  proxied,
  rawClient,
  settled,
  strangers,
  until,
  writeRaw,
  sharedServer,
} from './testing/steps';

const server = sharedServer();
let ours: string;
beforeEach(() => {
  ours = newPrefix();
});

const openedOurs = (options: Parameters<typeof opened>[1] = {}, url = server.url) =>
  opened(url, { streams: [ours], ...options });

describe('a subscription that never comes back by itself', () => {
  async function losesNothingWhen(happens: () => Promise<void> | void, url = server.url): Promise<void> {
    const drops: (string | undefined)[] = [];
    const store = openedOurs({ onDrop: (why) => drops.push(why?.message) }, url);
    const writer = openedOurs();
    const before = newFacts(20);
    const after = newFacts(20);
    await writer.append(`${ours}a`, NO_STREAM, before);
    const follower = new Follower(store, { maxFacts: 7 });
    await until(() => follower.facts.length === 20);
    await happens();
    await until(() => drops.length > 0);
    await until(() =>
      writer.append(`${ours}b`, NO_STREAM, after).then(
        () => true,
        () => false,
      ),
    );
    await until(() => follower.facts.length >= 40);
    await pause(50);
    expect(follower.ids).toEqual(idsOf([...before, ...after]));
    expect(await follower.stop()).toBeUndefined();
  }

  itOnDouble('(it ended without an error) is begun again where the last page ended', () =>
    losesNothingWhen(() => server.double!.endSubscriptions()),
  );
  itOnDouble('(it was reset) is begun again where the last page ended', () =>
    losesNothingWhen(() => server.double!.resetSubscriptions()),
  );
  itOnDouble('(the server was restarted) is begun again where the last page ended', () =>
    losesNothingWhen(() => server.double!.restart()),
  );
  itOnDouble('(the server was killed) is begun again where the last page ended', () =>
    losesNothingWhen(() => server.double!.restart({ abruptly: true })),
  );
  it.each(['reset', 'destroy'] as const)('(the connection broke: %s) is begun again', async (how) => {
    const { proxy, url } = await proxied(server.url);
    await losesNothingWhen(() => proxy.cut(how), url);
  });
  it('(nobody listened for a while) is begun again, without giving up', async () => {
    const { proxy, url } = await proxied(server.url);
    await losesNothingWhen(async () => {
      await proxy.refuse();
      setTimeout(() => void proxy.heal(), 800);
    }, url);
  });

  it('is ended at once by its signal also while it waits to begin again', async () => {
    const { proxy, url } = await proxied(server.url);
    let dropped = 0;
    const follower = new Follower(openedOurs({ onDrop: () => dropped++ }, url));
    await openedOurs().append(`${ours}a`, NO_STREAM, newFacts(1));
    await until(() => follower.facts.length === 1);
    await proxy.refuse();
    await until(() => dropped > 0);
    for (const wait of [0, 30, 300]) {
      await pause(wait);
      const another = new Follower(openedOurs({}, url), { after: follower.pages.at(-1)!.position });
      await pause(wait);
      expect((await settled(another.stop())).ms).toBeLessThan(100);
    }
    expect((await settled(follower.stop())).ms).toBeLessThan(100);
  });

  itOnDouble(
    'is ended at once by its signal also while a silent server is asked for the end of the log',
    async () => {
      const store = openedOurs({ timing: { attemptMs: 2_000, patienceMs: 4_000 } });
      const { position } = await store.append(`${ours}a`, NO_STREAM, newFacts(1));
      server.double!.silence();
      const follower = new Follower(store, { after: position });
      await pause(50);
      expect((await settled(follower.stop())).ms).toBeLessThan(100);
      server.double!.speak();
    },
  );
});

describe('whoever takes slowly', () => {
  itOnDouble('holds the server back: what waits in between is bounded', async () => {
    const double = server.double!;
    const store = openedOurs();
    const facts = newFacts(6_000).map((fact) => ({ ...fact, data: { text: 'x'.repeat(600) } }));
    for (let n = 0; n < 6; n++)
      await store.append(`${ours}${n}`, NO_STREAM, facts.slice(n * 1_000, (n + 1) * 1_000));
    const sent = double.messagesSent;
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const follower = new Follower(openedOurs(), { maxFacts: 10, take: () => held });
    await until(() => follower.pages.length === 1);
    await pause(500);
    expect(double.messagesSent - sent).toBeLessThan(3_000);

    goOn();
    await until(() => follower.facts.length === 6_000);
    expect(follower.ids).toEqual(idsOf(facts));
    await follower.stop();
  });

  it('gets large pages: 16 in the buffer would starve every transaction', async () => {
    const store = openedOurs();
    for (let n = 0; n < 4; n++) await store.append(`${ours}${n}`, NO_STREAM, newFacts(500));
    const follower: Follower = new Follower(store, {
      maxFacts: 500,
      take: () => pause(follower.facts.length === 0 ? 0 : 300),
    });
    await until(() => follower.facts.length === 2_000);
    await follower.stop();
    const sizes = follower.pages.map(({ facts }) => facts.length).filter((size) => size > 0);
    expect(sizes.slice(1, -1).every((size) => size > 250)).toBe(true);
  });

  it('gets a lone fact at once: no timer fills a page', async () => {
    const store = openedOurs();
    await store.append(`${ours}a`, NO_STREAM, newFacts(1));
    const follower = new Follower(store, { maxFacts: 500 });
    await until(() => follower.facts.length === 1);
    for (let revision = 0; revision < 5; revision++) {
      const from = performance.now();
      await store.append(`${ours}a`, revision, newFacts(1));
      await until(() => follower.facts.length === revision + 2);
      expect(performance.now() - from).toBeLessThan(300);
    }
    await follower.stop();
  });
});

describe('a follower that leaves', () => {
  const open = () => server.double!.openCalls.subscription;

  itOnDouble('by break, frees the server', async () => {
    const store = openedOurs();
    await store.append(`${ours}a`, NO_STREAM, newFacts(50));
    for await (const page of store.follow({
      after: START,
      maxFacts: 5,
      signal: new AbortController().signal,
    })) {
      if (page.facts.length === 0) continue;
      expect(page.facts.length).toBeLessThanOrEqual(5);
      break;
    }
    await until(() => open() === 0);
  });

  itOnDouble('by its signal, frees the server', async () => {
    const store = openedOurs();
    const follower = new Follower(store);
    await until(() => open() === 1);
    await follower.stop();
    await until(() => open() === 0);
  });

  itOnDouble('by an error in what it does with a page, frees the server', async () => {
    const store = openedOurs();
    await store.append(`${ours}a`, NO_STREAM, newFacts(5));
    const mistake = new Error('a transaction failed');
    const follower = new Follower(store, { take: () => Promise.reject(mistake) });
    expect(await follower.ended).toBe(mistake);
    await until(() => open() === 0);
  });

  itOnDouble('while the server still has much to send, frees the server', async () => {
    const store = openedOurs();
    for (let n = 0; n < 20; n++) await store.append(`${ours}${n}`, NO_STREAM, [largeFact(900_000)]);
    for await (const page of store.follow({
      after: START,
      maxFacts: 1,
      signal: new AbortController().signal,
    })) {
      if (page.facts.length === 0) continue;
      expect(page.facts).toHaveLength(1);
      break;
    }
    await until(() => open() === 0);
  });

  itOnDouble('and comes back a hundred times, leaves nothing behind', async () => {
    const store = openedOurs();
    await store.append(`${ours}a`, NO_STREAM, newFacts(5));
    const stop = new AbortController();
    const added = jest.spyOn(stop.signal, 'addEventListener');
    const removed = jest.spyOn(stop.signal, 'removeEventListener');
    for (let time = 0; time < 100; time++) {
      for await (const page of store.follow({ after: START, maxFacts: 5, signal: stop.signal })) {
        if (page.facts.length > 0) break;
      }
    }
    await until(() => open() === 0);
    expect(server.double!.openCalls.read).toBe(0);
    expect(added.mock.calls.length).toBe(removed.mock.calls.length);
  });
});

describe('a place in the log', () => {
  it('is behind its fact for a follower, and before it for a reader', async () => {
    const store = openedOurs();
    const { facts } = await store.append(`${ours}a`, NO_STREAM, newFacts(5));
    for (const [index, fact] of facts.entries()) {
      expect(idsOf(await store.read(`${ours}a`, index))).toEqual(idsOf(facts.slice(index)));
      if (index === 4) continue;
      const follower = new Follower(store, { after: fact.position });
      await until(() => follower.facts.length >= 4 - index);
      expect(follower.ids).toEqual(idsOf(facts.slice(index + 1)));
      await follower.stop();
    }
  });

  it('keeps commit and prepare: with one half alone a fact can be skipped', async () => {
    const store = openedOurs();
    const { position, facts } = await store.append(`${ours}a`, NO_STREAM, newFacts(2));
    expect(position).toMatch(/^\d{20}:\d{20}$/);
    const client = rawClient(server.url);
    for await (const { event } of client.readStream(`${ours}a`)) {
      const { commit, prepare } = event!.position!;
      const halves = facts[Number(event!.revision)]!.position.split(':').map(BigInt);
      expect(halves).toEqual([commit, prepare]);
    }
  });

  it('that lies beyond the end is refused: the server would be silent for ever', async () => {
    const store = openedOurs();
    const { position } = await store.append(`${ours}a`, NO_STREAM, newFacts(1));
    const [commit = ''] = position.split(':');
    const beyond = String(BigInt(commit) + 10_000_000n).padStart(20, '0');
    const follower = new Follower(store, { after: `${beyond}:${beyond}` as Position });
    expect((await settled(follower.ended)) as object).toMatchObject({ value: { name: 'StoreRefused' } });
  });

  it('between two events is refused, and not asked for again for ever', async () => {
    const store = openedOurs();
    await store.append(`${ours}a`, NO_STREAM, newFacts(1));
    const { facts } = await store.append(`${ours}a`, 0, newFacts(1));
    await store.append(`${ours}a`, 1, newFacts(1));
    const between = String(BigInt(facts[0]!.position.split(':')[0]!) + 7n).padStart(20, '0');
    const follower = new Follower(store, { after: `${between}:${between}` as Position });
    expect((await settled(follower.ended)) as object).toMatchObject({ value: { name: 'StoreRefused' } });
  });

  itOnDouble('is refused when a shorter log was put back, while somebody follows', async () => {
    const first = await EventStoreDouble.start();
    const store = openedOurs({}, first.url);
    await store.append(`${ours}a`, NO_STREAM, newFacts(50));
    const follower = new Follower(store);
    await until(() => follower.facts.length === 50);
    await first.stop({ abruptly: true });
    const second = await EventStoreDouble.start({ port: first.port });
    try {
      await openedOurs({}, second.url).append(`${ours}a`, NO_STREAM, newFacts(3));
      const refused = await settled(follower.ended);
      expect(refused).toMatchObject({ value: expect.any(StoreRefused) });
      expect((refused as { value: Error }).value.message).toMatch(/backup/);
      expect(follower.facts).toHaveLength(50);
    } finally {
      await closeAll();
      await second.stop({ abruptly: true });
    }
  });

  it('of another kind of log is refused', async () => {
    const follower = new Follower(openedOurs(), { after: '42' as Position });
    expect(await follower.ended).toBeInstanceOf(RangeError);
    expect(await new Follower(openedOurs(), { maxFacts: 0 }).ended).toBeInstanceOf(RangeError);
  });
});

describe('among streams of others', () => {
  itOnDouble('a follower is sent its own alone: the filter is the server’s', async () => {
    const [store, client] = [openedOurs(), rawClient(server.url)];
    for (let n = 0; n < 5; n++) await writeRaw(client, newPrefix(), strangers(500));
    const sent = server.double!.messagesSent;
    await store.append(`${ours}a`, NO_STREAM, newFacts(3));
    const follower = new Follower(store);
    await until(() => follower.facts.length === 3);
    await follower.stop();
    expect(server.double!.messagesSent - sent).toBeLessThan(100);
  });

  it('one whose name begins like ours is left out', async () => {
    const store = opened(server.url, { streams: [`${ours}units`, `${ours}household-`] });
    const client = rawClient(server.url);
    await writeRaw(client, `${ours}unitsX`, strangers(3));
    await writeRaw(client, `${ours}units-old`, strangers(3));
    await writeRaw(client, `${ours}household`, strangers(3));
    const facts = newFacts(2);
    await store.append(`${ours}units`, NO_STREAM, facts.slice(0, 1));
    await store.append(`${ours}household-1`, NO_STREAM, facts.slice(1));
    await writeRaw(client, `${ours}unitsX`, strangers(3));
    const follower = new Follower(store);
    await until(() => follower.facts.length >= 2);
    await pause(50);
    await follower.stop();
    expect(follower.ids).toEqual(idsOf(facts));
    expect(await store.head()).toBe(follower.facts.at(-1)?.position);
  });

  it('places are told also where nothing is ours, each within the log', async () => {
    const [store, client] = [openedOurs(), rawClient(server.url)];
    const { position } = await store.append(`${ours}a`, NO_STREAM, newFacts(1));
    for (let n = 0; n < 6; n++) await writeRaw(client, newPrefix(), strangers(2_000));
    const follower = new Follower(store, { after: position });
    await until(() => follower.pages.length > 0);
    await pause(100);
    await follower.stop();
    const places = follower.pages.map((page) => page.position);
    expect(follower.facts).toEqual([]);
    expect(places).toEqual([...places].sort());
    for (const after of places) {
      const again = new Follower(store, { after });
      await pause(20);
      expect(await again.stop()).toBeUndefined();
      expect(again.facts).toEqual([]);
    }
  });
});

describe('an event that is no fact', () => {
  it('is handed over as undecodable, and later facts go on', async () => {
    const [store, client] = [openedOurs(), rawClient(server.url)];
    await writeRaw(client, `${ours}a`, [
      jsonEvent({ type: 'Text', data: 'text' as never }),
      jsonEvent({ type: 'NoMetadata', data: { n: 1 } }),
      binaryEvent({ type: 'Bytes', data: Buffer.from('bytes') }),
    ]);
    const facts = newFacts(2);
    await store.append(`${ours}a`, 2, facts);
    const follower = new Follower(store);
    await until(() => follower.facts.length === 5);
    await follower.stop();
    expect(follower.facts.map(({ undecodable }) => undecodable !== undefined)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(await store.read(`${ours}a`)).toEqual(follower.facts);
  });

  itOnDouble('because its JSON is malformed, is handed over as undecodable', async () => {
    const { log } = server.double!;
    const contentType = 'application/json';
    const metadata = Buffer.from('{oops');
    const id = '11111111-1111-4111-8111-111111111111';
    log.append(`${ours}a`, 'any', [
      { id, type: 'Broken', contentType, data: Buffer.from('{"n":'), metadata },
    ]);
    const store = openedOurs();
    await store.append(`${ours}a`, 0, newFacts(1));
    const follower = new Follower(store);
    await until(() => follower.facts.length === 2);
    await follower.stop();
    expect(follower.facts[0]).toMatchObject({ id, revision: 0, data: {}, undecodable: expect.any(String) });
    expect(follower.facts[1]?.undecodable).toBeUndefined();
  });
});

describe('the client', () => {
  it('is alone in the process: its successor writes the same global', () => {
    expect(() => require.resolve('@kurrent/kurrentdb-client')).toThrow();
  });

  it('buffers what it is told to, and is told', async () => {
    const subscribe = jest.spyOn(EventStoreDBClient.prototype, 'subscribeToAll');
    const follower = new Follower(openedOurs());
    await until(() => subscribe.mock.calls.length > 0);
    await follower.stop();
    expect(subscribe.mock.calls[0]?.[1]).toEqual({ highWaterMark: 512 });
    subscribe.mockRestore();
  });

  itOnDouble('may hear of a fact before its append is acknowledged', async () => {
    server.double!.faults.acknowledgeAfterMs = 200;
    const store = openedOurs();
    const follower = new Follower(store);
    await until(() => server.double!.openCalls.subscription === 1);
    let acknowledged: Position | undefined;
    const [fact] = newFacts(1);
    const answer = store.append(`${ours}a`, NO_STREAM, [fact!]).then((it) => (acknowledged = it.position));
    await until(() => follower.facts.length === 1);
    expect(acknowledged).toBeUndefined();
    expect(follower.facts[0]?.position).toBe(await answer);
    await follower.stop();
  });
});
