import type { Position } from '@ledger/event-sourcing';
import { StoreRefused, StoreUnavailable } from '@ledger/event-sourcing';
import type { EventStoreDb } from '@ledger/eventstoredb';
import { openEventStoreDb } from '@ledger/eventstoredb';
import type { MongoReadStore } from '@ledger/mongo';
import { openMongoReadStore } from '@ledger/mongo';
import { FIRST_STREAM, LEDGER_STREAMS, positionIn, Projector } from '@ledger/poverty-rates';
import type { Projection, RunnerOptions, RunningProjection } from '@ledger/projections';
import { ProjectionRunner } from '@ledger/projections';
import type { ServerSettings } from './settings';
import { WatchedProjection } from './watched-projection';

/** Log and read models on servers. Any number of processes may open them; one of them projects. */
export class ServerEngine {
  private isOneLog = false;

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
    return new ProjectionRunner(this.eventStore, this.ofOneLog(new Projector(this.readStore)), options);
  }

  watchedProjection(): RunningProjection {
    return new WatchedProjection(this.readStore);
  }

  /** @throws StoreRefused when the log does not go so far, or is not the one that the read models are made from */
  async requireInLog(position: Position): Promise<void> {
    await this.requireOneLog();
    await this.eventStore.requireWithin(position);
  }

  /**
   * With the read models of another log, what this one has before their position would be skipped in silence.
   * @throws StoreRefused when they are made from another one
   */
  async requireOneLog(): Promise<void> {
    if (this.isOneLog) return;
    // A backup of the log has the same one.
    const first = await this.eventStore.first(FIRST_STREAM);
    // An empty log has no name yet, and nothing to be skipped.
    if (!first) return;
    try {
      // Trial and production may begin with the same order, but not at the same moment.
      await this.readStore.belongTo(`${first.id} at ${first.recordedAt}`);
    } catch (error) {
      if (!(error instanceof StoreRefused)) throw error;
      throw new StoreRefused(
        `The read models in ${this.readStore.url} are made from another log than the one that EVENTSTORE_URL and ` +
          'EVENTSTORE_STREAM_PREFIX name. Give each ledger a database of its own in MONGO_URL; if that other log is ' +
          'gone for good, drop this database and rebuild.',
        { cause: error },
      );
    }
    this.isOneLog = true;
  }

  /** Takes nothing in before it is known to be of the same log. */
  private ofOneLog(projection: Projection): Projection {
    return {
      position: async () => {
        await this.requireOneLog();
        return projection.position();
      },
      project: async (page) => {
        await this.requireOneLog();
        await projection.project(page);
      },
    };
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
  await requireTogether(engine, toRebuild);
  return engine;
}

/** Read models that know more than the log were made from another state of it: a backup was put back. */
async function requireTogether(engine: ServerEngine, toRebuild: boolean): Promise<void> {
  try {
    if (toRebuild) await engine.requireOneLog();
    else await engine.requireInLog(await positionIn(engine.readStore));
  } catch (error) {
    // A store that is away now is waited for, by whoever needs it.
    if (error instanceof StoreUnavailable) return;
    await engine.close();
    throw error;
  }
}
