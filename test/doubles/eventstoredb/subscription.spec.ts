import { setTimeout as pause } from 'node:timers/promises';
import type { ReadableOptions } from 'node:stream';
import type { AllStreamSubscription, Position, SubscribeToAllOptions } from '@eventstore/db-client';
import { END, EventStoreDBClient, START, STREAM_NAME, EVENT_TYPE } from '@eventstore/db-client';
import { itOnDouble, ON_DOUBLE } from '../../servers/eventstoredb';
import type { EventStoreForTests } from '../../servers/eventstoredb';
import {
  loggedEvent,
  BY_APPEND,
  headOf,
  idsOf,
  newEvents,
  newStream,
  onEventStore,
  said,
  until,
} from './cases';

let store: EventStoreForTests;
let client: EventStoreDBClient;
onEventStore((given) => ({ store, client } = given));

/** What came by a subscription, and how it ended. */
class Follower {
  readonly ids: string[] = [];
  readonly checkpoints: { readonly position: Position; readonly delivered: number }[] = [];
  readonly told: string[] = [];
  error: { type?: string; code?: number; message: string } | undefined;
  readonly subscription: AllStreamSubscription;

  constructor(
    { filter, ...options }: SubscribeToAllOptions,
    of: EventStoreDBClient = client,
    readonly open: Set<Follower> = following,
  ) {
    open.add(this);
    const checkpointReached = async (_subscription: unknown, position: Position) =>
      void this.checkpoints.push({ position, delivered: this.ids.length });
    this.subscription = of.subscribeToAll(
      { ...options, ...(filter && { filter: { ...filter, checkpointReached } as typeof filter }) },
      // Checkpoints run ahead of whoever takes events from a buffer.
      { readableHighWaterMark: 0 } as ReadableOptions,
    );
    for (const what of ['confirmation', 'caughtUp', 'end', 'close'] as const) {
      this.subscription.on(what, () => this.told.push(what));
    }
    this.subscription.on('error', (error: Error) => (this.error = error));
    this.subscription.on('data', ({ event }) => event && this.ids.push(event.id));
  }

  get isCaughtUp(): boolean {
    return this.told.includes('caughtUp');
  }
}

const following = new Set<Follower>();

afterEach(async () => {
  store.double?.faults.clear();
  for (const { subscription } of following) await subscription.unsubscribe();
  following.clear();
});

type Filter = NonNullable<SubscribeToAllOptions['filter']>;

const prefixed = (prefix: string, more: Partial<Filter> = {}): Filter => ({
  filterOn: STREAM_NAME,
  prefixes: [prefix],
  checkpointInterval: 1,
  ...more,
});

const write = async (stream: string, events: ReturnType<typeof newEvents>) =>
  (await client.appendToStream(stream, events, BY_APPEND)).position!;

