import type { EventStore, Position } from '@ledger/event-sourcing';
import { START } from '@ledger/event-sourcing';
import type { Projection } from './projection';

export interface RunnerOptions {
  /** Facts taken in at once: small bites keep requests quick, large ones catch up faster. */
  readonly maxFacts: number;
  /** Called after every page. */
  readonly onProgress?: (progress: { facts: number; position: Position }) => void;
  /** Called with what went wrong; the runner tries again for ever. */
  readonly onFailure?: (error: unknown, waitMs: number) => void;
}

interface Waiter {
  readonly position: Position;
  readonly resolve: (reached: boolean) => void;
}

const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 5_000;

/**
 * Follows the log and feeds a projection, one page after the other. Errors of the infrastructure are tried
 * again for ever from the checkpoint, with growing, jittered pauses: nothing is ever skipped.
 */
export class ProjectionRunner {
  private readonly stopping = new AbortController();
  private readonly waiters = new Set<Waiter>();
  private running: Promise<void> | undefined;
  private at: Position = START;

  constructor(
    private readonly store: EventStore,
    private readonly projection: Projection,
    private readonly options: RunnerOptions,
  ) {}

  /** Resolves when the checkpoint is read; the projection goes on until {@link stop}. */
  async start(): Promise<void> {
    this.advance(await this.projection.position());
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    for (const waiter of this.waiters) waiter.resolve(false);
    this.waiters.clear();
  }

  /** Everything up to here can be asked for. */
  get position(): Position {
    return this.at;
  }

  /** True as soon as everything up to a position can be asked for, false when it cannot within the time. */
  async reached(position: Position, timeoutMs: number): Promise<boolean> {
    if (position <= this.at) return true;
    // What has been stopped reaches nothing more.
    if (this.stopping.signal.aborted) return false;
    return new Promise((resolve) => {
      const waiter: Waiter = {
        position,
        resolve: (reached) => {
          clearTimeout(timer);
          this.waiters.delete(waiter);
          resolve(reached);
        },
      };
      const timer = setTimeout(() => waiter.resolve(false), timeoutMs);
      this.waiters.add(waiter);
    });
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    for (let failures = 0; !signal.aborted;) {
      try {
        await this.follow(() => (failures = 0));
        // A follow that ends by itself is a dropped connection: go on from the checkpoint.
        await this.pause(waitMs(++failures));
      } catch (error) {
        if (signal.aborted) return;
        const ms = waitMs(++failures);
        this.options.onFailure?.(error, ms);
        await this.pause(ms);
      }
    }
  }

  private async follow(onSuccess: () => void): Promise<void> {
    const { signal } = this.stopping;
    const after = await this.projection.position();
    for await (const page of this.store.follow({ after, maxFacts: this.options.maxFacts, signal })) {
      await this.projection.project(page);
      onSuccess();
      this.advance(page.position);
      this.options.onProgress?.({ facts: page.facts.length, position: page.position });
      if (signal.aborted) return;
      // Requests come first: a log that never ends must not keep them waiting.
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }

  private advance(position: Position): void {
    this.at = position;
    for (const waiter of this.waiters) if (waiter.position <= position) waiter.resolve(true);
  }

  private async pause(ms: number): Promise<void> {
    const { signal } = this.stopping;
    // A signal that was given before tells nobody who listens only now.
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done);
    });
  }
}

function waitMs(failures: number): number {
  const longest = Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS);
  return Math.round(longest * (0.5 + Math.random() / 2));
}
