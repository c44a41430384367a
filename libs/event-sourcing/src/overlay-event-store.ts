import { EventEmitter, once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PlainDate } from '@ledger/kernel';
import { dayOf } from '@ledger/kernel';
import type {
  Appended,
  EventStore,
  FollowOptions,
  LogPage,
  NewFact,
  Position,
  RecordedFact,
} from './event-store';
import { NO_STREAM, StoreUnavailable } from './event-store';
import { appended, keep, sameAgain } from './kept-facts';
import { OverlayFacts } from './overlay-facts';

/** Sorts behind the position of the log on which the overlay lies. */
const OVER = '~';

/**
 * A log that lies over another one and leaves it as it is: what is appended is seen here and nowhere else. For
 * trying out what orders would lead to. It sees the log below as it was when it was laid over it, apart from
 * streams that it has not touched itself.
 */
export class OverlayEventStore implements EventStore {
  private readonly own = new OverlayFacts();
  private readonly grown = new EventEmitter().setMaxListeners(0);
  private count = 0;
  private last: RecordedFact | undefined;

  private constructor(
    private readonly below: EventStore,
    private readonly headBelow: Position,
    private readonly clock: () => number,
  ) {}

  /** @param clock milliseconds since 1970, for `recordedAt` */
  static async over(below: EventStore, clock: () => number): Promise<OverlayEventStore> {
    return new OverlayEventStore(below, await below.head(), clock);
  }

  async append(stream: string, expectedRevision: number, facts: readonly NewFact[]): Promise<Appended> {
    const kept = keep(stream, expectedRevision, facts);
    this.requireOpen();
    const lastBelow = (await this.below.read(stream)).at(-1)?.revision ?? NO_STREAM;
    this.requireOpen();
    // From here on nothing is waited for: of two writers one is first.
    const lastHere = this.own.lastRevision(stream);
    const actual = lastHere === NO_STREAM ? lastBelow : lastHere;
    if (actual !== expectedRevision) {
      const earlier = await this.read(stream);
      return sameAgain(stream, expectedRevision, kept, earlier);
    }
    const recordedAt = new Date(this.clock()).toISOString();
    const recorded = kept.map((fact, index) => ({
      ...fact,
      stream,
      revision: actual + 1 + index,
      position: this.positionOf(this.count + 1 + index),
      recordedAt,
    }));
    this.own.add(this.count + 1, recorded);
    this.count += recorded.length;
    this.last = recorded.at(-1);
    this.grown.emit('grown');
    return appended(recorded);
  }

  async read(stream: string, fromRevision = 0): Promise<readonly RecordedFact[]> {
    this.requireOpen();
    const below = await this.below.read(stream, fromRevision);
    this.requireOpen();
    const first = this.own.firstRevision(stream);
    return [...below.filter(({ revision }) => revision < first), ...this.own.read(stream, fromRevision)];
  }

  async *follow({ after, maxFacts, signal }: FollowOptions): AsyncGenerator<LogPage, void, undefined> {
    const isOwn = after.includes(OVER);
    if (!isOwn && after < this.headBelow) yield* this.followBelow({ after, maxFacts, signal });
    let passed = isOwn ? Number(after.slice(after.indexOf(OVER) + 1)) : 0;
    while (!signal.aborted && this.own.isOpen) {
      const facts = this.own.page(passed, maxFacts);
      const last = facts.at(-1);
      if (last) {
        passed += facts.length;
        yield { facts, position: last.position };
        await nextTurn();
      } else {
        // Rejected only by the signal, which the loop looks at next.
        await once(this.grown, 'grown', { signal }).catch(() => undefined);
      }
    }
  }

  async head(): Promise<Position> {
    this.requireOpen();
    return this.last?.position ?? this.headBelow;
  }

  async lastRecordedOn(): Promise<PlainDate | undefined> {
    this.requireOpen();
    if (!this.last) return this.below.lastRecordedOn();
    return this.last.metadata.recordedOn ?? dayOf(this.last.recordedAt);
  }

  /** Forgets everything that was appended here. The log below stays open: it belongs to others. */
  async close(): Promise<void> {
    this.own.close();
    this.grown.emit('grown');
  }

  private async *followBelow(options: FollowOptions): AsyncGenerator<LogPage, void, undefined> {
    for await (const page of this.below.follow(options)) {
      const facts = page.facts.filter(({ position }) => position <= this.headBelow);
      const done = page.position >= this.headBelow;
      yield { facts, position: done ? this.headBelow : page.position };
      if (done) return;
    }
  }

  private positionOf(number: number): Position {
    return `${this.headBelow}${OVER}${String(number).padStart(16, '0')}` as Position;
  }

  private requireOpen(): void {
    if (!this.own.isOpen) throw new StoreUnavailable('the overlay is closed');
  }
}
