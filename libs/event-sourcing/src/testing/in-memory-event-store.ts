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
} from '../event-store';
import { START, StoreUnavailable } from '../event-store';
import { appended, keep, sameAgain } from '../kept-facts';

/** A log for tests, gone with the process. It answers like the real ones and passes their contract suite. */
export class InMemoryEventStore implements EventStore {
  private readonly log: RecordedFact[] = [];
  private readonly streams = new Map<string, RecordedFact[]>();
  private readonly grown = new EventEmitter().setMaxListeners(0);
  private closed = false;

  /** @param clock milliseconds since 1970, for `recordedAt` */
  constructor(private readonly clock: () => number = Date.now) {}

  async append(stream: string, expectedRevision: number, facts: readonly NewFact[]): Promise<Appended> {
    const kept = keep(stream, expectedRevision, facts);
    this.requireOpen();
    // An append takes its time in a real store, and others come in between.
    await nextTurn();
    this.requireOpen();
    const earlier = this.streams.get(stream) ?? [];
    if (expectedRevision !== earlier.length - 1) {
      return sameAgain(stream, expectedRevision, kept, earlier);
    }
    const recordedAt = new Date(this.clock()).toISOString();
    const recorded = kept.map((fact, index) => ({
      ...fact,
      stream,
      revision: earlier.length + index,
      position: positionOf(this.log.length + 1 + index),
      recordedAt,
    }));
    earlier.push(...recorded);
    this.streams.set(stream, earlier);
    this.log.push(...recorded);
    this.grown.emit('grown');
    return appended(recorded);
  }

  async read(stream: string, fromRevision = 0): Promise<readonly RecordedFact[]> {
    this.requireOpen();
    return this.streams.get(stream)?.slice(fromRevision) ?? [];
  }

  async *follow({ after, maxFacts, signal }: FollowOptions): AsyncGenerator<LogPage, void, undefined> {
    let passed = Number(after);
    while (!signal.aborted && !this.closed) {
      const facts = this.log.slice(passed, passed + maxFacts);
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
    return this.log.at(-1)?.position ?? START;
  }

  async lastRecordedOn(): Promise<PlainDate | undefined> {
    this.requireOpen();
    const last = this.log.at(-1);
    return last && (last.metadata.recordedOn ?? dayOf(last.recordedAt));
  }

  async close(): Promise<void> {
    this.closed = true;
    this.grown.emit('grown');
  }

  private requireOpen(): void {
    if (this.closed) throw new StoreUnavailable('the store is closed');
  }
}

const positionOf = (count: number): Position => String(count).padStart(16, '0') as Position;
