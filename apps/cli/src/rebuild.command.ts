import type { EngineSettings } from '@ledger/engine';
import { rebuildInFolder } from './rebuild-folder';
import { rebuildOnServers } from './rebuild-servers';

/**
 * Makes the read models again from the log, beside those in use, and switches. Until the switch the old ones stay
 * as they are, whatever happens.
 * @returns 0 when the new ones are in use; 1 when they would know less than the old ones, because the log was
 * damaged since; 130 when it was cancelled
 */
export function rebuildReadModels(
  stores: EngineSettings,
  signal: AbortSignal,
  print: (line: string) => void,
): Promise<number> {
  return stores.engine === 'servers'
    ? rebuildOnServers(stores, signal, print)
    : rebuildInFolder(stores.dataDir, signal, print);
}
