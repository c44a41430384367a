import type { EventStore } from '@ledger/event-sourcing';
import { START, StoreUnavailable } from '@ledger/event-sourcing';
import { InMemoryEventStore } from '@ledger/event-sourcing/testing';
import { parseDay } from '@ledger/kernel';
import { demoHistory } from './demo-history';
import type { DemoEntry } from './entry';
import { writeHistory } from './write-history';

/** The units of the demo and the first registrations. */
function beginning(count: number): DemoEntry[] {
  const entries: DemoEntry[] = [];
  for (const entry of demoHistory()) if (entries.push(entry) === count) break;
  return entries;
}

const dissolution: DemoEntry = {
  recordedOn: parseDay('2020-12-31'),
  recordedBy: 'officer-24611',
  householdId: 'dn-24611-99999',
  order: { type: 'DissolveHousehold', effectiveOn: parseDay('2020-12-31'), reason: 'left' },
};

async function logOf(store: EventStore, count: number) {
  const pages = store.follow({ after: START, maxFacts: count, signal: new AbortController().signal });
  for await (const { facts } of pages) return facts;
  return [];
}

describe('writing old books', () => {
  it('appends every order in turn, dated with the day on which it was recorded', async () => {
    const store = new InMemoryEventStore();
    const entries = beginning(1_500);
    await expect(writeHistory(store, entries)).resolves.toEqual({ orders: 1_500, facts: 1_500 });
    const log = await logOf(store, 1_500);
    expect(log.map(({ metadata }) => [metadata.recordedOn, metadata.recordedBy])).toEqual(
      entries.map(({ recordedOn, recordedBy }) => [recordedOn, recordedBy]),
    );
    expect(log[0]).toMatchObject({ stream: 'units', revision: 0, type: 'UnitCreated' });
    expect(log.at(-1)?.type).toBe('HouseholdRegistered');
  });

  it('gives the same ids every time', async () => {
    const [one, other] = [new InMemoryEventStore(), new InMemoryEventStore()];
    for (const store of [one, other]) await writeHistory(store, beginning(200));
    const idsOf = async (store: EventStore) =>
      (await logOf(store, 200)).map(({ id, metadata }) => [id, metadata]);
    expect(await idsOf(one)).toEqual(await idsOf(other));
  });

  it('tells how many facts are durable, all of them at the end', async () => {
    const told: number[] = [];
    await writeHistory(new InMemoryEventStore(), beginning(2_500), {
      onProgress: (written) => told.push(written),
    });
    expect(told).toHaveLength(3);
    expect(told.at(-1)).toBe(2_500);
  });

  it('stops with the order that is refused and why', async () => {
    const entries = [...beginning(101), dissolution];
    await expect(writeHistory(new InMemoryEventStore(), entries)).rejects.toThrow(
      /order 102 is refused.*household\.unknown.*dn-24611-99999/,
    );
  });

  it('refuses a household in a commune that nobody has recorded', async () => {
    const registration = beginning(200).find(({ order }) => order.type === 'RegisterHousehold');
    await expect(writeHistory(new InMemoryEventStore(), registration ? [registration] : [])).rejects.toThrow(
      'unit.unknown',
    );
  });

  it('fails when the store does', async () => {
    const store = new InMemoryEventStore();
    await store.close();
    await expect(writeHistory(store, beginning(10))).rejects.toThrow(StoreUnavailable);
  });

  it('stops when told to, after what is under way', async () => {
    const controller = new AbortController();
    const store = new InMemoryEventStore();
    const writing = writeHistory(store, demoHistory(), {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(writing).rejects.toThrow(/abort/);
    expect(await logOf(store, 5_000)).toHaveLength(1_000);
  });
});
