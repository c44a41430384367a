import { judge } from './expected-revision';
import type { ExpectedRevision, Verdict } from './expected-revision';

/** An event as a caller hands it in. */
export interface ProposedEvent {
  /** A UUID in lower case. */
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface StoredEvent extends ProposedEvent {
  readonly stream: string;
  readonly revision: number;
  /** Where its record begins in the log: commit and prepare position alike. */
  readonly position: number;
  /** Where its record ends and the next one begins. */
  readonly end: number;
  /** Milliseconds since 1970. */
  readonly createdMs: number;
}

export type Outcome =
  | { readonly kind: 'written' | 'written before'; readonly revision: number; readonly position: number }
  | Extract<Verdict, { kind: 'wrong revision' }>;

/** Streams as the judge of appends sees them. */
export interface StreamHistory {
  readonly events: StoredEvent[];
  /** The latest revision of each id: an id can have been written twice. */
  readonly revisionOf: Map<string, number>;
}

/** What a record holds beside texts and bytes; the positions of a server have such gaps too. */
const RECORD_BYTES = 84;

/** Where the first record of an empty server 24.6.0 lies. */
const FIRST_POSITION = 548;

/** The log of the double: streams and the order of all, kept in memory alone. */
export class EventLog {
  readonly all: StoredEvent[] = [];
  /** Milliseconds since 1970, for the time at which an event was written. */
  clock: () => number = Date.now;
  private readonly streams = new Map<string, StreamHistory>();
  private readonly waiting = new Set<() => void>();

  constructor() {
    // A server's log is never empty: it begins with an event of its own.
    this.write('$$$scavenges', [
      {
        id: '00000000-0000-4000-8000-000000000548',
        type: '$metadata',
        contentType: 'application/json',
        data: Buffer.from('{"$maxAge":2592000}'),
        metadata: new Uint8Array(),
      },
    ]);
  }

  /** Where the next record will begin. */
  get end(): number {
    return this.all.at(-1)?.end ?? FIRST_POSITION;
  }

  stream(name: string): readonly StoredEvent[] | undefined {
    return this.streams.get(name)?.events;
  }

  /** Writes all events or none; the same append again is answered as it was the first time. */
  append(stream: string, expected: ExpectedRevision, events: readonly ProposedEvent[]): Outcome {
    const verdict = judge(this.streams.get(stream), expected, events);
    switch (verdict.kind) {
      case 'wrong revision':
        return verdict;
      case 'written before':
        return { ...verdict, position: this.stream(stream)?.[verdict.revision]?.position ?? this.end };
      case 'free': {
        const last = this.write(stream, events);
        // An append of nothing is answered with the revision that the next event would get.
        if (!last) return { kind: 'written', revision: verdict.next, position: this.end };
        this.wake();
        return { kind: 'written', revision: last.revision, position: last.position };
      }
    }
  }

  /** The index in {@link all} of the first event at or after a position, compared as commit, then prepare. */
  indexFrom(commit: bigint, prepare: bigint): number {
    let low = 0;
    let high = this.all.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const position = BigInt(this.all[middle]!.position);
      if (position < commit || (position === commit && position < prepare)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Whether a read may begin there: at a record, at the very beginning, or behind the last record. */
  isBoundary(commit: bigint): boolean {
    if (commit === 0n || commit >= BigInt(this.end)) return true;
    return BigInt(this.all[this.indexFrom(commit, 0n)]?.position ?? -1) === commit;
  }

  /** Calls back at the next commit, once. */
  onGrowth(then: () => void): () => void {
    this.waiting.add(then);
    return () => this.waiting.delete(then);
  }

  private wake(): void {
    const woken = [...this.waiting];
    this.waiting.clear();
    for (const then of woken) then();
  }

  private write(stream: string, events: readonly ProposedEvent[]): StoredEvent | undefined {
    if (events.length === 0) return undefined;
    const history = this.historyOf(stream);
    const createdMs = this.clock();
    for (const event of events) {
      const position = this.end;
      const bytes = event.data.length + event.metadata.length + stream.length + event.type.length;
      const revision = history.events.length;
      const stored = {
        ...event,
        stream,
        revision,
        position,
        end: position + RECORD_BYTES + bytes,
        createdMs,
      };
      history.events.push(stored);
      history.revisionOf.set(event.id, revision);
      this.all.push(stored);
    }
    return history.events.at(-1);
  }

  private historyOf(stream: string): StreamHistory {
    let history = this.streams.get(stream);
    if (!history) this.streams.set(stream, (history = { events: [], revisionOf: new Map() }));
    return history;
  }
}
