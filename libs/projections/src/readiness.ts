import type { Position } from '@ledger/event-sourcing';
import { StoreRefused } from '@ledger/event-sourcing';

/** Both are asked by calls of their own: what stands still in this process cannot look healthy. */
export interface ReadinessSources {
  /** The end of the log. */
  head(): Promise<Position>;
  /** How far the read models are, and how many streams wait for repair. */
  readModels(): Promise<{ readonly position: Position; readonly parked: number }>;
}

export interface ReadinessLimits {
  /** How long what was recorded may stay unseen. */
  readonly lagMs: number;
  /** How many streams may wait for repair. */
  readonly parked: number;
  /** How long a store may take to answer before it counts as unreachable. */
  readonly answerMs: number;
}

export interface ReadinessReport {
  readonly status: 'ready' | 'not-ready';
  /** Whether it has been ready once. */
  readonly started: boolean;
  /** What is wrong, in words; empty when nothing is. */
  readonly reasons: readonly string[];
  readonly log: 'reachable' | 'unreachable';
  readonly readModels: 'reachable' | 'unreachable';
  readonly head?: Position;
  readonly position?: Position;
  readonly lagMs?: number;
  readonly parked?: number;
}

/**
 * Whether questions can be answered as they should be: both stores answer, everything that was in the log at the
 * start can be asked for, and what has come since is seen within its limit.
 */
export class Readiness {
  private headAtStart: Position | undefined;
  private started = false;
  /** The last head that was seen and not yet reached. One that is reached counts, though others follow it. */
  private awaited: { readonly head: Position; readonly since: number } | undefined;

  constructor(
    private readonly sources: ReadinessSources,
    private readonly clock: () => number,
    private readonly limits: ReadinessLimits,
  ) {}

  /** Notes what is in the log now; where it cannot be reached yet, with the first report that can. */
  async begin(): Promise<void> {
    this.headAtStart = await this.answer(this.sources.head(), []);
  }

  async report(): Promise<ReadinessReport> {
    const reasons: string[] = [];
    const [head, models] = await Promise.all([
      this.answer(this.sources.head(), reasons),
      this.answer(this.sources.readModels(), reasons),
    ]);
    this.headAtStart ??= head;
    const lagMs = head !== undefined && models ? this.lagOf(models.position, head) : undefined;
    reasons.push(...this.reasonsAgainst(head, models, lagMs));
    this.started ||= reasons.length === 0;
    return {
      status: reasons.length === 0 ? 'ready' : 'not-ready',
      started: this.started,
      reasons,
      log: head === undefined ? 'unreachable' : 'reachable',
      readModels: models ? 'reachable' : 'unreachable',
      ...(head !== undefined && { head }),
      ...(models && { position: models.position, parked: models.parked }),
      ...(lagMs !== undefined && { lagMs }),
    };
  }

  private reasonsAgainst(
    head: Position | undefined,
    models: { readonly position: Position; readonly parked: number } | undefined,
    lagMs: number | undefined,
  ): string[] {
    const { limits, headAtStart } = this;
    const reasons: string[] = [];
    if (head === undefined) reasons.push('the log does not answer');
    if (!models) return [...reasons, 'the read models do not answer'];
    if (headAtStart !== undefined && models.position < headAtStart)
      reasons.push('what was in the log at the start is not in the read models yet');
    if (lagMs !== undefined && lagMs > limits.lagMs)
      reasons.push(`what was recorded has not been seen for ${lagMs} ms (limit ${limits.lagMs})`);
    if (models.parked > limits.parked)
      reasons.push(`${models.parked} streams wait for repair (limit ${limits.parked})`);
    return reasons;
  }

  /** For how long something that was seen in the log could not be asked for; 0 while everything was reached. */
  private lagOf(position: Position, head: Position): number {
    const now = this.clock();
    if (this.awaited && position >= this.awaited.head) this.awaited = undefined;
    if (position < head) this.awaited ??= { head, since: now };
    return this.awaited ? now - this.awaited.since : 0;
  }

  /** Nothing where there is no answer; what the store has refused is told. */
  private async answer<Answer>(asked: Promise<Answer>, told: string[]): Promise<Answer | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), this.limits.answerMs);
    });
    try {
      return await Promise.race([asked, late]);
    } catch (error) {
      if (error instanceof StoreRefused) told.push(error.message);
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }
}
