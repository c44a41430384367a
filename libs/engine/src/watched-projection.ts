import type { Position } from '@ledger/event-sourcing';
import { START } from '@ledger/event-sourcing';
import type { ReadStore } from '@ledger/poverty-rates';
import { positionIn } from '@ledger/poverty-rates';
import type { RunningProjection } from '@ledger/projections';
import { pause } from '@ledger/projections';

/** A caller who has just written is answered soon; one who waits long does not keep the database busy. */
const FIRST_LOOK_MS = 2;
const LONGEST_LOOK_MS = 100;
/** Each pause by so much longer than the one before: nobody waits much longer than the projection takes. */
const GROWTH = 1.5;

/**
 * The projection of another process, seen through the checkpoint that it leaves in the read models. Nobody looks
 * unless somebody waits.
 */
export class WatchedProjection implements RunningProjection {
  private at: Position = START;
  private readonly stopping = new AbortController();
  private look: Promise<void> | undefined;
  private pausing: { readonly until: number; readonly over: Promise<void> } | undefined;

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
    for (let ms = FIRST_LOOK_MS; !signal.aborted; ms = Math.min(ms * GROWTH, LONGEST_LOOK_MS)) {
      await this.lookAgain();
      if (position <= this.at) return true;
      const left = giveUpAt - performance.now();
      if (left <= 0) return false;
      await this.pauseTogether(Math.min(ms, left));
    }
    return false;
  }

  /** Who would pause for longer than somebody else looks together with him. */
  private pauseTogether(ms: number): Promise<void> {
    const now = performance.now();
    const { pausing } = this;
    if (pausing && pausing.until > now && pausing.until <= now + ms) return pausing.over;
    const over = pause(ms, this.stopping.signal);
    this.pausing = { until: now + ms, over };
    return over;
  }

  /** One look serves all who wait: it sees at least what was there when it began. */
  private lookAgain(): Promise<void> {
    this.look ??= positionIn(this.readStore)
      .then((position) => void (this.at = position))
      .finally(() => (this.look = undefined));
    return this.look;
  }
}
