import { StoreRefused, StoreUnavailable } from '@ledger/event-sourcing';
import type { ReadModelBatch, ReadModelContents, ReadStore } from '@ledger/poverty-rates';
import { requireFence } from '@ledger/poverty-rates';
import { DatabaseSync } from 'node:sqlite';
import { KnownNames } from './names';
import type { ReadFileOptions } from './read-file';
import { openReadFile } from './read-file';
import { SqliteReadModels } from './read-models';
import { ReadWriter } from './read-writer';
import { isSqliteError, storeError } from './sqlite-errors';
import type { OnStep } from './steps';
import { NOBODY_LISTENS } from './steps';

export interface ReadStoreOptions extends ReadFileOptions {
  readonly onStep?: OnStep;
}

/**
 * Opens the read models of a data folder, or makes them. They are disposable: a rebuild from the log makes
 * them again.
 * @throws StoreRefused when the file is damaged, of another log or of another release; it is left as it is
 * @throws StoreUnavailable when it cannot be opened or made
 */
export function openReadStore(file: string, options: ReadStoreOptions): SqliteReadStore {
  return new SqliteReadStore(file, openReadFile(file, options), options.readOnly ?? false, options.onStep);
}

/** Each connection keeps pages of its own in memory: so many wait for the next question. */
const MOST_IDLE = 4;

/** The read models in one SQLite file: one connection writes, each snapshot reads on one of its own. */
export class SqliteReadStore implements ReadStore {
  private readonly writer: ReadWriter | undefined;
  private readonly idle: SqliteReadModels[] = [];
  private readonly known = new KnownNames();
  private closed = false;

  constructor(
    private readonly file: string,
    private readonly database: DatabaseSync,
    readOnly: boolean,
    private readonly onStep: OnStep = NOBODY_LISTENS,
  ) {
    this.writer = readOnly ? undefined : new ReadWriter(database, onStep);
  }

  async write(batch: ReadModelBatch): Promise<void> {
    this.requireOpen();
    if (!this.writer) throw new StoreRefused(`${this.file}: opened to be read`);
    try {
      this.database.exec('BEGIN IMMEDIATE');
      this.onStep('batch: begun');
      this.requireFence(batch);
      this.writer.write(batch);
      this.database.exec('COMMIT');
      this.onStep('batch: committed');
    } catch (error) {
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      this.writer.forget();
      throw this.inOurWords(error);
    }
  }

  async snapshot<Answer>(question: (models: ReadModelContents) => Promise<Answer>): Promise<Answer> {
    this.requireOpen();
    let models: SqliteReadModels | undefined;
    try {
      models = this.idle.pop() ?? this.connect();
      models.begin();
      return await question(models);
    } catch (error) {
      throw this.inOurWords(error);
    } finally {
      if (models) this.giveBack(models);
    }
  }

  private connect(): SqliteReadModels {
    return new SqliteReadModels(new DatabaseSync(this.file, { readOnly: true }), this.known);
  }

  private giveBack(models: SqliteReadModels): void {
    try {
      models.end();
      if (this.closed || this.idle.length >= MOST_IDLE) models.close();
      else this.idle.push(models);
    } catch {
      // A connection that cannot end its transaction is no use to anyone.
      models.close();
    }
  }

  /** What SQLite says, as the ports say it; whatever else was thrown stays what it is. */
  private inOurWords(error: unknown): unknown {
    return isSqliteError(error) ? storeError(error, this.file) : error;
  }

  /** Snapshots that are open may end first. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    for (const models of this.idle.splice(0)) models.close();
    this.database.close();
  }

  private requireOpen(): void {
    if (this.closed) throw new StoreUnavailable(`${this.file} is closed`);
  }

  private requireFence(batch: ReadModelBatch): void {
    const meta = this.database.prepare('SELECT value FROM meta WHERE key = ?');
    const kept = (key: string): string => String(meta.get(key)?.['value']);
    requireFence(batch, kept('position'), Number(kept('repairs')));
  }
}
