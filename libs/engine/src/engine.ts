import type { ProjectionOptions } from '@ledger/embedded';
import { openEmbeddedEngine } from '@ledger/embedded';
import type { EventStore, Position } from '@ledger/event-sourcing';
import type { ReadStore } from '@ledger/poverty-rates';
import type { ReadinessSources, RunningProjection } from '@ledger/projections';
import { openServerEngine } from './server-engine';
import type { EngineSettings } from './settings';

/** What the server runs on: the two stores, and what brings the read models up to the log. */
export interface Engine {
  /** Where it is, for whoever reads the first line of a process. Without passwords. */
  readonly place: string;
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  /** The projection of this process, or a look at that of the one which projects for all. */
  projection(options: ProjectionOptions): RunningProjection;
  /** Where a log can be put back behind our back. @throws StoreRefused when it does not go so far */
  requireInLog?(position: Position): Promise<void>;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** What it is held for, in the words that a second process will read. */
  readonly purpose: string;
  /** Told what the stores had to try again. */
  readonly onTrouble?: (what: string) => void;
}

/** Opens the stores that the settings name. What was opened is closed again when a part cannot be. */
export async function openEngine(
  settings: EngineSettings,
  { purpose, onTrouble }: OpenOptions,
): Promise<Engine> {
  if (settings.engine === 'servers') {
    const engine = await openServerEngine(settings, onTrouble ? { onTrouble } : {});
    return Object.assign(engine, { projection: () => engine.watchedProjection() });
  }
  const engine = await openEmbeddedEngine(settings.dataDir, { purpose });
  return Object.assign(engine, { place: settings.dataDir });
}

type Asked = Pick<Engine, 'eventStore' | 'readStore' | 'requireInLog'>;

/** What readiness asks of an engine. */
export const readinessSources = (engine: Asked): ReadinessSources => ({
  head: () => engine.eventStore.head(),
  readModels: async () => {
    const [{ position }, parked] = await engine.readStore.snapshot((models) =>
      Promise.all([models.checkpoint(), models.parked()]),
    );
    await engine.requireInLog?.(position);
    return { position, parked: parked.length };
  },
});