describe('a subscription to all', () => {
  it('confirms, delivers what was there, says that it has caught up, and delivers what comes', async () => {
    const prefix = newStream('mine');
    const before = newEvents(40);
    await write(`${prefix}-a`, before);
    await write(newStream('other'), newEvents(5));
    const follower = new Follower({ fromPosition: START, filter: prefixed(prefix) });
    await until(() => follower.isCaughtUp);
    expect(follower.told).toEqual(['confirmation', 'caughtUp']);
    expect(follower.ids).toEqual(idsOf(before));

    const after = newEvents(3);
    await write(`${prefix}-b`, after);
    await until(() => follower.ids.length === 43);
    expect(follower.ids).toEqual(idsOf([...before, ...after]));
  });

  it('begins behind its position: with a filter and without', async () => {
    const prefix = newStream('mine');
    const events = newEvents(4);
    const first = await write(prefix, events.slice(0, 1));
    await write(prefix, events.slice(1));
    for (const filter of [undefined, prefixed(prefix)]) {
      const follower = new Follower({ fromPosition: first, ...(filter && { filter }) });
      await until(() => follower.ids.length >= 3);
      expect(follower.ids.slice(0, 3)).toEqual(idsOf(events.slice(1)));
    }
  });

  it('from the end delivers only what comes', async () => {
    const prefix = newStream('mine');
    await write(prefix, newEvents(3));
    const follower = new Follower({ fromPosition: END, filter: prefixed(prefix) });
    await until(() => follower.isCaughtUp);
    const live = newEvents(2);
    await write(prefix, live);
    await until(() => follower.ids.length === 2);
    expect(follower.ids).toEqual(idsOf(live));
  });

  it('is filtered by several prefixes, by a regular expression, by type', async () => {
    const [one, two, three] = [newStream('mine'), newStream('mine'), newStream('mine')];
    const from = await headOf(client);
    const events = newEvents(3);
    await write(one, [events[0]!]);
    await write(two, [events[1]!]);
    await write(three, [events[2]!]);
    const type = newStream('type');
    const typed = { ...said(9), type };
    await client.appendToStream(three, typed, BY_APPEND);
    const cases = [
      [{ filterOn: STREAM_NAME, prefixes: [one, two], checkpointInterval: 1 }, idsOf(events.slice(0, 2))],
      [
        { filterOn: STREAM_NAME, regex: `^(${two}|${three})$`, checkpointInterval: 1 },
        [events[1]!.id, events[2]!.id, typed.id],
      ],
      [{ filterOn: EVENT_TYPE, prefixes: [type], checkpointInterval: 1 }, [typed.id]],
    ] as const;
    for (const [filter, expected] of cases) {
      const follower = new Follower({ fromPosition: from, filter: filter as never });
      await until(() => follower.isCaughtUp);
      expect(follower.ids).toEqual(expected);
    }
  });

  it('with a bad regular expression is refused', async () => {
    const follower = new Follower({
      filter: { filterOn: STREAM_NAME, regex: '(', checkpointInterval: 1 } as never,
    });
    await until(() => follower.error !== undefined);
    expect(follower.error).toMatchObject({ type: 'unknown', code: 2 });
    expect(follower.error?.message).toContain('Exception was thrown by handler.');
  });

  it('cannot begin between two events', async () => {
    const { commit } = await write(newStream(), newEvents(2));
    const between = commit - 1n;
    const follower = new Follower({ fromPosition: { commit: between, prepare: between } });
    await until(() => follower.error !== undefined);
    expect(follower.told).toContain('confirmation');
    expect(follower.error).toMatchObject({ type: 'unknown', code: 3 });
    expect(follower.error?.message).toContain('Trying to read from an invalid position.');
  });

  it('beyond the end says that it has caught up, and is silent whatever comes', async () => {
    const beyond = { commit: 2n ** 62n, prepare: 2n ** 62n };
    const follower = new Follower({ fromPosition: beyond });
    await until(() => follower.isCaughtUp);
    await write(newStream(), newEvents(50));
    await pause(150);
    expect(follower.ids).toEqual([]);
    expect(follower.error).toBeUndefined();
  });

  it('to one stream begins behind its revision, and may wait for a stream that is missing', async () => {
    const stream = newStream();
    const ids: string[] = [];
    const subscription = client.subscribeToStream(stream, { fromRevision: 1n });
    subscription.on('data', ({ event }) => event && ids.push(event.id));
    const events = newEvents(5);
    await write(stream, events);
    await until(() => ids.length === 3);
    expect(ids).toEqual(idsOf(events.slice(2)));
    await subscription.unsubscribe();
  });
});

