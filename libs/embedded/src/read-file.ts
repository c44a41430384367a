import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { START, StoreRefused } from '@ledger/event-sourcing';
import { READ_APPLICATION_ID, READ_INDEXES, READ_TABLES, READ_VERSION } from './read-schema';
import { storeError } from './sqlite-errors';
import { syncFolder } from './sync-folder';

export interface ReadFileOptions {
  /** The log that the read models follow: those of another log are refused. */
  readonly logId: string;
  readonly readOnly?: boolean;
  /** Many batches come one after the other and nobody waits for an answer. */
  readonly bulk?: boolean;
  /** This process has opened the file before: it must be there, and its pages are not read through again. */
  readonly pagesAreSound?: boolean;
}

const ADVICE =
  'It was left as it is. The read models are made again from the log by: npm run cli -- rebuild (or delete the file).';

/** The rows that one batch touches lie far apart: the upper pages of the trees should stay in memory. */
const CACHE_KIB = 32 * 1024;

/** Rows are short and lie far apart: a smaller page is less to write for one of them. */
const PAGE_BYTES = 2_048;

/**
 * After so many pages they go from the write-ahead log into the file: few hold nobody up for long, many are
 * quicker on the whole, for the same pages are written by batch after batch.
 */
const CHECKPOINT_PAGES = { small: 1_000, bulk: 32_000 };

/** A check of every page takes about a second here; damage in larger files shows when they are read. */
const MAX_CHECKED_BYTES = 256 * 1024 * 1024;

/**
 * Opens the file of the read models, makes it where there is none, and checks before anything can be written
 * that it is ours and whole. After a power cut it goes on from the checkpoint that was kept
 * (`synchronous=NORMAL`): what is lost is made again from the log.
 * @throws StoreRefused when it is damaged, of another log or of another release; not a byte of it was changed
 */
export function openReadFile(
  path: string,
  { logId, readOnly = false, bulk = false, pagesAreSound = false }: ReadFileOptions,
): DatabaseSync {
  const fresh = !existsSync(path) || statSync(path).size === 0;
  if (fresh && pagesAreSound) throw new StoreRefused(`${path} was removed while it was in use.`);
  if (fresh && readOnly)
    throw new StoreRefused(
      `${path}: there are no read models yet; start the server once, or npm run cli -- rebuild`,
    );
  try {
    if (fresh) createReadFile(path, logId);
    else checkReadFile(path, logId, pagesAreSound);
    const database = new DatabaseSync(path, { readOnly });
    const pages = bulk ? CHECKPOINT_PAGES.bulk : CHECKPOINT_PAGES.small;
    database.exec(
      `PRAGMA synchronous = NORMAL; PRAGMA cache_size = -${CACHE_KIB}; PRAGMA wal_autocheckpoint = ${pages}`,
    );
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
  const database = createTables(unfinished, logId);
  try {
    database.exec(READ_INDEXES);
    database.exec('PRAGMA journal_mode = WAL');
  } finally {
    database.close();
  }
  putInPlace(unfinished, path);
}

/** A new file with empty tables, without their indexes and without the protection of a journal. */
export function createTables(path: string, logId: string): DatabaseSync {
  removeReadFile(path);
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA page_size = ${PAGE_BYTES}; BEGIN`);
  database.exec(READ_TABLES);
  const put = database.prepare('INSERT INTO meta (key, value) VALUES (?, ?)');
  put.run('log', logId);
  put.run('position', START);
  put.run('lastDay', '');
  put.run('repairs', '0');
  database.exec(
    `PRAGMA application_id = ${READ_APPLICATION_ID}; PRAGMA user_version = ${READ_VERSION}; COMMIT`,
  );
  return database;
}

/** The file and what SQLite has left beside it. */
export function removeReadFile(path: string): void {
  for (const file of [path, `${path}-wal`, `${path}-shm`, `${path}-journal`]) rmSync(file, { force: true });
}

/** Replaces what stands there by a whole, closed file. At every moment one of the two is there. */
export function putInPlace(finished: string, path: string): void {
  const handle = openSync(finished, 'r+');
  fsyncSync(handle);
  closeSync(handle);
  // A write-ahead log that was left beside another file would be replayed into the new one; whoever only read
  // the new one has left an empty one behind.
  for (const file of [`${path}-wal`, `${path}-shm`, `${finished}-wal`, `${finished}-shm`])
    rmSync(file, { force: true });
  renameSync(finished, path);
  syncFolder(dirname(path));
}

/** Through a read-only connection, which neither recovers nor checkpoints anything. */
function checkReadFile(path: string, logId: string, pagesAreSound: boolean): void {
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
    const checked = !pagesAreSound && statSync(path).size <= MAX_CHECKED_BYTES;
    const finding = checked ? pragma('quick_check(1)') : 'ok';
    if (finding !== 'ok') throw new StoreRefused(`${path} is damaged (${String(finding)}). ${ADVICE}`);
  } finally {
    database.close();
  }
}
