import type { EventStore } from '../event-store';
import { appendCases } from './append.cases';
import { followCases } from './follow.cases';
import { readCases } from './read.cases';
import { reopenCases } from './reopen.cases';

export interface EventStoreUnderTest {
  /** A store that is ready. Its log may hold facts of earlier tests. */
  open(): Promise<EventStore>;
  /** Closes the store and opens the same log again; left out where the log lives in memory. */
  reopen?(store: EventStore): Promise<EventStore>;
  /** After each test, when the store has been closed. */
  cleanUp(): Promise<void>;
}

/** Where the cases find the store of the running test. */
export interface StoreInTest {
  store: EventStore;
}

/** What every adapter of the {@link EventStore} port must keep; the run names the adapter. */
export function describeEventStore(adapter: string, underTest: EventStoreUnderTest): void {
  describe(`EventStore contract, kept by ${adapter}`, () => {
    const test = {} as StoreInTest;

    beforeEach(async () => {
      test.store = await underTest.open();
    });

    afterEach(async () => {
      await test.store.close();
      await underTest.cleanUp();
    });

    describe('append', () => appendCases(test));
    describe('read', () => readCases(test));
    describe('follow', () => followCases(test));
    const { reopen } = underTest;
    if (reopen) describe('reopen', () => reopenCases(test, (store) => reopen.call(underTest, store)));
  });
}
