import type { JsonObject, Notice, PlainDate } from '@ledger/kernel';

declare const position: unique symbol;

/**
 * A place in the log. Opaque to clients; two positions of one log compare as strings, in the order of the
 * facts. {@link START} is before the first fact.
 */
export type Position = string & { readonly [position]: true };
export const START = '' as Position;

/** The revision of a stream that does not exist yet. The first fact of a stream has revision 0. */
export const NO_STREAM = -1;

/** Who caused a fact, and by which order. No personal data: `recordedBy` is an opaque id. */
export interface FactMetadata {
  readonly recordedBy: string;
  readonly commandId: string;
  readonly causationId: string;
  readonly correlationId: string;
  /** A hash of what was asked, so that a reused key with another body is noticed. */
  readonly requestHash?: string;
  /** The day on which an old book recorded it: only migrations and the demo write it. */
  readonly recordedOn?: PlainDate;
  /** What the officer was told when it was recorded, to answer a repetition alike. */
  readonly notices?: readonly Notice[];
}

/** A fact on its way to the log. `id` is a UUID that is the same when the same order is sent again. */
export interface NewFact {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly data: JsonObject;
  readonly metadata: FactMetadata;
}

/** A fact in the log. */
export interface RecordedFact extends NewFact {
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
  /** ISO 8601 instant, stamped by the log at commit, never by the one who asks; empty where it is not known. */
  readonly recordedAt: string;
  /** Why the stored bytes make no fact; `data` is then empty. Whoever folds it parks its stream. */
  readonly undecodable?: string;
}

export interface Appended {
  /** Revision and position of the last fact of the append. */
  readonly revision: number;
  readonly position: Position;
  readonly facts: readonly RecordedFact[];
}

export interface LogPage {
  /** In the order of the log; empty only when the page passed nothing but facts that are not ours. */
  readonly facts: readonly RecordedFact[];
  /** Everything up to here has been handed over: the place to go on from. */
  readonly position: Position;
}

export interface FollowOptions {
  /** Hand over what comes after this position; {@link START} for everything. */
  readonly after: Position;
  /** At most so many facts in one page. */
  readonly maxFacts: number;
  /** Ends the iteration, also while it waits. */
  readonly signal: AbortSignal;
}

/** The log of facts, as the domain needs it. Every adapter passes the suite in `testing/`. */
export interface EventStore {
  /**
   * Adds facts to one stream, all or none, durable when it resolves.
   * @param expectedRevision the stream's last revision, {@link NO_STREAM} when it must not exist
   * @throws RevisionConflict when the stream has another revision; nothing was written
   * @throws StoreUnavailable when it is not known whether they were written: send the same append again
   */
  append(stream: string, expectedRevision: number, facts: readonly NewFact[]): Promise<Appended>;

  /** The facts of a stream from a revision on (default 0), in order; empty when there is none. */
  read(stream: string, fromRevision?: number): Promise<readonly RecordedFact[]>;

  /** All facts after a position, in order and for ever: at the end of the log it waits for more. */
  follow(options: FollowOptions): AsyncIterable<LogPage>;

  /** The position of the last fact, {@link START} in an empty log. */
  head(): Promise<Position>;

  /** The booking day of the last fact in the log, by `recordedOn` or by the day of `recordedAt`. */
  lastRecordedOn(): Promise<PlainDate | undefined>;

  close(): Promise<void>;
}

/** Another writer was faster. `actual` is the stream's revision, {@link NO_STREAM} when there is none. */
export class RevisionConflict extends Error {
  override readonly name = 'RevisionConflict';

  constructor(
    readonly stream: string,
    readonly expected: number,
    readonly actual: number,
  ) {
    super(`stream ${stream}: expected revision ${expected}, found ${actual}`);
  }
}

/** The store cannot be reached or cannot write (disk full, read-only, closed). */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** The store's files are damaged or are not ours. They are left as they are. */
export class StoreRefused extends Error {
  override readonly name = 'StoreRefused';
}
