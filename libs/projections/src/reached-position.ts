import type { Position } from '@ledger/event-sourcing';
import { START } from '@ledger/event-sourcing';

interface Waiter {
  readonly position: Position;
  readonly resolve: (reached: boolean) => void;
}

/** How far a projection has come, and who waits for it to come further. */
export class ReachedPosition {
  private readonly waiters = new Set<Waiter>();
  private at: Position = START;
  private ended = false;

  get position(): Position {
    return this.at;
  }

  advance(position: Position): void {
    this.at = position;
    for (const waiter of this.waiters) if (waiter.position <= position) waiter.resolve(true);
  }

  /** True as soon as it has come to a position, false when it has not within the time. */
  async reached(position: Position, timeoutMs: number): Promise<boolean> {
    if (position <= this.at) return true;
    // What has been stopped reaches nothing more.
    if (this.ended) return false;
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

  /** It comes no further: nobody is kept waiting. */
  end(): void {
    this.ended = true;
    for (const waiter of this.waiters) waiter.resolve(false);
  }
}
