import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import type {
  Appended,
  EventStore,
  FollowOptions,
  LogPage,
  NewFact,
  Position,
  RecordedFact,
} from '@ledger/event-sourcing';
import { StoreUnavailable } from '@ledger/event-sourcing';
import type { PlainDate } from '@ledger/kernel';
import { dayOf } from '@ledger/kernel';
import type { QueuedAppend } from './append-queue';
import { AppendQueue } from './append-queue';
import { encodeAppend } from './appendable';
import type { DataFolder } from './data-folder';
import { positionOf, rowNumberOf } from './fact-row';
import { openLogFile } from './log-file';
import { LogReader } from './log-reader';
import { LogWriter } from './log-writer';
import { storeError } from './sqlite-errors';
import type { OnStep } from './steps';
import { NOBODY_LISTENS } from './steps';

export const LOG_FILE = 'log.sqlite';

export interface EventLogOptions {
  /** Milliseconds since 1970, for `recordedAt`. */
  readonly clock?: () => number;
  /** For tools beside a running server. */
  readonly readOnly?: boolean;
  readonly onStep?: OnStep;
}

/** How soon a read-only log notices what another process has written. */
const POLL_MS = 500;

/**
 * Opens the log of a data folder, makes it where there is none. Close it before the folder.
 * @throws StoreRefused when the file is not ours, is newer or is damaged; it is left as it is
 * @throws StoreUnavailable when it cannot be read or written
 */
export function openEventLog(folder: DataFolder, options: EventLogOptions = {}): EventLog {
  const path = join(folder.path, LOG_FILE);
  const readOnly = folder.readOnly || options.readOnly === true;
  const { clock = Date.now, onStep = NOBODY_LISTENS } = options;
  return new EventLog(path, openLogFile(path, readOnly), readOnly, clock, onStep);
}

/** The log of facts in one SQLite file, with this process as its only writer. */
export class EventLog implements EventStore {
  /** Of this log and its copies: read models that were made from another log are told by it. */
  readonly id: string;

  private readonly reader: LogReader;
  private readonly writer: LogWriter;
  private readonly queue: AppendQueue;
  private readonly grown = new EventEmitter().setMaxListeners(0);
  private closed = false;

  constructor(
    readonly path: string,
    private readonly db: DatabaseSync,
    private readonly readOnly: boolean,
    clock: () => number,
    onStep: OnStep,
  ) {
    this.id = String(db.prepare("SELECT value FROM meta WHERE key = 'log_id'").get()?.['value']);
    this.reader = new LogReader(db, path);
    this.writer = new LogWriter(db, this.reader, clock, onStep);
    this.queue = new AppendQueue((group) => this.commitGroup(group));
  }

  /** How many transactions the appends have needed so far. */
  get commits(): number {
    return this.writer.commits;
  }

  async append(stream: string, expectedRevision: number, facts: readonly NewFact[]): Promise<Appended> {
    const encoded = encodeAppend(stream, expectedRevision, facts);
    if (this.readOnly) throw new StoreUnavailable(`${this.path} is open for reading only`);
    this.requireOpen();
    return this.queue.add({ stream, expectedRevision, facts: encoded });
  }

  async read(stream: string, fromRevision = 0): Promise<readonly RecordedFact[]> {
    return this.ask(() => this.reader.stream(stream, fromRevision));
  }

  async *follow({ after, maxFacts, signal }: FollowOptions): AsyncGenerator<LogPage, void, undefined> {
    if (!(maxFacts >= 1)) throw new RangeError(`a page holds at least one fact: ${maxFacts}`);
    let passed = rowNumberOf(after);
    while (!signal.aborted && !this.closed) {
      const facts = this.ask(() => this.reader.page(passed, maxFacts));
      const last = facts.at(-1);
      if (last) {
        passed = rowNumberOf(last.position);
        yield { facts, position: last.position };
        // Reading never leaves this turn of the event loop by itself: requests get theirs between two pages.
        await nextTurn();
      } else {
        await this.moreOrEnd(signal);
      }
    }
  }

  async head(): Promise<Position> {
    return positionOf(this.ask(() => this.reader.head()));
  }

  async lastRecordedOn(): Promise<PlainDate | undefined> {
    const last = this.ask(() => this.reader.last());
    return last && (last.metadata.recordedOn ?? dayOf(last.recordedAt));
  }

  /** Writes what is waiting, ends the followers, and refuses everything that comes later. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.queue.drain();
    this.closed = true;
    this.grown.emit('grown');
    this.db.close();
  }

  private commitGroup(group: readonly QueuedAppend[]): ReturnType<LogWriter['writeGroup']> {
    const results = this.ask(() => this.writer.writeGroup(group));
    this.grown.emit('grown');
    return results;
  }

  /** Nothing is lost between the look and the wait: both happen in one turn, and only a turn can append. */
  private async moreOrEnd(signal: AbortSignal): Promise<void> {
    const waiting = this.readOnly
      ? delay(POLL_MS, undefined, { signal })
      : once(this.grown, 'grown', { signal });
    // Rejected only by the signal, which the caller looks at next.
    await waiting.catch(() => undefined);
  }

  private ask<Answer>(question: () => Answer): Answer {
    this.requireOpen();
    try {
      return question();
    } catch (error) {
      throw storeError(error, this.path);
    }
  }

  private requireOpen(): void {
    if (this.closed) throw new StoreUnavailable(`${this.path} is closed`);
  }
}
