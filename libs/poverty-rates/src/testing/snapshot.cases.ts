import { setImmediate as nextTurn } from 'node:timers/promises';
import { LAST_DAY } from '@ledger/kernel';
import { allAnswers, everythingIn, FULL_BATCH } from './all-answers';
import type { ReadStoreInTest } from './read-store.contract';
import { entry, HERE, household, parkedStream, writeNext } from './sample-batches';

export function snapshotCases(test: ReadStoreInTest): void {
  it('sees one state from its first answer on, whatever is written meanwhile', async () => {
    await writeNext(test.store, { journal: [entry({ household: 'h-9' })], households: [household('h-9')] });
    await test.store.snapshot(async (models) => {
      const before = await allAnswers(models);
      await test.store.write({ ...FULL_BATCH, from: before.checkpoint.position });
      await writeNext(test.store, { unparked: ['household-h-3'], journal: [entry({ household: 'h-7' })] });
      await nextTurn();
      expect(await allAnswers(models)).toEqual(before);
    });
    expect(await everythingIn(test.store)).toMatchObject({
      householdsOn: ['h-1', 'h-2', 'h-7', 'h-9'],
      parked: [],
    });
  });

  it('sees what was written before it, also beside older snapshots', async () => {
    await test.store.snapshot(async (older) => {
      await older.checkpoint();
      await writeNext(test.store, { parked: [parkedStream('units')] });
      await test.store.snapshot(async (newer) => {
        expect(await older.parked()).toEqual([]);
        expect(await newer.parked()).toEqual([parkedStream('units')]);
      });
    });
  });

  it('never sees half a batch', async () => {
    const BATCHES = 30;
    let written = 0;
    const writing = (async () => {
      for (; written < BATCHES; written++) {
        await writeNext(test.store, {
          journal: [entry({ household: `h-${written}` })],
          households: [household(`h-${written}`)],
        });
        await nextTurn();
      }
    })();
    const ids = Array.from({ length: BATCHES }, (_item, index) => `h-${index}`);
    while (written < BATCHES) {
      const seen = await test.store.snapshot(async (models) => {
        const { position } = await models.checkpoint();
        await nextTurn();
        const documents = await models.households(ids);
        await nextTurn();
        const [line] = await models.lines({ places: [HERE], effectiveTo: LAST_DAY });
        return [Number(position), documents.length, line?.households ?? 0];
      });
      expect(new Set(seen).size).toBe(1);
    }
    await writing;
  });

  it('gives the answer of the question, and its error', async () => {
    expect(await test.store.snapshot(async () => 42)).toBe(42);
    const failing = test.store.snapshot(async (models) => {
      await models.checkpoint();
      throw new RangeError('no such day');
    });
    await expect(failing).rejects.toBeInstanceOf(RangeError);
    await test.store.write(FULL_BATCH);
    expect(await everythingIn(test.store)).toMatchObject({ householdsOn: ['h-1', 'h-2'] });
  });
}
