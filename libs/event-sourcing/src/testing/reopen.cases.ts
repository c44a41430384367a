import type { EventStore } from '../event-store';
import { NO_STREAM } from '../event-store';
import type { StoreInTest } from './event-store.contract';
import { followUntil } from './contract-steps';
import { newFacts, newStream } from './sample-facts';

export function reopenCases(test: StoreInTest, reopen: (store: EventStore) => Promise<EventStore>): void {
  it('finds every fact as it was, and goes on behind them', async () => {
    const stream = newStream();
    const { facts } = await test.store.append(stream, NO_STREAM, newFacts(3));
    const head = await test.store.head();
    test.store = await reopen(test.store);

    expect(await test.store.read(stream)).toEqual(facts);
    expect(await test.store.head()).toBe(head);
    const next = await test.store.append(stream, 2, newFacts(1));
    expect(next.revision).toBe(3);
    expect(next.position > head).toBe(true);
  });

  it('still answers an earlier append as before', async () => {
    const stream = newStream();
    const facts = newFacts(2);
    const first = await test.store.append(stream, NO_STREAM, facts);
    test.store = await reopen(test.store);
    expect(await test.store.append(stream, NO_STREAM, facts)).toEqual(first);
  });

  it('goes on following from a position that was handed over before', async () => {
    const stream = newStream();
    const { facts } = await test.store.append(stream, NO_STREAM, newFacts(4));
    const after = facts[1]?.position;
    test.store = await reopen(test.store);
    expect(await followUntil(test.store, { streams: [stream], count: 2, after })).toEqual(facts.slice(2));
  });
}
