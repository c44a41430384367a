import type { Position } from '@ledger/event-sourcing';
import { unreachable } from '@ledger/kernel';
import type { RunnerOptions, RunningProjection } from '@ledger/projections';
import { pause, ReachedPosition, waitMs } from '@ledger/projections';
import type { EventLog } from './event-log';
import type { FromThread } from './projection.thread';
import { errorOf, ThreadLife } from './thread-life';

/** Where the read models are that the thread writes. */
export interface ReadModelsInUse {
  readonly file: string;
  readonly bulk: boolean;
}

/**
 * A projection in a thread of its own, so that nobody waits for a batch. A thread that ends unasked is a
 * failure like others: another one goes on from the checkpoint, after a growing pause.
 */
export class ProjectionThread implements RunningProjection {
  private readonly stopping = new AbortController();
  private readonly at = new ReachedPosition();
  private readonly grown = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  private life: ThreadLife | undefined;
  private running: Promise<void> | undefined;
  private failures = 0;

  constructor(
    private readonly log: EventLog,
    private readonly readModels: ReadModelsInUse,
    private readonly options: RunnerOptions,
    private readonly script: string,
  ) {}

  get position(): Position {
    return this.at.position;
  }

  /** @throws StoreRefused or StoreUnavailable when the thread cannot read the log or the read models */
  async start(): Promise<void> {
    const first = this.launch();
    this.running = this.keepAlive(first);
    await first.started;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.life?.stop();
    await this.running;
    this.at.end();
  }

  async reached(position: Position, timeoutMs: number): Promise<boolean> {
    if (position > this.position) this.tellGrown();
    return this.at.reached(position, timeoutMs);
  }

  private async keepAlive(first: ThreadLife): Promise<void> {
    const { signal } = this.stopping;
    // In bulk nobody waits for one fact: the thread looks now and then, and finds many at once.
    const endTelling = this.readModels.bulk ? undefined : this.log.onGrown(() => this.tellGrown());
    let reason: unknown = await first.ended;
    // What cannot even start the first time is the caller's to decide.
    while (first.hasStarted && !signal.aborted) {
      const ms = waitMs(++this.failures);
      this.options.onFailure?.(reason, ms);
      await pause(ms, signal);
      if (!signal.aborted) reason = await this.nextLife();
    }
    endTelling?.();
  }

  /** Resolves with what ended it. */
  private async nextLife(): Promise<unknown> {
    try {
      return await this.launch().ended;
    } catch (error) {
      return error;
    }
  }

  private launch(): ThreadLife {
    // A thread that ended may have left a word unheard.
    Atomics.store(this.grown, 0, 0);
    this.life = new ThreadLife(
      this.script,
      {
        ...{ logFile: this.log.path, logId: this.log.id, grown: this.grown.buffer },
        ...{ readModelsFile: this.readModels.file, bulk: this.readModels.bulk },
        maxFacts: this.options.maxFacts,
      },
      (said) => this.hear(said),
    );
    return this.life;
  }

  /** One word for all that is recorded until the thread hears it. */
  private tellGrown(): void {
    if (Atomics.exchange(this.grown, 0, 1) === 0) this.life?.tell('grown');
  }

  private hear(said: FromThread): void {
    switch (said.type) {
      case 'started':
        return this.at.advance(said.position);
      case 'progress':
        this.failures = 0;
        this.at.advance(said.position);
        return this.options.onProgress?.({ facts: said.facts, position: said.position });
      case 'failed':
        return this.options.onFailure?.(errorOf(said.error), said.waitMs);
      case 'unable':
        // It ends, and its end is what is told.
        return;
    }
    return unreachable(said);
  }
}
