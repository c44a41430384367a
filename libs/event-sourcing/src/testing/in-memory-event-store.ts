import { EventEmitter, once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { JsonObject, PlainDate } from '@ledger/kernel';
import { dayOf } from '@ledger/kernel';
import { validate as isUuid } from 'uuid';
import type {
  Appended,
  EventStore,
  FactMetadata,
  FollowOptions,
  LogPage,
  NewFact,
  Position,
  RecordedFact,
} from '../event-store';
import { NO_STREAM, RevisionConflict, START, StoreUnavailable } from '../event-store';

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

function sameAgain(
  stream: string,
  expectedRevision: number,
  facts: readonly NewFact[],
  earlier: readonly RecordedFact[],
): Appended {
  const recorded = earlier.slice(expectedRevision + 1, expectedRevision + 1 + facts.length);
  if (facts.every((fact, index) => fact.id === recorded[index]?.id)) return appended(recorded);
  throw new RevisionConflict(stream, expectedRevision, earlier.length - 1);
}

function appended(facts: readonly RecordedFact[]): Appended {
  const last = facts.at(-1);
  if (!last) throw new Error('an append has at least one fact');
  return { revision: last.revision, position: last.position, facts };
}

/** The facts as a log would give them back; a `TypeError` where it could not. */
function keep(stream: string, expectedRevision: number, facts: readonly NewFact[]): readonly NewFact[] {
  if (stream === '') throw new TypeError('a stream needs a name');
  if (!Number.isSafeInteger(expectedRevision) || expectedRevision < NO_STREAM) {
    throw new TypeError(`${expectedRevision} is no revision`);
  }
  if (facts.length === 0) throw new TypeError('an append needs at least one fact');
  return facts.map((fact) => {
    if (!isUuid(fact.id)) throw new TypeError(`the id of a fact must be a UUID: ${fact.id}`);
    const { id, type, version } = fact;
    return { id, type, version, data: asJson(fact.data), metadata: asJson(fact.metadata) };
  });
}

function asJson<Value extends JsonObject | FactMetadata>(value: Value): Value {
  return JSON.parse(JSON.stringify(value, refuseWhatJsonDrops)) as Value;
}

function refuseWhatJsonDrops(this: unknown, key: string, value: unknown): unknown {
  const absent = value === undefined && !Array.isArray(this);
  const plain = value === null || ['string', 'boolean', 'object'].includes(typeof value);
  if (absent || plain || Number.isFinite(value)) return value;
  throw new TypeError(`${key} cannot be kept as JSON: a ${typeof value}`);
}
