import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreRefused, StoreUnavailable } from '@ledger/event-sourcing';
import { isBusy, storeError } from './sqlite-errors';

export interface DataFolderOptions {
  /** What the folder is held for, in the words that a second process will read: `api`, `import`. */
  readonly purpose: string;
  /** For tools beside a running server: takes no lock, and nothing may be written. */
  readonly readOnly?: boolean;
}

/** Another process (or another part of this one) writes here already. */
export class DataFolderInUse extends StoreRefused {}

/**
 * The folder that keeps the log and the read models. Who opened it for writing is its only writer until
 * {@link DataFolder.close}, or until the process ends, however it ends.
 */
export class DataFolder {
  constructor(
    readonly path: string,
    private readonly lock: DatabaseSync | undefined,
  ) {}

  get readOnly(): boolean {
    return this.lock === undefined;
  }

  /** Lets go of the folder. Close first what was opened in it. */
  close(): void {
    if (!this.lock?.isOpen) return;
    rmSync(join(this.path, OWNER_FILE), { force: true });
    this.lock.close();
  }
}

const LOCK_FILE = 'owner.lock';
const OWNER_FILE = 'owner.json';

/**
 * Opens a data folder, makes it where it is missing, and takes its lock.
 * @throws DataFolderInUse when it is held already; the message says by whom
 * @throws StoreRefused when the path is a file
 * @throws StoreUnavailable when it cannot be made or written
 */
export function openDataFolder(dir: string, options: DataFolderOptions): DataFolder {
  const path = resolve(dir);
  if (options.readOnly === true) {
    requireFolder(path);
    return new DataFolder(path, undefined);
  }
  makeFolder(path);
  const lock = takeLock(path);
  try {
    const owner = { pid: process.pid, since: new Date().toISOString(), purpose: options.purpose };
    writeFileSync(join(path, OWNER_FILE), `${JSON.stringify(owner)}\n`);
  } catch (error) {
    lock.close();
    throw storeError(error, path);
  }
  return new DataFolder(path, lock);
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || code === 'ENOTDIR') throw notAFolder(path);
    throw storeError(error, path);
  }
}

function requireFolder(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new StoreUnavailable(`there is no data folder ${path}`);
  if (!found.isDirectory()) throw notAFolder(path);
}

const notAFolder = (path: string): StoreRefused =>
  new StoreRefused(
    `${path} is a file or lies in one, and the data folder must be a folder: choose another path.`,
  );

/**
 * A write transaction that stays open is a lock of the operating system: it ends with the process, so a
 * crash leaves nothing stale. Nothing else in this process may open the file: closing any handle of it would
 * drop the lock (https://sqlite.org/howtocorrupt.html, 2.2).
 */
function takeLock(path: string): DatabaseSync {
  const file = join(path, LOCK_FILE);
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(file, { timeout: 0 });
    lock.exec('BEGIN IMMEDIATE');
    return lock;
  } catch (error) {
    lock?.close();
    if (isBusy(error)) throw inUse(path, error);
    throw storeError(error, file);
  }
}

function inUse(path: string, cause: unknown): DataFolderInUse {
  return new DataFolderInUse(
    `The data folder ${path} is in use${ownerIn(path)}. Stop that process first, or choose another folder.`,
    { cause },
  );
}

/** Only for the message: the lock is what counts, and the file may be missing or from an earlier owner. */
function ownerIn(path: string): string {
  try {
    const owner = JSON.parse(readFileSync(join(path, OWNER_FILE), 'utf8')) as Record<string, unknown>;
    return ` by "${String(owner['purpose'])}" (process ${String(owner['pid'])}, since ${String(owner['since'])})`;
  } catch {
    return '';
  }
}
