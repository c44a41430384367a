import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreRefused, StoreUnavailable } from '@ledger/event-sourcing';
import type { StoredRow } from './fact-row';
import { factOf } from './fact-row';
import { damaged, storeError } from './sqlite-errors';
import { syncFolder } from './sync-folder';

/** "PLog": tells our files from other people's (https://sqlite.org/fileformat.html, offset 68). */
const APPLICATION_ID = 0x504c6f67;
const FORMAT = 1;

/** `data` and `metadata` are JSON, `recorded_at` is ISO 8601 in UTC, `checksum` is explained in fact-row.ts. */
const FACTS = `CREATE TABLE facts (
  position INTEGER PRIMARY KEY,
  stream TEXT NOT NULL,
  revision INTEGER NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  version INTEGER NOT NULL,
  recorded_at TEXT NOT NULL,
  data TEXT NOT NULL,
  metadata TEXT NOT NULL,
  checksum INTEGER NOT NULL,
  UNIQUE (stream, revision)
) STRICT`;
const META = 'CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT';
const SCHEMA = [FACTS, META];

/** A check of every page takes about a second here; larger files are checked fact by fact, when they are read. */
const MAX_CHECKED_BYTES = 256 * 1024 * 1024;

/** A log with more of them is damaged whatever they are. */
const MOST_FINDINGS = 10_000;

/** How long we wait for a tool that holds the file for a moment (a backup, a shell). */
const BUSY_MS = 2_000;

/**
 * Opens the log's file, makes it where there is none, and checks before anything can be written that it is
 * ours and whole.
 * @param pagesAreSound where this process has opened the file before: its pages are not read through again
 * @throws StoreRefused when it is not; not a byte of it was changed
 */
export function openLogFile(path: string, readOnly: boolean, pagesAreSound = false): DatabaseSync {
  try {
    if (!existsSync(path)) {
      if (readOnly) throw new StoreUnavailable(`there is no log ${path}`);
      createLogFile(path);
    }
    checkLogFile(path, pagesAreSound);
    const db = new DatabaseSync(path, { readOnly, timeout: BUSY_MS });
    // NORMAL lost acknowledged facts in simulated power cuts, FULL none.
    db.exec('PRAGMA synchronous = FULL');
    return db;
  } catch (error) {
    throw storeError(error, path);
  }
}

/** Under another name until it is whole: a crash in between leaves no half-made log behind. */
function createLogFile(path: string): void {
  // SQLite would pour the commits of the lost file into the new one.
  const leftBehind = statSync(`${path}-wal`, { throwIfNoEntry: false });
  if (leftBehind && leftBehind.size > 0) throw damaged(path, `it is missing beside its ${path}-wal`);
  const unfinished = `${path}.new`;
  rmSync(unfinished, { force: true });
  rmSync(`${unfinished}-journal`, { force: true });
  const db = new DatabaseSync(unfinished);
  db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${FORMAT}`);
  for (const table of SCHEMA) db.exec(table);
  db.prepare("INSERT INTO meta VALUES ('log_id', ?)").run(randomUUID());
  db.exec('PRAGMA journal_mode = WAL');
  db.close();
  renameSync(unfinished, path);
  syncFolder(dirname(path));
}

/**
 * Through a read-only connection, which neither recovers nor checkpoints anything. Never through a handle of
 * our own: closing it would drop SQLite's locks on the file (https://sqlite.org/howtocorrupt.html, 2.2).
 */
function checkLogFile(path: string, pagesAreSound: boolean): void {
  const db = new DatabaseSync(path, { readOnly: true, timeout: BUSY_MS });
  try {
    if (pragma(db, 'application_id') !== APPLICATION_ID) throw foreign(path);
    const format = Number(pragma(db, 'user_version'));
    if (format > FORMAT) throw newer(path, format);
    if (format !== FORMAT) throw damaged(path, `format ${format}`);
    if (pragma(db, 'journal_mode') !== 'wal') throw damaged(path, 'its header');
    requireSchema(db, path);
    if (!pagesAreSound && statSync(path).size <= MAX_CHECKED_BYTES) requireSoundPages(db, path);
  } finally {
    db.close();
  }
}

function requireSchema(db: DatabaseSync, path: string): void {
  const tables = db.prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name').all();
  if (tables.map((table) => table['sql']).join() !== SCHEMA.join()) throw damaged(path, 'its schema');
}

/**
 * Streams are found through an index: where it does not lead to a sound row, a stream would be read with facts
 * missing. A row that is damaged itself may differ from it, and is told when it is read.
 */
function requireSoundPages(db: DatabaseSync, path: string): void {
  const findings = db.prepare(`PRAGMA integrity_check(${MOST_FINDINGS})`).all();
  for (const { integrity_check: finding } of findings) {
    if (finding !== 'ok' && !isOfDamagedRow(db, String(finding))) throw damaged(path, String(finding));
  }
}

/** Positions have no gaps: the row of which SQLite speaks by its number is the one at that position. */
function isOfDamagedRow(db: DatabaseSync, finding: string): boolean {
  const position = /^row (\d+) missing from index/.exec(finding)?.[1];
  if (position === undefined) return false;
  const row = db.prepare('SELECT * FROM facts WHERE position = ?').get(Number(position));
  return row !== undefined && factOf(row as unknown as StoredRow).undecodable !== undefined;
}

function pragma(db: DatabaseSync, name: string): unknown {
  return Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}

const foreign = (path: string): StoreRefused =>
  new StoreRefused(
    `${path} is not a log of this ledger. It was left as it is: ` +
      'restore the data folder from a backup, or choose another folder.',
  );

const newer = (path: string, format: number): StoreRefused =>
  new StoreRefused(
    `${path} was written by a newer release (format ${format}, this one knows ${FORMAT}). ` +
      'It was left as it is: start the newer release.',
  );
