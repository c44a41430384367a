import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { StoreRefused, StoreUnavailable } from '@ledger/event-sourcing';
import type { ReadModelBatch } from '@ledger/poverty-rates';
import { Projector } from '@ledger/poverty-rates';
import {
  EMPTY_BATCH,
  FULL_BATCH,
  InMemoryReadStore,
  at,
  booking,
  describeReadStore,
  entry,
  everythingIn,
  household,
  pagesOf,
  randomBatch,
  randomLog,
  randomSizes,
  recorded,
  writeNext,
} from '@ledger/poverty-rates/testing';
import fc from 'fast-check';
import type { SqliteReadStore } from './read-store';
import { openReadStore } from './read-store';
import { dumpReadModels } from './testing/dump-read-models';
import { scratchFolder } from './testing/scratch-folder';

const LOG = 'b8f3a1de-6c1f-4a3c-9d53-2f6f3a3e8a11';

let contractFile = '';

describeReadStore('the embedded read models (node:sqlite)', {
  open: async () => {
    contractFile = join(mkdtempSync(join(tmpdir(), 'ledger-')), 'read-models.db');
    return openReadStore(contractFile, { logId: LOG });
  },
  reopen: async (store) => {
    await store.close();
    return openReadStore(contractFile, { logId: LOG });
  },
  cleanUp: async () => rmSync(dirname(contractFile), { recursive: true }),
});

describe('the embedded read models', () => {
  const scratch = scratchFolder();
  let file: string;
  let store: SqliteReadStore;

  beforeEach(() => {
    file = join(scratch.path, 'read-models.db');
    store = openReadStore(file, { logId: LOG });
  });

  afterEach(() => store.close());

  it('hold what the read models in memory hold after the same batches, row by row', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(randomBatch, { maxLength: 6 }), async (batches) => {
        await store.close();
        rmSync(file);
        store = openReadStore(file, { logId: LOG });
        const inMemory = new InMemoryReadStore();
        for (const batch of batches) {
          await writeNext(inMemory, batch);
          await writeNext(store, batch);
        }
        expect(await dumpReadModels(file)).toEqual(inMemory.dump());
      }),
      { numRuns: 30 },
    );
  });

  it('hold what the read models in memory hold after the same log, in other pages', async () => {
    await fc.assert(
      fc.asyncProperty(randomLog, randomSizes, async (entries, sizes) => {
        await store.close();
        rmSync(file);
        store = openReadStore(file, { logId: LOG });
        const inMemory = new InMemoryReadStore();
        const facts = recorded(entries);
        for (const page of pagesOf(facts)) await new Projector(inMemory).project(page);
        for (const page of pagesOf(facts, ...sizes)) await new Projector(store).project(page);
        expect(await dumpReadModels(file)).toEqual(inMemory.dump());
      }),
      { numRuns: 15 },
    );
  });

  describe('a batch that fails midway', () => {
    const unspeakable = household('h-9', {
      facts: [{ fact: { type: 1n }, recordedOn: '2023-01-05' }] as never,
    });
    const failing: Record<string, Partial<ReadModelBatch>> = {
      'on a fact that JSON cannot carry': {
        households: [household('h-8'), unspeakable],
      },
      'on an amount that is no number': { balances: [booking(), booking({ persons: Number.NaN })] },
      'on half a household': { journal: [entry({ household: 'h-8' }), entry({ households: 0.5 })] },
      'on a column that nobody knows': { journal: [entry({ column: 'poor.forgotten' as 'poor.opened' })] },
      'on a total that JSON cannot carry': { totals: [{ fact: { households: 1n } } as never] },
      'on a parked stream without a name': { parked: [{ stream: null } as never] },
    };

    it.each(Object.entries(failing))('leaves nothing behind: %s', async (_how, content) => {
      await store.write(FULL_BATCH);
      const before = await dumpReadModels(file);
      const batch = {
        ...FULL_BATCH,
        ...content,
        from: at(9),
        checkpoint: { position: at(10), lastDay: null },
      };
      await expect(store.write(batch)).rejects.toThrow();
      expect(await dumpReadModels(file)).toEqual(before);
      await store.write({ ...EMPTY_BATCH, from: at(9), checkpoint: batch.checkpoint });
    });

    it('leaves nothing behind when the disk is full, and goes on when there is space', async () => {
      await store.write(FULL_BATCH);
      const before = await dumpReadModels(file);
      const database = store['database'];
      const { page_count: pages } = database.prepare('PRAGMA page_count').get() as { page_count: number };
      database.exec(`PRAGMA max_page_count = ${pages}`);
      const ids = Array.from({ length: 500 }, (_item, index) => `h-${index}`);
      const large = {
        ...EMPTY_BATCH,
        from: at(9),
        checkpoint: { position: at(10), lastDay: null },
        journal: ids.map((id) => entry({ household: id })),
        households: ids.map((id) => household(id)),
      };
      await expect(store.write(large)).rejects.toThrow(StoreUnavailable);
      expect(await dumpReadModels(file)).toEqual(before);

      database.exec('PRAGMA max_page_count = 1000000');
      await store.write(large);
      expect((await everythingIn(store)).checkpoint.position).toBe(at(10));
    });
  });

  it('answer questions for a reader beside the writer, who cannot write', async () => {
    await store.write(FULL_BATCH);
    const reader = openReadStore(file, { logId: LOG, readOnly: true });
    expect(await everythingIn(reader)).toEqual(await everythingIn(store));
    await expect(writeNext(reader, {})).rejects.toBeInstanceOf(StoreRefused);
    await reader.close();
  });

  it('take no question and no batch when they are closed, but let the last snapshot end', async () => {
    await store.write(FULL_BATCH);
    await store.snapshot(async (models) => {
      await store.close();
      expect(await models.listedAs(['24611@2004-06-30'], 'MH-1')).toEqual(['h-1']);
    });
    await store.close();
    await expect(everythingIn(store)).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.write(FULL_BATCH)).rejects.toBeInstanceOf(StoreUnavailable);
  });
});
