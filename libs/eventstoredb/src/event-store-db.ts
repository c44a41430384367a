import type {
  Appended,
  EventStore,
  FollowOptions,
  LogPage,
  NewFact,
  Position,
  RecordedFact,
} from '@ledger/event-sourcing';
import { keep, RevisionConflict, START } from '@ledger/event-sourcing';
import type { PlainDate } from '@ledger/kernel';
import { appendFacts } from './appending';
import type { Timing } from './connection';
import { Connection, TIMING } from './connection';
import { connectionStringOf } from './connection-string';
import type { OnDrop } from './following';
import { follow } from './following';
import { LogEnd } from './log-end';
import { OurStreams } from './our-streams';
import { readFacts } from './reading';

export interface EventStoreDbOptions {
  /** Which streams are ours: names, or beginnings that end in `-`. Others on the same server are passed over. */
  readonly streams: readonly string[];
  /** Put before the name of each stream on the server, where several ledgers share it. */
  readonly ledger?: string;
  readonly timing?: Partial<Timing>;
  readonly onDrop?: OnDrop;
}

/**
 * The log on an EventStoreDB server. It connects with the first call, and again after every loss.
 * @param url `esdb://user:password@host:2113`, or `esdb://host:2113?tls=false` for trials
 * @throws RangeError when the url makes no sense, saying what would be right
 */
export function openEventStoreDb(url: string, options: EventStoreDbOptions): EventStoreDb {
  return new EventStoreDb(
    new Connection(connectionStringOf(url), { ...TIMING, ...options.timing }),
    new OurStreams(options.streams, options.ledger),
    options.onDrop ?? (() => undefined),
  );
}

/** The {@link EventStore} port on EventStoreDB. Every pitfall of its client is met here and nowhere else. */
export class EventStoreDb implements EventStore {
  private readonly logEnd: LogEnd;

  constructor(
    private readonly connection: Connection,
    private readonly ours: OurStreams,
    private readonly onDrop: OnDrop,
  ) {
    this.logEnd = new LogEnd(connection, ours);
  }

  /** Without the password. */
  get url(): string {
    return this.connection.string.shown;
  }

  async append(stream: string, expectedRevision: number, facts: readonly NewFact[]): Promise<Appended> {
    const kept = keep(stream, expectedRevision, facts);
    if (!this.ours.knows(stream)) throw new TypeError(`${stream}: nobody would follow this stream`);
    this.connection.requireOpen();
    try {
      const there = await appendFacts(this.connection, this.ours.nameThere(stream), expectedRevision, kept);
      return { ...there, facts: there.facts.map((fact) => this.ours.here(fact)) };
    } catch (error) {
      if (!(error instanceof RevisionConflict)) throw error;
      throw new RevisionConflict(stream, expectedRevision, error.actual);
    }
  }

  async read(stream: string, fromRevision = 0): Promise<readonly RecordedFact[]> {
    const facts = await readFacts(this.connection, this.ours.nameThere(stream), fromRevision);
    return facts.map((fact) => this.ours.here(fact));
  }

  /** The first fact of a stream; nothing where there is no such stream. */
  async first(stream: string): Promise<RecordedFact | undefined> {
    const [fact] = await readFacts(this.connection, this.ours.nameThere(stream), 0, 1);
    return fact && this.ours.here(fact);
  }

  follow(options: FollowOptions): AsyncGenerator<LogPage, void, undefined> {
    return follow(this.connection, this.ours, this.logEnd, options, this.onDrop);
  }

  /** Asked of the server each time, by a call of its own: a subscription that has died cannot hide behind it. */
  async head(): Promise<Position> {
    return (await this.logEnd.last())?.position ?? START;
  }

  /**
   * Nobody may be where the log does not go: it was perhaps put back from a backup.
   * @throws StoreRefused saying so
   */
  async requireWithin(position: Position): Promise<void> {
    await this.logEnd.requireWithin(position);
  }

  async lastRecordedOn(): Promise<PlainDate | undefined> {
    return (await this.logEnd.last())?.recordedOn;
  }

  async close(): Promise<void> {
    await this.connection.close();
  }
}
