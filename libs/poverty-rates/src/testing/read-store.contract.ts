import type { ReadStore } from '../read-store';
import { balancesCases } from './balances.cases';
import { contentsCases } from './contents.cases';
import { documentsCases } from './documents.cases';
import { entriesCases } from './entries.cases';
import { journalCases } from './journal.cases';
import { listsCases } from './lists.cases';
import { randomBatchesCases } from './random-batches.cases';
import { reopenReadStoreCases } from './reopen.cases';
import { snapshotCases } from './snapshot.cases';
import { unitsCases } from './units.cases';
import { writeCases } from './write.cases';

export interface ReadStoreUnderTest {
  /** An empty store that is ready. */
  open(): Promise<ReadStore>;
  /** Closes the store and opens the same read models again; left out where they live in memory. */
  readonly reopen?: (store: ReadStore) => Promise<ReadStore>;
  /** After each test, when the store has been closed. */
  cleanUp(): Promise<void>;
}

/** Where the cases find the store of the running test. */
export interface ReadStoreInTest {
  store: ReadStore;
}

/** What every adapter of the {@link ReadStore} port must keep; the run names the adapter. */
export function describeReadStore(adapter: string, underTest: ReadStoreUnderTest): void {
  describe(`ReadStore contract, kept by ${adapter}`, () => {
    const test = {} as ReadStoreInTest;

    beforeEach(async () => {
      test.store = await underTest.open();
    });

    afterEach(async () => {
      await test.store.close();
      await underTest.cleanUp();
    });

    const startAgain = async (): Promise<void> => {
      await test.store.close();
      await underTest.cleanUp();
      test.store = await underTest.open();
    };

    describe('write', () => writeCases(test));
    describe('snapshot', () => snapshotCases(test));
    describe('lines and events', () => journalCases(test));
    describe('entries', () => entriesCases(test));
    describe('balances', () => balancesCases(test));
    describe('lists of households', () => listsCases(test));
    describe('documents and parked streams', () => documentsCases(test));
    describe('units and totals', () => unitsCases(test));
    describe('everything that is kept', () => contentsCases(test));
    describe('any batches', () => randomBatchesCases(test, startAgain));
    const { reopen } = underTest;
    if (reopen) describe('reopen', () => reopenReadStoreCases(test, reopen));
  });
}
