import type { DataFolder, EventLog } from '@ledger/embedded';
import {
  openDataFolder,
  openEventLog,
  openReadStore,
  READ_MODELS_FILE,
  ReadModelFile,
  UNFINISHED_READ_MODELS_FILE,
} from '@ledger/embedded';
import { StoreRefused } from '@ledger/event-sourcing';
import type { ReadStore } from '@ledger/poverty-rates';
import { positionIn } from '@ledger/poverty-rates';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { replay } from './replay';
import { compared, inLostWords, printDifferences, unreadableNow } from './verify.command';

/**
 * Makes the read models again from the log, beside those in use, compares the two and switches. Until the
 * switch the old ones stay as they are, whatever happens.
 * @returns 0 when the new ones are in use; 1 when they would know less than the old ones, because the log was
 * damaged since; 130 when it was cancelled
 */
export async function rebuildInFolder(
  dataDir: string,
  signal: AbortSignal,
  print: (line: string) => void,
): Promise<number> {
  const folder = openDataFolder(dataDir, { purpose: 'rebuild' });
  let log: EventLog | undefined;
  try {
    log = openEventLog(folder);
    const file = new ReadModelFile(join(folder.path, UNFINISHED_READ_MODELS_FILE), log.id);
    try {
      const facts = await replay(log, file.load, { signal, upTo: await log.head() });
      const keepOld = await compareWithLive(folder, log, file, signal, print);
      signal.throwIfAborted();
      if (keepOld) {
        file.remove();
        print(`The LOG is damaged: put it back from a backup. The old read models stay in use.`);
        return 1;
      }
      file.replace(join(folder.path, READ_MODELS_FILE));
      print(`${facts} facts replayed. The rebuilt read models are in use.`);
      return 0;
    } catch (error) {
      file.remove();
      if (!signal.aborted) throw error;
      print('Cancelled. The read models are as they were.');
      return 130;
    }
  } finally {
    await log?.close();
    folder.close();
  }
}

/** @returns whether the old ones know what the log cannot tell any more */
async function compareWithLive(
  folder: DataFolder,
  log: EventLog,
  file: ReadModelFile,
  signal: AbortSignal,
  print: (line: string) => void,
): Promise<boolean> {
  const path = join(folder.path, READ_MODELS_FILE);
  const live = openLive(path, log.id, print);
  if (!live) return false;
  const fresh = file.open();
  try {
    const [before, now] = await Promise.all([positionIn(live), positionIn(fresh)]);
    if (before !== now) {
      print(`The old read models stood at ${before || 'the beginning'} of ${now}: not compared.`);
      return false;
    }
    const [comparison, lost] = await fresh.snapshot((expected) =>
      live.snapshot(
        async (found) =>
          [await compared(expected, found, signal), await unreadableNow(expected, found)] as const,
      ),
    );
    printDifferences(comparison, print);
    print(comparison.count === 0 ? 'The old read models were the same.' : 'The old read models differed.');
    for (const one of lost) print(inLostWords(one));
    return lost.length > 0;
  } catch (error) {
    // Damage shows when it is read. It is what a rebuild is for.
    if (!(error instanceof StoreRefused)) throw error;
    print(`The old read models cannot be read to their end: ${error.message}`);
    return false;
  } finally {
    await fresh.close();
    await live.close();
  }
}

/** Those in use, unless they cannot be read: then there is nothing to compare, and nothing to lose. */
function openLive(path: string, logId: string, print: (line: string) => void): ReadStore | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return openReadStore(path, { logId });
  } catch (error) {
    if (!(error instanceof StoreRefused)) throw error;
    print(`The old read models cannot be read, so they are not compared: ${error.message}`);
    return undefined;
  }
}
