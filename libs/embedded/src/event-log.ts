import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  Appended,
  EventStore,
  FollowOptions,
  LogPage,
  NewFact,
  Position,
  RecordedFact,
} from '@ledger/event-sourcing';
import { StoreRefused, StoreUnavailable } from '@ledger/event-sourcing';
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

/** How soon a read-only log notices what another process has written, of which nobody tells it. */
const POLL_MS = 200;

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

/**
 * Opens a log once more to read it, beside the one who writes it in another thread of this process and says by
 * {@link EventLog.lookAgain} that it has grown. Its pages have been checked by that one.
 * @param id of the log that is meant: another one may have been put in its place meanwhile
 * @throws StoreRefused when it is another one
 */
export function openLogBeside(path: string, id: string): EventLog {
  const log = new EventLog(path, openLogFile(path, true, true), true, Date.now, NOBODY_LISTENS);
  if (log.id === id) return log;
  void log.close();
  throw new StoreRefused(`${path} was replaced by another log while it was in use: stop this process first.`);
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

  /**
   * Calls back after each commit, before its appends are answered.
   * @returns what ends it
   */
  onGrown(listener: () => void): () => void {
    this.grown.on('grown', listener);
    return () => void this.grown.off('grown', listener);
  }

  /** Tells those who follow a log that another one writes that it has grown: otherwise they look now and then. */
  lookAgain(): void {
    this.grown.emit('grown');
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

  /** Nothing is lost between the look and the wait: both happen in one turn, and only a turn can append or tell. */
  private moreOrEnd(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.grown.off('grown', done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = this.readOnly ? setTimeout(done, POLL_MS) : undefined;
      this.grown.on('grown', done);
      signal.addEventListener('abort', done);
      // A signal that was given before tells nobody who listens only now.
      if (signal.aborted) done();
    });
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
