import { join } from 'node:path';
import type { EventStore } from '@ledger/event-sourcing';
import { StoreRefused } from '@ledger/event-sourcing';
import type { ReadStore } from '@ledger/poverty-rates';
import type { DataFolder } from './data-folder';
import { openDataFolder } from './data-folder';
import type { EventLog } from './event-log';
import { openEventLog } from './event-log';
import type { SqliteReadStore } from './read-store';
import { openReadStore } from './read-store';

export const READ_MODELS_FILE = 'read-models.sqlite';

export interface EngineOptions {
  /** What the folder is held for, in the words that a second process will read. */
  readonly purpose: string;
  readonly clock?: () => number;
  /** For tools beside a running server: takes no lock and writes nothing. */
  readonly readOnly?: boolean;
}

/** Log and read models of one data folder, held by one process. */
export interface EmbeddedEngine {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  close(): Promise<void>;
}

/** Opens a data folder with everything in it; what was opened is closed again when a part cannot be. */
export async function openEmbeddedEngine(dir: string, options: EngineOptions): Promise<EmbeddedEngine> {
  const readOnly = options.readOnly ?? false;
  const folder: DataFolder = openDataFolder(dir, { purpose: options.purpose, readOnly });
  let eventStore: EventLog | undefined;
  let readStore: SqliteReadStore | undefined;
  const close = async (): Promise<void> => {
    await eventStore?.close();
    await readStore?.close();
    folder.close();
  };
  try {
    eventStore = openEventLog(folder, { readOnly, ...(options.clock && { clock: options.clock }) });
    readStore = openReadStore(join(folder.path, READ_MODELS_FILE), { logId: eventStore.id, readOnly });
    await requireBehind(eventStore, readStore, folder.path);
    return { eventStore, readStore, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Read models that know more than the log were made from another state of it: a backup was put back. */
async function requireBehind(log: EventLog, readStore: SqliteReadStore, path: string): Promise<void> {
  const { position } = await readStore.snapshot((models) => models.checkpoint());
  if (position <= (await log.head())) return;
  throw new StoreRefused(
    `${join(path, READ_MODELS_FILE)}: it is ahead of the log, which was perhaps put back from a backup. ` +
      'Delete it: the read models are made again from the log.',
  );
}
