import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { ReadModelLoad, ReadStore } from '@ledger/poverty-rates';
import { createTables, openReadFile, putInPlace, removeReadFile } from './read-file';
import { ReadLoad } from './read-load';
import { SqliteReadStore } from './read-store';

/** A file of read models that is filled at once, beside those in use. */
export class ReadModelFile {
  readonly load: ReadModelLoad;
  private database: DatabaseSync | undefined;

  /** @param path where nothing of value stands: what an interrupted rebuild has left there is removed */
  constructor(
    readonly path: string,
    private readonly logId: string,
  ) {
    this.database = createTables(path, logId);
    this.load = new ReadLoad(this.database);
  }

  /** Ends the loading, and opens what was loaded for reading. */
  open(): ReadStore {
    this.endLoad();
    return new SqliteReadStore(
      this.path,
      openReadFile(this.path, { logId: this.logId, readOnly: true }),
      true,
    );
  }

  /** Puts the file in the place of another one. Close first what is open of both. */
  replace(path: string): void {
    this.endLoad();
    putInPlace(this.path, path);
  }

  remove(): void {
    this.database?.close();
    this.database = undefined;
    removeReadFile(this.path);
  }

  private endLoad(): void {
    this.database?.exec('PRAGMA journal_mode = WAL');
    this.database?.close();
    this.database = undefined;
  }
}

/** Read models that live only as long as a comparison needs them. */
export function scratchReadModels(logId: string): { file: ReadModelFile; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'poverty-ledger-'));
  const file = new ReadModelFile(join(folder, 'read-models.sqlite'), logId);
  return {
    file,
    remove: () => {
      file.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
