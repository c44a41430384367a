import type { ReadStore } from '../read-store';
import { CheckpointMoved } from '../read-store';
import { everythingIn, FULL_BATCH } from './all-answers';
import type { ReadStoreInTest } from './read-store.contract';
import { entry, writeNext } from './sample-batches';

export function reopenReadStoreCases(
  test: ReadStoreInTest,
  reopen: (store: ReadStore) => Promise<ReadStore>,
): void {
  it('finds everything as it was, and goes on from its checkpoint', async () => {
    await test.store.write(FULL_BATCH);
    const before = await everythingIn(test.store);
    test.store = await reopen(test.store);

    expect(await everythingIn(test.store)).toEqual(before);
    await expect(test.store.write(FULL_BATCH)).rejects.toBeInstanceOf(CheckpointMoved);
    await writeNext(test.store, { journal: [entry({ household: 'h-0' })] });
    expect(await everythingIn(test.store)).toMatchObject({ householdsOn: ['h-0', 'h-1', 'h-2'] });
  });

  it('finds nothing where nothing was written', async () => {
    const before = await everythingIn(test.store);
    test.store = await reopen(test.store);
    expect(await everythingIn(test.store)).toEqual(before);
  });
}
