import type { Position } from '@ledger/event-sourcing';
import { START, StoreRefused } from '@ledger/event-sourcing';
import type { ReadModelBatch, ReadModels, ReadStore } from '@ledger/poverty-rates';
import { CheckpointMoved } from '@ledger/poverty-rates';
import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { SqliteReadModels } from './read-models';
import { READ_APPLICATION_ID, READ_SCHEMA, READ_VERSION } from './read-schema';
import { ReadWriter } from './read-writer';

export interface ReadStoreOptions {
  /** The log that the read models follow: those of another log are refused. */
  readonly logId: string;
  readonly readOnly?: boolean;
}

/**
 * Opens the read models of a data folder, or makes them. They are disposable: their file is written with
 * `synchronous=NORMAL`, and after a power cut they go on from the checkpoint that was kept.
 * @throws StoreRefused when the file is damaged, of another log or of a newer program; it is left as it is
 */
export function openReadStore(file: string, options: ReadStoreOptions): SqliteReadStore {
  const fresh = !existsSync(file) || statSync(file).size === 0;
  const readOnly = options.readOnly ?? false;
  if (fresh && readOnly)
    throw new StoreRefused(`${file}: there are no read models yet; start the server once`);
  const database = new DatabaseSync(file, { readOnly });
  try {
    if (fresh) create(database, options.logId);
    else requireOurs(database, file, options.logId);
    if (!readOnly) database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    return new SqliteReadStore(file, database, readOnly);
  } catch (error) {
    database.close();
    if (error instanceof StoreRefused) throw error;
    throw new StoreRefused(`${file}: not a file of read models (${String(error)}). ${ADVICE}`, {
      cause: error,
    });
  }
}

const ADVICE = 'It can be deleted: the read models are made again from the log.';

function create(database: DatabaseSync, logId: string): void {
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  database.exec('BEGIN IMMEDIATE');
  database.exec(READ_SCHEMA);
  const put = database.prepare('INSERT INTO meta (key, value) VALUES (?, ?)');
  put.run('log', logId);
  put.run('position', START);
  put.run('lastDay', '');
  database.exec(`PRAGMA application_id = ${READ_APPLICATION_ID}; PRAGMA user_version = ${READ_VERSION}`);
  database.exec('COMMIT');
}

function requireOurs(database: DatabaseSync, file: string, logId: string): void {
  const pragma = (name: string): unknown => database.prepare(`PRAGMA ${name}`).get()?.[name];
  if (pragma('application_id') !== READ_APPLICATION_ID) {
    throw new StoreRefused(`${file}: not a file of read models. Move it away; it is left untouched.`);
  }
  if (pragma('user_version') !== READ_VERSION) {
    throw new StoreRefused(
      `${file}: made by version ${String(pragma('user_version'))} of the read models. ${ADVICE}`,
    );
  }
  const kept = database.prepare("SELECT value FROM meta WHERE key = 'log'").get()?.['value'];
  if (kept !== logId) throw new StoreRefused(`${file}: the read models of another log. ${ADVICE}`);
}

/** The read models in one SQLite file: one connection writes, each snapshot reads on one of its own. */
export class SqliteReadStore implements ReadStore {
  private readonly writer: ReadWriter | undefined;
  private readonly idle: SqliteReadModels[] = [];
  private readonly busy = new Set<SqliteReadModels>();
  private closed = false;

  constructor(
    private readonly file: string,
    private readonly database: DatabaseSync,
    readOnly: boolean,
  ) {
    this.writer = readOnly ? undefined : new ReadWriter(database);
  }

  async write(batch: ReadModelBatch): Promise<void> {
    if (!this.writer) throw new StoreRefused(`${this.file}: opened to be read`);
    this.database.exec('BEGIN IMMEDIATE');
    try {
      this.requireCheckpoint(batch.from);
      this.writer.write(batch);
      this.database.exec('COMMIT');
    } catch (error) {
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
  }

  async snapshot<Answer>(question: (models: ReadModels) => Promise<Answer>): Promise<Answer> {
    const models = this.idle.pop() ?? new SqliteReadModels(new DatabaseSync(this.file, { readOnly: true }));
    this.busy.add(models);
    models.begin();
    try {
      return await question(models);
    } finally {
      models.end();
      this.busy.delete(models);
      if (this.closed) models.close();
      else this.idle.push(models);
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const models of this.idle.splice(0)) models.close();
    this.database.close();
  }

  private requireCheckpoint(from: Position): void {
    const kept = this.database.prepare("SELECT value FROM meta WHERE key = 'position'").get()?.['value'];
    if (kept !== from)
      throw new CheckpointMoved(`expected the read models at ${from}, found ${String(kept)}`);
  }
}
