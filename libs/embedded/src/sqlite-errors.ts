import { StoreRefused, StoreUnavailable } from '@ledger/event-sourcing';

/** Primary result codes of SQLite that say the file itself is wrong (https://sqlite.org/rescode.html). */
const DAMAGE: ReadonlySet<number> = new Set([
  1, // ERROR: our own statements are right, so the schema is not ours any more
  11, // CORRUPT
  24, // FORMAT
  26, // NOTADB
]);
const BUSY = 5;
const CANTOPEN = 14;

/** Extended codes carry the primary one in their low byte. */
function primaryCode(error: unknown): number | undefined {
  const { errcode } = error as { errcode?: unknown };
  return typeof errcode === 'number' ? errcode & 0xff : undefined;
}

export const isSqliteError = (error: unknown): boolean => primaryCode(error) !== undefined;

export const isBusy = (error: unknown): boolean => primaryCode(error) === BUSY;

/**
 * An error of SQLite or of the file system in the words of the port: a damaged file is refused, everything
 * else (disk full, read-only, no access, closed) may pass and makes the store unavailable.
 */
export function storeError(error: unknown, path: string): StoreRefused | StoreUnavailable {
  if (error instanceof StoreRefused || error instanceof StoreUnavailable) return error;
  const detail = (error as Error).message;
  const code = primaryCode(error);
  if (code !== undefined && DAMAGE.has(code)) return damaged(path, detail, error);
  // SQLite makes an index of the write-ahead log even for those who only read (https://sqlite.org/wal.html, 5).
  const why = code === CANTOPEN ? '. In a read-only folder it cannot be read: copy the folder elsewhere' : '';
  return new StoreUnavailable(`${path} cannot be used now: ${detail}${why}`, { cause: error });
}

export function damaged(path: string, detail: string, cause?: unknown): StoreRefused {
  return new StoreRefused(
    `${path} is damaged or no file of ours (${detail}). It was left as it is: ` +
      'restore the data folder from a backup, or choose another folder.',
    { cause },
  );
}
