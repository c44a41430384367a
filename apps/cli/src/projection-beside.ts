import type { EmbeddedEngine } from '@ledger/embedded';
import type { Position } from '@ledger/event-sourcing';
import { positionIn } from '@ledger/poverty-rates';
import type { RunningProjection } from '@ledger/projections';
import { Progress } from './progress';
import { replay } from './replay';

/** Nobody waits for an answer meanwhile: large bites are quicker. */
const MAX_FACTS = 2_000;
const A_DAY_MS = 86_400_000;

/** From so many facts on, and so large a part of the log, it is quicker to make all read models again. */
const MANY_FACTS = 20_000;
const LARGE_PART = 1 / 3;

/** Books what a command records while it records it, so that little is left to wait for at the end. */
export class ProjectionBeside {
  private readonly projection: RunningProjection;
  private readonly started: Promise<void>;
  private failure: Error | undefined;
  private onPosition: ((position: Position) => void) | undefined;

  /**
   * Read models that are far behind are made again first, with bars: that is quicker, and nothing may be booked
   * beside it.
   */
  static async start(engine: EmbeddedEngine, signal: AbortSignal): Promise<ProjectionBeside> {
    const head = await engine.eventStore.head();
    const behind = Number(head) - Number(await positionIn(engine.readStore));
    if (behind > MANY_FACTS && behind > Number(head) * LARGE_PART) await rebuildAll(engine, signal);
    return new ProjectionBeside(engine, signal, head);
  }

  private constructor(
    private readonly engine: EmbeddedEngine,
    private readonly signal: AbortSignal,
    private readonly headAtStart: Position,
  ) {
    this.projection = engine.projection({
      maxFacts: MAX_FACTS,
      onProgress: ({ position }) => this.onPosition?.(position),
      // A command does not wait for better times: it says what is wrong.
      onFailure: (error) => {
        this.failure ??= error instanceof Error ? error : new Error(String(error));
        void this.projection.stop();
      },
    });
    this.started = this.projection.start();
    // Told to whoever waits for it.
    this.started.catch(() => undefined);
  }

  /** Waits until everything can be asked for that was in the log at the start. @throws what went wrong */
  async ready(): Promise<void> {
    await this.reach(this.headAtStart);
  }

  /** Waits, with a bar, until everything can be asked for that is in the log now. @throws what went wrong */
  async finish(): Promise<void> {
    await this.started;
    const head = await this.engine.eventStore.head();
    const from = Number(this.projection.position);
    await Progress.of('booking movements ', Number(head) - from, async (at) => {
      this.onPosition = (position) => at(Number(position) - from);
      await this.reach(head);
      return Number(head) - from;
    });
  }

  /** Ends when the batch in work is written. */
  async stop(): Promise<void> {
    await this.started.catch(() => undefined);
    await this.projection.stop();
  }

  private async reach(position: Position): Promise<void> {
    await this.started;
    const cancel = (): void => void this.projection.stop();
    if (this.signal.aborted) cancel();
    this.signal.addEventListener('abort', cancel);
    const reached = await this.projection.reached(position, A_DAY_MS);
    this.signal.removeEventListener('abort', cancel);
    if (reached) return;
    if (this.failure) throw this.failure;
    this.signal.throwIfAborted();
    throw new Error(`the read models did not come to ${position}`);
  }
}

async function rebuildAll(engine: EmbeddedEngine, signal: AbortSignal): Promise<void> {
  const file = engine.newReadModels();
  try {
    await replay(engine.eventStore, file.load, { signal, upTo: await engine.eventStore.head() });
    await engine.useReadModels(file);
  } catch (error) {
    file.remove();
    throw error;
  }
}
