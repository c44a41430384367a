import type { Position } from '@ledger/event-sourcing';
import { START } from '@ledger/event-sourcing';
import type { ReadStore } from '@ledger/poverty-rates';
import type { RunningProjection } from '@ledger/projections';
import { pause } from '@ledger/projections';

/** A caller who has just written is answered soon; one who waits long does not keep the database busy. */
const FIRST_LOOK_MS = 5;
const LONGEST_LOOK_MS = 100;

/**
 * The projection of another process, seen through the checkpoint that it leaves in the read models. Nobody looks
 * unless somebody waits.
 */
export class WatchedProjection implements RunningProjection {
  private at: Position = START;
  private readonly stopping = new AbortController();
  private look: Promise<void> | undefined;

  constructor(private readonly readStore: ReadStore) {}

  /** As it was seen last. */
  get position(): Position {
    return this.at;
  }

  async start(): Promise<void> {
    // It runs elsewhere.
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.look?.catch(() => undefined);
  }

  /** @throws StoreUnavailable when the read models cannot be asked how far they are */
  async reached(position: Position, timeoutMs: number): Promise<boolean> {
    const giveUpAt = performance.now() + timeoutMs;
    const { signal } = this.stopping;
    for (let ms = FIRST_LOOK_MS; !signal.aborted; ms = Math.min(ms * 2, LONGEST_LOOK_MS)) {
      await this.lookAgain();
      if (position <= this.at) return true;
      const left = giveUpAt - performance.now();
      if (left <= 0) return false;
      await pause(Math.min(ms, left), signal);
    }
    return false;
  }

  /** One look serves all who wait: it sees at least what was there when it began. */
  private lookAgain(): Promise<void> {
    this.look ??= this.readStore
      .snapshot((models) => models.checkpoint())
      .then(({ position }) => void (this.at = position))
      .finally(() => (this.look = undefined));
    return this.look;
  }
}