describe('checkpoints of a subscription', () => {
  // Others write to a shared server: there at least as many come.
  const exactly = (found: number, expected: number) =>
    ON_DOUBLE ? expect(found).toBe(expected) : expect(found).toBeGreaterThanOrEqual(expected);

  it('come once for each window times interval of events looked at, while it catches up', async () => {
    const from = await write(newStream('other'), newEvents(1));
    await write(newStream('other'), newEvents(220));
    const filter = prefixed(newStream('nobody'), { maxSearchWindow: 10, checkpointInterval: 5 });
    const follower = new Follower({ fromPosition: from, filter });
    await until(() => follower.isCaughtUp);
    exactly(follower.checkpoints.length, 4);
  });

  it('come after 32 events looked at where no window is named', async () => {
    const from = await write(newStream('other'), newEvents(1));
    await write(newStream('other'), newEvents(100));
    const follower = new Follower({ fromPosition: from, filter: prefixed(newStream('nobody')) });
    await until(() => follower.isCaughtUp);
    exactly(follower.checkpoints.length, 3);
  });

  it('come once for each window times interval of live events, matching or not', async () => {
    const filter = prefixed(newStream('nobody'), { maxSearchWindow: 10, checkpointInterval: 2 });
    const follower = new Follower({ fromPosition: END, filter });
    await until(() => follower.isCaughtUp);
    for (let n = 0; n < 45; n++) await write(newStream('other'), [said(n)]);
    await until(() => follower.checkpoints.length >= 2);
    await pause(50);
    exactly(follower.checkpoints.length, 2);
    // A live one is the place of an event; among many other writers the reader may have had to catch up.
    const ofEvents = follower.checkpoints.filter(({ position }) => position.commit === position.prepare);
    if (ON_DOUBLE) expect(ofEvents).toHaveLength(2);
  });

  it('name no prepare behind a page without a match, and an event behind one with a match', async () => {
    const prefix = newStream('mine');
    const from = await write(newStream('other'), newEvents(1));
    await write(newStream('other'), newEvents(64));
    const match = await write(prefix, newEvents(1));
    await write(newStream('other'), newEvents(31));
    const follower = new Follower({ fromPosition: from, filter: prefixed(prefix) });
    await until(() => follower.isCaughtUp);
    if (!ON_DOUBLE) return expect(follower.checkpoints.length).toBeGreaterThanOrEqual(3);
    const [begun, ...rest] = follower.checkpoints.map(({ position }) => position);
    expect(begun).toEqual(from);
    expect(rest).toEqual([{ commit: rest[0]!.commit, prepare: 0n }, match]);
  });

  it('lose none and repeat none, whichever of them is resumed from: as given, or by its commit alone', async () => {
    const prefix = newStream('mine');
    const start = await write(newStream('other'), newEvents(1));
    const matching: string[] = [];
    for (let n = 0; n < 60; n++) {
      const events = newEvents(1 + (n % 4));
      await write(n % 3 === 0 ? `${prefix}-${n}` : newStream('other'), events);
      if (n % 3 === 0) matching.push(...idsOf(events));
      if (n % 20 === 19) await write(newStream('other'), newEvents(25));
    }
    const filter = prefixed(prefix, { maxSearchWindow: 4, checkpointInterval: 1 });
    const first = new Follower({ fromPosition: start, filter });
    await until(() => first.ids.length === matching.length);
    // Those behind the last match tell nothing, and on a shared server there are thousands.
    const checkpoints = first.checkpoints.filter(({ delivered }) => delivered < matching.length);
    expect(checkpoints.length).toBeGreaterThan(30);

    for (const { position, delivered } of checkpoints) {
      const expected = matching.slice(delivered);
      for (const fromPosition of [position, { commit: position.commit, prepare: position.commit }]) {
        const open = new Set<Follower>();
        const follower = new Follower({ fromPosition, filter }, client, open);
        await until(() => follower.ids.length >= expected.length);
        expect(follower.ids).toEqual(expected);
        await follower.subscription.unsubscribe();
      }
    }
  });
});

