import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreRefused } from '@ledger/event-sourcing';
import { FULL_BATCH, at, everythingIn } from '@ledger/poverty-rates/testing';
import { openReadStore } from './read-store';
import { dumpReadModels } from './testing/dump-read-models';
import { scratchFolder } from './testing/scratch-folder';

const LOG = 'b8f3a1de-6c1f-4a3c-9d53-2f6f3a3e8a11';
const OTHER_LOG = '5f0c2a44-90f3-4c3f-8f0e-0a4b8a6d7c22';

describe('a file of read models', () => {
  const scratch = scratchFolder();
  let file: string;

  beforeEach(() => {
    file = join(scratch.path, 'read-models.db');
  });

  /** Read models with something in them, closed in good order. */
  async function given(logId = LOG): Promise<void> {
    const store = openReadStore(file, { logId });
    await store.write(FULL_BATCH);
    await store.close();
  }

  /** Read models as a crash leaves them: the batch is only in the write-ahead log. */
  async function givenAfterCrash(logId = LOG): Promise<void> {
    const running = join(scratch.path, 'running');
    mkdirSync(running);
    const store = openReadStore(join(running, 'read-models.db'), { logId });
    await store.write(FULL_BATCH);
    for (const name of ['read-models.db', 'read-models.db-wal']) {
      copyFileSync(join(running, name), join(scratch.path, name));
    }
    await store.close();
    rmSync(running, { recursive: true });
  }

  /** The bytes of the files; without what even a reader makes: shared memory and an empty write-ahead log. */
  const contents = (): Record<string, string> =>
    Object.fromEntries(
      readdirSync(scratch.path)
        .map((name) => [name, readFileSync(join(scratch.path, name))] as const)
        .filter(([name, bytes]) => !name.endsWith('-shm') && bytes.length > 0)
        .map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')]),
    );

  function changed(sql: string): void {
    const database = new DatabaseSync(file);
    database.exec(sql);
    database.close();
  }

  function overwrite(from: number, length: number): void {
    const bytes = readFileSync(file);
    bytes.fill(0xa5, from, from + length);
    writeFileSync(file, bytes);
  }

  const NOT_OURS: Record<string, () => Promise<void> | void> = {
    'of another log': () => given(OTHER_LOG),
    'of another log, after a crash': () => givenAfterCrash(OTHER_LOG),
    'that is a database of somebody else': () =>
      changed('CREATE TABLE notes (text TEXT); PRAGMA journal_mode = WAL'),
    'that is no database': () => writeFileSync(file, 'Danh sách hộ nghèo năm 2023\n'.repeat(500)),
    'of a newer release': async () => {
      await given();
      changed('PRAGMA user_version = 3');
    },
    'of an older release': async () => {
      await given();
      changed('PRAGMA user_version = 1');
    },
    'without its tables': async () => {
      await given();
      changed('DROP TABLE meta');
    },
    'cut in the middle': async () => {
      await given();
      truncateSync(file, 20_000);
    },
    'with a damaged header': async () => {
      await given();
      overwrite(0, 16);
    },
    'with a damaged first page': async () => {
      await given();
      overwrite(100, 2000);
    },
    'with a damaged page': async () => {
      await given();
      overwrite(4096 * 3, 4096);
    },
  };

  it.each(Object.entries(NOT_OURS))('%s is refused and left as it is', async (_which, prepare) => {
    await prepare();
    const before = contents();
    for (const readOnly of [false, true]) {
      expect(() => openReadStore(file, { logId: LOG, readOnly })).toThrow(StoreRefused);
      expect(contents()).toEqual(before);
    }
  });

  it('says what to do when it is refused', async () => {
    await given(OTHER_LOG);
    expect(() => openReadStore(file, { logId: LOG })).toThrow(
      /another log.*made again from the log by: npm run cli -- rebuild/s,
    );
  });

  it('goes on after a crash with the last batch', async () => {
    await givenAfterCrash();
    expect((await dumpReadModels(file)).checkpoint).toEqual([expect.stringContaining(at(9))]);
    const store = openReadStore(file, { logId: LOG });
    expect(await everythingIn(store)).toMatchObject({ householdsOn: ['h-1', 'h-2'] });
    await store.close();
  });

  it('can be deleted, also without what lies beside it, and begins again', async () => {
    await givenAfterCrash();
    rmSync(file);
    const store = openReadStore(file, { logId: OTHER_LOG });
    expect(await everythingIn(store)).toMatchObject({ checkpoint: { position: '' }, householdsOn: [] });
    await store.write(FULL_BATCH);
    await store.close();
    const again = openReadStore(file, { logId: OTHER_LOG });
    expect(await everythingIn(again)).toMatchObject({ householdsOn: ['h-1', 'h-2'] });
    await again.close();
  });

  it('is made again where making it was interrupted', async () => {
    writeFileSync(file, '');
    writeFileSync(`${file}.new`, 'SQLite format 3\u0000 and no more');
    const store = openReadStore(file, { logId: LOG });
    expect(await everythingIn(store)).toMatchObject({ checkpoint: { position: '' } });
    expect(existsSync(`${file}.new`)).toBe(false);
    await store.close();
  });

  it('is not made by a reader', () => {
    expect(() => openReadStore(file, { logId: LOG, readOnly: true })).toThrow(StoreRefused);
    expect(readdirSync(scratch.path)).toEqual([]);
  });
});
