import type { ServerEngine } from '@ledger/engine';
import type { Position } from '@ledger/event-sourcing';
import { CheckpointMoved } from '@ledger/poverty-rates';
import type { RunningProjection } from '@ledger/projections';
import { tell } from './import-options';

/** Nobody waits for an answer meanwhile: large bites are quicker. */
const MAX_FACTS = 2_000;
/** A projector that has not moved for so long is taken for absent. */
const STANDSTILL_MS = 2_000;

/**
 * What a command on servers waits for: the projector books what it records. Where none runs, the command does it
 * itself; one that comes up meanwhile is fenced off, or fences us off, and nothing is booked twice.
 */
export class ProjectionOfServers {
  private readonly watched: RunningProjection;
  private own: RunningProjection | undefined;
  private failure: Error | undefined;

  static async start(engine: ServerEngine, signal: AbortSignal): Promise<ProjectionOfServers> {
    return new ProjectionOfServers(engine, signal, await engine.eventStore.head());
  }

  private constructor(
    private readonly engine: ServerEngine,
    private readonly signal: AbortSignal,
    private readonly headAtStart: Position,
  ) {
    this.watched = engine.watchedProjection();
  }

  /** Waits until everything can be asked for that was in the log at the start. @throws what went wrong */
  async ready(): Promise<void> {
    await this.reach(this.headAtStart);
  }

  /** Waits until everything can be asked for that is in the log now. @throws what went wrong */
  async finish(): Promise<void> {
    await this.reach(await this.engine.eventStore.head());
  }

  async stop(): Promise<void> {
    await this.watched.stop();
    await this.own?.stop();
  }

  private async reach(position: Position): Promise<void> {
    if (await this.watched.reached(position, 0)) return;
    for (let before = this.watched.position; ; before = this.watched.position) {
      this.signal.throwIfAborted();
      if (await this.watched.reached(position, STANDSTILL_MS)) return;
      if (this.failure) throw this.failure;
      if (before === this.watched.position && !this.own) await this.projectHere();
    }
  }

  private async projectHere(): Promise<void> {
    tell('No projector is at work on these servers: the read models are brought up to the log from here.');
    let facts = 0;
    this.own = this.engine.runProjection({
      maxFacts: MAX_FACTS,
      onProgress: (progress) => {
        if (Math.floor(facts / 20_000) < Math.floor((facts += progress.facts) / 20_000))
          tell(`${facts} facts booked`);
      },
      onFailure: (error) => {
        if (error instanceof CheckpointMoved) return;
        // A command does not wait for better times: it says what is wrong.
        this.failure ??= error instanceof Error ? error : new Error(String(error));
      },
    });
    await this.own.start();
  }
}
