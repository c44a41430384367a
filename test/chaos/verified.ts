import { UnitTree } from '@ledger/areas';
import { openEmbeddedEngine, scratchReadModels } from '@ledger/embedded';
import { compareReadModels, crossCheck, inWords, rebuild } from '@ledger/poverty-rates';

/** What is wrong with the read models of a data folder, in words; nothing when they are what the log gives. */
export async function verified(dataDir: string): Promise<readonly string[]> {
  const { signal } = new AbortController();
  const engine = await openEmbeddedEngine(dataDir, { purpose: 'proof', readOnly: true });
  const { file, remove } = scratchReadModels(engine.eventStore.id);
  try {
    await rebuild(engine.eventStore, file.load, { signal });
    const replayed = file.open();
    const [differences, contradictions] = await replayed.snapshot((expected) =>
      engine.readStore.snapshot(async (found) => {
        const tree = UnitTree.of((await found.unitFacts()).map(({ fact }) => fact));
        const { differences: first } = await compareReadModels(expected, found, { signal });
        return [first, await crossCheck(found, tree, { signal })];
      }),
    );
    await replayed.close();
    return [...differences, ...contradictions].map(inWords);
  } finally {
    remove();
    await engine.close();
  }
}
