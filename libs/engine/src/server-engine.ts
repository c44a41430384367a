import type { Position } from '@ledger/event-sourcing';
import { StoreUnavailable } from '@ledger/event-sourcing';
import type { EventStoreDb } from '@ledger/eventstoredb';
import { openEventStoreDb } from '@ledger/eventstoredb';
import type { MongoReadStore } from '@ledger/mongo';
import { openMongoReadStore } from '@ledger/mongo';
import { LEDGER_STREAMS, Projector } from '@ledger/poverty-rates';
import type { RunnerOptions, RunningProjection } from '@ledger/projections';
import { ProjectionRunner } from '@ledger/projections';
import type { ServerSettings } from './settings';
import { WatchedProjection } from './watched-projection';

/** Log and read models on servers. Any number of processes may open them; one of them projects. */
export class ServerEngine {
  constructor(
    readonly eventStore: EventStoreDb,
    readonly readStore: MongoReadStore,
  ) {}

  get place(): string {
    return `${this.eventStore.url} and ${this.readStore.url}`;
  }

  /**
   * Projects in this process. A second one beside it does no harm: whoever comes second with a batch is fenced off
   * and reads the checkpoint again.
   */
  runProjection(options: RunnerOptions): RunningProjection {
    return new ProjectionRunner(this.eventStore, new Projector(this.readStore), options);
  }

  watchedProjection(): RunningProjection {
    return new WatchedProjection(this.readStore);
  }

  /** @throws StoreRefused when the log does not go so far */
  requireInLog(position: Position): Promise<void> {
    return this.eventStore.requireWithin(position);
  }

  async positionOfReadModels(): Promise<Position> {
    return (await this.readStore.snapshot((models) => models.checkpoint())).position;
  }

  async close(): Promise<void> {
    await this.eventStore.close();
    await this.readStore.close();
  }
}

export interface ServerOptions {
  /** Told what the stores had to try again. */
  readonly onTrouble?: (what: string) => void;
  /** Nothing is written. */
  readonly readOnly?: boolean;
  /** The read models are to be made again: they may be damaged or of another release. */
  readonly toRebuild?: boolean;
}

/**
 * @throws StoreUnavailable when the read models cannot be reached; a log that cannot be is waited for
 * @throws StoreRefused when the read models know more than the log
 */
export async function openServerEngine(
  { eventStoreUrl, mongoUrl, ledger }: ServerSettings,
  { onTrouble = () => undefined, readOnly = false, toRebuild = false }: ServerOptions = {},
): Promise<ServerEngine> {
  const readStore = await openMongoReadStore(mongoUrl, { readOnly, toRebuild });
  const eventStore = openEventStoreDb(eventStoreUrl, {
    streams: LEDGER_STREAMS,
    ledger,
    onDrop: (why, waitMs) =>
      onTrouble(`the log: ${why?.message ?? 'the subscription ended'}; again in ${waitMs} ms`),
  });
  const engine = new ServerEngine(eventStore, readStore);
  if (!toRebuild) await requireOneLog(engine);
  return engine;
}

/** Read models that know more than the log were made from another state of it: a backup was put back. */
async function requireOneLog(engine: ServerEngine): Promise<void> {
  try {
    await engine.requireInLog(await engine.positionOfReadModels());
  } catch (error) {
    // A store that is away now is waited for, by whoever needs it.
    if (error instanceof StoreUnavailable) return;
    await engine.close();
    throw error;
  }
}
