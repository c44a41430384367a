import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { START, StoreRefused } from '@ledger/event-sourcing';
import { READ_APPLICATION_ID, READ_SCHEMA, READ_VERSION } from './read-schema';
import { storeError } from './sqlite-errors';

export interface ReadFileOptions {
  /** The log that the read models follow: those of another log are refused. */
  readonly logId: string;
  readonly readOnly?: boolean;
}

const ADVICE = 'It was left as it is and can be deleted: the read models are made again from the log.';

/** A check of every page takes about a second here; damage in larger files shows when they are read. */
const MAX_CHECKED_BYTES = 256 * 1024 * 1024;

/**
 * Opens the file of the read models, makes it where there is none, and checks before anything can be written
 * that it is ours and whole. After a power cut it goes on from the checkpoint that was kept
 * (`synchronous=NORMAL`): what is lost is made again from the log.
 * @throws StoreRefused when it is damaged, of another log or of another release; not a byte of it was changed
 */
export function openReadFile(path: string, { logId, readOnly = false }: ReadFileOptions): DatabaseSync {
  const fresh = !existsSync(path) || statSync(path).size === 0;
  if (fresh && readOnly)
    throw new StoreRefused(`${path}: there are no read models yet; start the server once`);
  try {
    if (fresh) createReadFile(path, logId);
    else checkReadFile(path, logId);
    const database = new DatabaseSync(path, { readOnly });
    database.exec('PRAGMA synchronous = NORMAL');
    return database;
  } catch (error) {
    const known = storeError(error, path);
    if (known === error || !(known instanceof StoreRefused)) throw known;
    throw new StoreRefused(`${path} is damaged or no file of read models (${String(error)}). ${ADVICE}`, {
      cause: error,
    });
  }
}

/** Under another name until it is whole: a crash in between leaves no half-made file behind. */
function createReadFile(path: string, logId: string): void {
  const unfinished = `${path}.new`;
  // A write-ahead log that was left beside a deleted file would be replayed into the new one.
  for (const file of [`${path}-wal`, `${path}-shm`, unfinished, `${unfinished}-journal`])
    rmSync(file, { force: true });
  const database = new DatabaseSync(unfinished);
  try {
    database.exec('BEGIN');
    database.exec(READ_SCHEMA);
    const put = database.prepare('INSERT INTO meta (key, value) VALUES (?, ?)');
    put.run('log', logId);
    put.run('position', START);
    put.run('lastDay', '');
    database.exec(
      `PRAGMA application_id = ${READ_APPLICATION_ID}; PRAGMA user_version = ${READ_VERSION}; COMMIT`,
    );
    database.exec('PRAGMA journal_mode = WAL');
  } finally {
    database.close();
  }
  renameSync(unfinished, path);
}

/** Through a read-only connection, which neither recovers nor checkpoints anything. */
function checkReadFile(path: string, logId: string): void {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const pragma = (name: string): unknown =>
      Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    if (pragma('application_id') !== READ_APPLICATION_ID) {
      throw new StoreRefused(`${path} is no file of read models. It was left as it is: move it away.`);
    }
    if (pragma('user_version') !== READ_VERSION) {
      throw new StoreRefused(
        `${path} was made by version ${String(pragma('user_version'))} of the read models. ${ADVICE}`,
      );
    }
    const kept = database.prepare("SELECT value FROM meta WHERE key = 'log'").get()?.['value'];
    if (kept !== logId) throw new StoreRefused(`${path} holds the read models of another log. ${ADVICE}`);
    const finding = statSync(path).size <= MAX_CHECKED_BYTES ? pragma('quick_check(1)') : 'ok';
    if (finding !== 'ok') throw new StoreRefused(`${path} is damaged (${String(finding)}). ${ADVICE}`);
  } finally {
    database.close();
  }
}