describe('a subscription ends', () => {
  const opened = async () => {
    const other = EventStoreDBClient.connectionString(store.url);
    const open = new Set<Follower>();
    const follower = new Follower({ fromPosition: END }, other, open);
    await until(() => follower.isCaughtUp);
    return { follower, other };
  };

  it('normally when it is left, and the server forgets it', async () => {
    const { follower, other } = await opened();
    const there = store.double?.openCalls.subscription;
    await follower.subscription.unsubscribe();
    await until(() => follower.told.includes('close'));
    expect(follower.told.slice(-2)).toEqual(['end', 'close']);
    if (store.double) await until(() => store.double!.openCalls.subscription === there! - 1);
    await other.dispose();
  });

  itOnDouble('without any error when the server ends it', async () => {
    const { follower, other } = await opened();
    store.double!.endSubscriptions();
    await until(() => follower.told.includes('end'));
    expect(follower.error).toBeUndefined();
    await other.dispose();
  });

  itOnDouble(
    'without any error also when the next event comes while the last one is on its way',
    async () => {
      const { follower, other } = await opened();
      const double = store.double!;
      const appended = async () => {
        double.log.append(newStream(), 'any', [loggedEvent()]);
        // Far enough for whoever waits for events to write it, not for the network to take it.
        for (let turn = 0; turn < 50; turn++) await Promise.resolve();
      };
      await appended();
      double.endSubscriptions();
      await appended();
      await until(() => follower.told.includes('end'));
      expect(follower.error).toBeUndefined();
      await until(() => double.openCalls.subscription === 0);
      await other.dispose();
    },
  );

  itOnDouble('with code 13 when the server resets it', async () => {
    const { follower, other } = await opened();
    store.double!.resetSubscriptions();
    await until(() => follower.error !== undefined);
    expect(follower.error).toMatchObject({ type: 'unknown', code: 13 });
    expect(follower.error?.message).toContain('Received RST_STREAM with code 0');
    expect(follower.told).not.toContain('end');
    await other.dispose();
  });

  itOnDouble.each(['reset', 'destroy'] as const)(
    'with code 14 when the connection is cut (%s)',
    async (how) => {
      const { follower, other } = await opened();
      store.double!.cutConnections(how);
      await until(() => follower.error !== undefined);
      expect(follower.error).toMatchObject({ type: 'unavailable', code: 14 });
      expect(follower.error?.message).toMatch(
        how === 'reset' ? /ECONNRESET|Connection dropped/ : /Connection dropped/,
      );
      await until(() => store.double!.openCalls.subscription === 0);
      await other.dispose();
    },
  );
});

describe('a slow reader', () => {
  it('is sent no more than it takes, keeps little, and loses nothing', async () => {
    const prefix = newStream('mine');
    const from = await headOf(client);
    const text = 'x'.repeat(1_000);
    for (let n = 0; n < 20; n++)
      await write(
        prefix,
        Array.from({ length: 500 }, (_none, m) => said(m, text)),
      );
    const sentBefore = store.double?.messagesSent ?? 0;
    const subscription = client.subscribeToAll({ fromPosition: from, filter: prefixed(prefix) });
    let taken = 0;
    for await (const { event } of subscription) {
      if (event && ++taken === 1) {
        await pause(300);
        // 10,000 events of 1 kB wait for it: what lies between are the windows of HTTP/2.
        if (store.double) expect(store.double.messagesSent - sentBefore).toBeLessThan(1_000);
        expect(subscription.readableLength).toBeLessThanOrEqual(16);
      }
      if (taken === 10_000) break;
    }
    await subscription.unsubscribe();
    expect(taken).toBe(10_000);
  });

  itOnDouble('that is left in the middle is forgotten, and leaves no listener behind', async () => {
    const prefix = newStream('mine');
    await write(prefix, newEvents(5_000));
    const there = store.double!.openCalls.subscription;
    const warned = jest.spyOn(process, 'emitWarning');
    const subscription = client.subscribeToAll({ fromPosition: START, filter: prefixed(prefix) });
    let taken = 0;
    for await (const _event of subscription) if (++taken === 100) break;
    await subscription.unsubscribe();
    await until(() => store.double!.openCalls.subscription === there);
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
  });
});
