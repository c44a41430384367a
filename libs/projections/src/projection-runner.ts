import type { EventStore, Position } from '@ledger/event-sourcing';
import { pause, waitMs } from './pauses';
import type { Projection } from './projection';
import { ReachedPosition } from './reached-position';
import type { RunnerOptions, RunningProjection } from './running-projection';

/**
 * Follows the log and feeds a projection, one page after the other. Errors of the infrastructure are tried
 * again for ever from the checkpoint, with growing, jittered pauses: nothing is ever skipped.
 */
export class ProjectionRunner implements RunningProjection {
  private readonly stopping = new AbortController();
  private readonly at = new ReachedPosition();
  private running: Promise<void> | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly projection: Projection,
    private readonly options: RunnerOptions,
  ) {}

  async start(): Promise<void> {
    this.at.advance(await this.projection.position());
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    this.at.end();
  }

  get position(): Position {
    return this.at.position;
  }

  async reached(position: Position, timeoutMs: number): Promise<boolean> {
    return this.at.reached(position, timeoutMs);
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    for (let failures = 0; !signal.aborted;) {
      try {
        await this.follow(() => (failures = 0));
        // A follow that ends by itself is a dropped connection: go on from the checkpoint.
        await pause(waitMs(++failures), signal);
      } catch (error) {
        if (signal.aborted) return;
        const ms = waitMs(++failures);
        this.options.onFailure?.(error, ms);
        await pause(ms, signal);
      }
    }
  }

  private async follow(onSuccess: () => void): Promise<void> {
    const { signal } = this.stopping;
    const after = await this.projection.position();
    for await (const page of this.store.follow({ after, maxFacts: this.options.maxFacts, signal })) {
      await this.projection.project(page);
      onSuccess();
      this.at.advance(page.position);
      this.options.onProgress?.({ facts: page.facts.length, position: page.position });
      if (signal.aborted) return;
      // Requests come first: a log that never ends must not keep them waiting.
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }
}
