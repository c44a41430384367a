import { START } from '../event-store';
import { describeEventStore } from './event-store.contract';
import { InMemoryEventStore } from './in-memory-event-store';
import { newFacts } from './sample-facts';

describeEventStore('the log in memory', {
  open: async () => new InMemoryEventStore(),
  cleanUp: async () => undefined,
});

describe('the log in memory', () => {
  it('begins empty', async () => {
    const store = new InMemoryEventStore();
    expect(await store.head()).toBe(START);
    expect(await store.lastRecordedOn()).toBeUndefined();
  });

  it('stamps facts with its clock', async () => {
    const store = new InMemoryEventStore(() => Date.UTC(2024, 11, 31, 17));
    const { facts } = await store.append('household-1', -1, newFacts(1));
    expect(facts[0]?.recordedAt).toBe('2024-12-31T17:00:00.000Z');
    expect(await store.lastRecordedOn()).toBe('2025-01-01');
  });
});
