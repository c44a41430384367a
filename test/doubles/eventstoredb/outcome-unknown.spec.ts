import { EventStoreDBClient, NO_STREAM } from '@eventstore/db-client';
import { setTimeout as pause } from 'node:timers/promises';
import { eventStoreForTests, itOnDouble } from '../../servers/eventstoredb';
import type { EventStoreForTests } from '../../servers/eventstoredb';
import {
  BOTH_CALLS,
  BY_APPEND,
  headOf,
  idsIn,
  idsOf,
  NEVER,
  newEvents,
  newStream,
  until,
  within,
} from './cases';
import type { AppendFault } from './faults';

let store: EventStoreForTests;
let client: EventStoreDBClient;

beforeAll(async () => {
  store = await eventStoreForTests();
});

beforeEach(async () => {
  client = EventStoreDBClient.connectionString(store.url);
  // A connection that is there already: deadlines below are about the append, not about how busy the machine is.
  await until(() => headOf(client).then(Boolean, () => false));
});

afterEach(async () => {
  store.double?.faults.clear();
  await client.dispose();
});

afterAll(() => store.stop());

/** Long enough for an append to arrive on a busy machine; only silence lets a test wait for it. */
const DEADLINE_MS = 1_500;
const LATE_MS = 2 * DEADLINE_MS;

/** What the caller sees, and whether the append is stored by then. */
const CASES: readonly (readonly [AppendFault, seen: object, stored: boolean])[] = [
  ['cut before commit', { type: 'unavailable', code: 14 }, false],
  ['cut after commit', { type: 'unavailable', code: 14 }, true],
  ['silence before commit', { type: 'deadline-exceeded', code: 4 }, false],
  ['silence after commit', { type: 'deadline-exceeded', code: 4 }, true],
  ['time-out before commit', { type: 'timeout', code: 10 }, false],
  ['time-out after commit', { type: 'timeout', code: 10 }, true],
  ['late commit', { type: 'deadline-exceeded', code: 4 }, false],
];

describe('an append by Append whose outcome is unknown', () => {
  for (const [fault, seen, stored] of CASES) {
    itOnDouble(`(${fault}) is stored once by the same append again, at the first position`, async () => {
      const { faults } = store.double!;
      const stream = newStream();
      const events = newEvents(3);
      const append = (deadline = 30_000) =>
        client.appendToStream(stream, events, { expectedRevision: NO_STREAM, deadline, ...BY_APPEND });
      Object.assign(faults, { nextAppends: [fault], lateCommitMs: LATE_MS });
      const silent = /silence|late/.test(fault);

      await expect(append(silent ? DEADLINE_MS : undefined)).rejects.toMatchObject(seen);
      expect(await idsIn(client, stream)).toEqual(stored ? idsOf(events) : []);
      const position = store.double!.log.stream(stream)?.at(-1)?.position;
      const again = await append();

      if (fault === 'late commit') await pause(LATE_MS);
      expect(await idsIn(client, stream)).toEqual(idsOf(events));
      expect(again).toMatchObject({ success: true, nextExpectedRevision: 2n });
      if (position !== undefined) expect(again.position?.commit).toBe(BigInt(position));
      expect(await append()).toEqual(again);
    });
  }

  itOnDouble('may be stored long after its caller has given up', async () => {
    const stream = newStream();
    const events = newEvents(1);
    Object.assign(store.double!.faults, { nextAppends: ['late commit'], lateCommitMs: LATE_MS });
    await expect(
      client.appendToStream(stream, events, { deadline: DEADLINE_MS, ...BY_APPEND }),
    ).rejects.toMatchObject({ code: 4 });
    expect(await idsIn(client, stream)).toEqual([]);
    await until(async () => (await idsIn(client, stream)).length === 1);
  });
});

describe('an append by BatchAppend whose outcome is unknown', () => {
  for (const fault of ['cut before commit', 'cut after commit', 'time-out after commit'] as const) {
    itOnDouble(`(${fault}) is stored once by the same append again`, async () => {
      const stream = newStream();
      const events = newEvents(3);
      const append = () => client.appendToStream(stream, events, { expectedRevision: NO_STREAM });
      store.double!.faults.nextAppends = [fault];

      await expect(append()).rejects.toMatchObject(
        fault === 'time-out after commit'
          ? { type: 'deadline-exceeded', code: undefined, message: '' }
          : { type: 'unavailable', code: 14 },
      );
      const again = await append();

      expect(await append()).toEqual(again);
      expect(await idsIn(client, stream)).toEqual(idsOf(events));
    });
  }

  itOnDouble('(silence after commit) never settles: no deadline applies to it', async () => {
    const stream = newStream();
    const events = newEvents(1);
    store.double!.faults.nextAppends = ['silence after commit'];
    expect(await within(500, client.appendToStream(stream, events, { deadline: 100 }))).toBe(NEVER);
    expect(await idsIn(client, stream)).toEqual(idsOf(events));
  });
});

describe.each(BOTH_CALLS)('an append by %s', (call, options) => {
  itOnDouble('to a server that starts or stops is told to come back', async () => {
    const stream = newStream();
    store.double!.faults.nextAppends = ['not ready'];
    await expect(client.appendToStream(stream, newEvents(1), options)).rejects.toThrow('Server Is Not Ready');
    await client.appendToStream(stream, newEvents(1), options);
    expect(await idsIn(client, stream)).toHaveLength(1);
  });

  itOnDouble('without the right to do it is told so', async () => {
    store.double!.faults.nextAppends = ['access denied'];
    await expect(client.appendToStream(newStream(), newEvents(1), options)).rejects.toMatchObject({
      type: 'access-denied',
    });
  });

  itOnDouble('is delivered to subscriptions after it is acknowledged, or before', async () => {
    const { double } = store;
    const orders: string[][] = [];
    for (const acknowledgeAfterMs of [0, 300]) {
      double!.faults.acknowledgeAfterMs = acknowledgeAfterMs;
      const stream = newStream();
      const order: string[] = [];
      const subscription = client.subscribeToStream(stream);
      subscription.on('data', () => order.push('delivered'));
      await new Promise((resolve) => subscription.once('caughtUp', resolve));
      await client.appendToStream(stream, newEvents(1), options).then(() => order.push('acknowledged'));
      await until(() => order.length === 2);
      orders.push(order);
      await subscription.unsubscribe();
    }
    expect(orders[1]).toEqual(['delivered', 'acknowledged']);
    // Both leave the double in one turn, the acknowledgement first; which of two streams is read first is open.
    expect([...orders[0]!].sort()).toEqual(['acknowledged', 'delivered']);
    expect(call).toBeDefined();
  });
});
