import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoreRefused, StoreUnavailable } from '@ledger/event-sourcing';
import { DataFolderInUse, openDataFolder } from './data-folder';
import { Child } from './testing/child';
import { scratchFolder } from './testing/scratch-folder';

const HOLD = `embedded.openDataFolder(argument, { purpose: 'api' });
  console.log('held');
  setInterval(() => undefined, 1000);`;

describe('the data folder', () => {
  const scratch = scratchFolder();

  it('is made where it is missing', () => {
    const path = join(scratch.path, 'deep', 'data');
    const folder = openDataFolder(path, { purpose: 'test' });
    expect(folder.path).toBe(path);
    expect(existsSync(path)).toBe(true);
    folder.close();
  });

  it('tells who holds it', () => {
    const folder = openDataFolder(scratch.path, { purpose: 'import' });
    const owner = JSON.parse(readFileSync(join(scratch.path, 'owner.json'), 'utf8'));
    expect(owner).toEqual({
      pid: process.pid,
      purpose: 'import',
      since: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    folder.close();
    expect(existsSync(join(scratch.path, 'owner.json'))).toBe(false);
  });

  it('refuses a second owner in the same process until the first one lets go', () => {
    const first = openDataFolder(scratch.path, { purpose: 'api' });
    expect(() => openDataFolder(scratch.path, { purpose: 'import' })).toThrow(DataFolderInUse);
    // A refused try must not have loosened the lock.
    expect(() => openDataFolder(scratch.path, { purpose: 'import' })).toThrow(DataFolderInUse);
    first.close();
    first.close();
    openDataFolder(scratch.path, { purpose: 'import' }).close();
  });

  it('refuses a second process and says who holds it, until the holder is killed', async () => {
    const holder = new Child(HOLD, scratch.path);
    await holder.printed(1);
    const open = () => openDataFolder(scratch.path, { purpose: 'import' });

    expect(open).toThrow(StoreRefused);
    expect(open).toThrow(`The data folder ${scratch.path} is in use by "api" (process ${holder.pid}, since `);
    await holder.kill();
    open().close();
  });

  it('is not taken by a tool that only reads', () => {
    const owner = openDataFolder(scratch.path, { purpose: 'api' });
    const reader = openDataFolder(scratch.path, { purpose: 'verify', readOnly: true });
    expect(reader.readOnly).toBe(true);
    reader.close();
    expect(() => openDataFolder(scratch.path, { purpose: 'import' })).toThrow(DataFolderInUse);
    owner.close();
  });

  it('is not made by a tool that only reads', () => {
    const path = join(scratch.path, 'nowhere');
    const open = () => openDataFolder(path, { purpose: 'verify', readOnly: true });
    expect(open).toThrow(StoreUnavailable);
    expect(open).toThrow(path);
    expect(readdirSync(scratch.path)).toEqual([]);
  });

  it.each([{ readOnly: false }, { readOnly: true }])('refuses a file instead of a folder: %o', (options) => {
    const path = join(scratch.path, 'data');
    writeFileSync(path, 'mine');
    const open = () => openDataFolder(path, { purpose: 'api', ...options });
    expect(open).toThrow(StoreRefused);
    expect(open).toThrow(path);
    expect(readFileSync(path, 'utf8')).toBe('mine');
  });

  it('is unavailable inside a file', () => {
    const file = join(scratch.path, 'file');
    writeFileSync(file, '');
    expect(() => openDataFolder(join(file, 'data'), { purpose: 'api' })).toThrow(StoreRefused);
  });

  // Not even root writes there.
  const unwritable = '/proc/self';
  (existsSync(unwritable) ? it : it.skip)('is unavailable where nothing can be written', () => {
    const open = () => openDataFolder(unwritable, { purpose: 'api' });
    expect(open).toThrow(StoreUnavailable);
    expect(open).toThrow(unwritable);
  });

  it('refuses a lock file that is not ours and leaves it alone', () => {
    const lock = join(scratch.path, 'owner.lock');
    const text = 'notes of a clerk\n'.repeat(100);
    writeFileSync(lock, text);
    expect(() => openDataFolder(scratch.path, { purpose: 'api' })).toThrow(StoreRefused);
    expect(readFileSync(lock, 'utf8')).toBe(text);
  });
});
