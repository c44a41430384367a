import { join } from 'node:path';
import { StoreRefused } from '@ledger/event-sourcing';
import type { ReadStore } from '@ledger/poverty-rates';
import { positionIn, Projector } from '@ledger/poverty-rates';
import type { RunnerOptions, RunningProjection } from '@ledger/projections';
import { ProjectionRunner } from '@ledger/projections';
import type { DataFolder } from './data-folder';
import { openDataFolder } from './data-folder';
import type { EventLog } from './event-log';
import { openEventLog } from './event-log';
import { ProjectionThread } from './projection-thread';
import type { SqliteReadStore } from './read-store';
import { openReadStore } from './read-store';
import { ReadModelFile } from './rebuilding';
import type { OnStep } from './steps';
import { findThreadScript } from './thread-script';

export const READ_MODELS_FILE = 'read-models.sqlite';
/** Where new read models are made: whatever stands there is a rebuild that was interrupted. */
export const UNFINISHED_READ_MODELS_FILE = `${READ_MODELS_FILE}.rebuild`;

export interface EngineOptions {
  /** What the folder is held for, in the words that a second process will read. */
  readonly purpose: string;
  readonly clock?: () => number;
  /** For tools beside a running server: takes no lock and writes nothing. */
  readonly readOnly?: boolean;
  /** Many facts are booked at once and nobody waits for an answer meanwhile. */
  readonly bulk?: boolean;
  readonly onStep?: OnStep;
}

export interface ProjectionOptions extends RunnerOptions {
  /** Instead of `maxFacts` where the projection has to share the thread of its caller. */
  readonly maxFactsOnSharedThread?: number;
}

/** Log and read models of one data folder, held by one process. */
export interface EmbeddedEngine {
  readonly eventStore: EventLog;
  readonly readStore: ReadStore;
  /**
   * What brings the read models in use up to the log, and keeps them there: in a thread of its own, where the
   * sources are compiled. One at a time; stop it before the engine is closed or uses other read models.
   */
  projection(options: ProjectionOptions): RunningProjection;
  /** An empty file of read models beside those in use, to be filled from the log at once. */
  newReadModels(): ReadModelFile;
  /** Takes read models that were filled into use, and the old ones out of it: no question may be under way. */
  useReadModels(file: ReadModelFile): Promise<void>;
  close(): Promise<void>;
}

/** Opens a data folder with everything in it; what was opened is closed again when a part cannot be. */
export async function openEmbeddedEngine(dir: string, options: EngineOptions): Promise<EmbeddedEngine> {
  const readOnly = options.readOnly ?? false;
  const folder: DataFolder = openDataFolder(dir, { purpose: options.purpose, readOnly });
  let eventStore: EventLog | undefined;
  try {
    const { clock, onStep } = options;
    eventStore = openEventLog(folder, { readOnly, ...(clock && { clock }), ...(onStep && { onStep }) });
    const engine = new Engine(folder, eventStore, { ...options, readOnly });
    await requireBehind(eventStore, engine.readStore, folder.path);
    return engine;
  } catch (error) {
    await eventStore?.close();
    folder.close();
    throw error;
  }
}

class Engine implements EmbeddedEngine {
  readStore: SqliteReadStore;
  private readonly path: string;

  constructor(
    private readonly folder: DataFolder,
    readonly eventStore: EventLog,
    private readonly options: EngineOptions,
  ) {
    this.path = join(folder.path, READ_MODELS_FILE);
    this.readStore = this.openReadStore();
  }

  projection({ maxFactsOnSharedThread, ...options }: ProjectionOptions): RunningProjection {
    const { eventStore, readStore, path } = this;
    const { bulk = false, onStep } = this.options;
    // Whoever listens to the steps of a batch does so in this thread.
    const script = onStep ? undefined : findThreadScript('projection');
    if (script !== undefined) return new ProjectionThread(eventStore, { file: path, bulk }, options, script);
    const maxFacts = maxFactsOnSharedThread ?? options.maxFacts;
    return new ProjectionRunner(eventStore, new Projector(readStore), { ...options, maxFacts });
  }

  newReadModels(): ReadModelFile {
    return new ReadModelFile(join(this.folder.path, UNFINISHED_READ_MODELS_FILE), this.eventStore.id);
  }

  async useReadModels(file: ReadModelFile): Promise<void> {
    await this.readStore.close();
    file.replace(this.path);
    this.readStore = this.openReadStore();
  }

  async close(): Promise<void> {
    await this.eventStore.close();
    await this.readStore.close();
    this.folder.close();
  }

  private openReadStore(): SqliteReadStore {
    return openReadStore(this.path, { ...this.options, logId: this.eventStore.id });
  }
}

/** Read models that know more than the log were made from another state of it: a backup was put back. */
async function requireBehind(log: EventLog, readStore: SqliteReadStore, path: string): Promise<void> {
  if ((await positionIn(readStore)) <= (await log.head())) return;
  throw new StoreRefused(
    `${join(path, READ_MODELS_FILE)}: it is ahead of the log, which was perhaps put back from a backup. ` +
      'The read models are made again from the log by: npm run cli -- rebuild',
  );
}
