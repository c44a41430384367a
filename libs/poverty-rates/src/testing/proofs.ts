import { UnitTree } from '@ledger/areas';
import { Projector } from '../projection/projector';
import type { ReadStore } from '../read-store';
import type { Comparison } from '../verify/compare';
import { compareReadModels } from '../verify/compare';
import { crossCheck } from '../verify/cross-check';
import type { Difference } from '../verify/difference';
import { InMemoryReadStore } from './in-memory-read-store';
import type { LogEntry } from './sample-log';
import { pagesOf, recorded, storeOf } from './sample-log';

const { signal } = new AbortController();

/** What the projection makes of a log in one page: a page at a time parks more, until it is tried again. */
export async function projected(entries: readonly LogEntry[]): Promise<InMemoryReadStore> {
  const store = new InMemoryReadStore();
  for (const page of pagesOf(recorded(entries))) await new Projector(store).project(page);
  return store;
}

/** Projects a log in pages of these sizes, and then what had to wait for a later page. */
export async function projectInPages(
  entries: readonly LogEntry[],
  into: ReadStore,
  sizes: readonly number[],
): Promise<void> {
  const projector = new Projector(into);
  for (const page of pagesOf(recorded(entries), ...sizes)) await projector.project(page);
  await projector.retryParked(storeOf(recorded(entries)));
}

export const comparison = (expected: ReadStore, found: ReadStore): Promise<Comparison> =>
  expected.snapshot((left) => found.snapshot((right) => compareReadModels(left, right, { signal })));

/** What read models say of themselves that cannot be true at once. */
export const contradictions = (store: ReadStore): Promise<readonly Difference[]> =>
  store.snapshot(async (models) => {
    const tree = UnitTree.of((await models.unitFacts()).map(({ fact }) => fact));
    return crossCheck(models, tree, { signal });
  });
