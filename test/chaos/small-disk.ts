import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, rmdirSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const disks = new Set<SmallDisk>();
afterAll(() => disks.forEach((disk) => disk.unmount()));

/** A disk of a few MiB in memory that can be full or write-protected. Only root may mount one. */
export class SmallDisk {
  static mount(mebibytes: number): SmallDisk {
    const path = mkdtempSync(join(tmpdir(), 'small-disk-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'small-disk', path], {
        stdio: 'pipe',
      });
    } catch (error) {
      rmdirSync(path);
      throw error;
    }
    return new SmallDisk(path);
  }

  /** Why none can be mounted here; `undefined` where one can. */
  static findWhyNot(): string | undefined {
    try {
      SmallDisk.mount(1).unmount();
      return undefined;
    } catch (error) {
      return (error as Error).message.trim();
    }
  }

  private constructor(readonly path: string) {
    disks.add(this);
  }

  private get ballast(): string {
    return join(this.path, 'ballast');
  }

  /** Fills it up, but for so many bytes. */
  leave(bytes: number): void {
    this.clear();
    const { bavail, bsize } = statfsSync(this.path);
    const file = openSync(this.ballast, 'w');
    const page = Buffer.alloc(bsize);
    try {
      for (let left = bavail * bsize - bytes; left > 0; left -= bsize) writeSync(file, page);
    } catch (error) {
      // Fuller than it said: just that was wanted.
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    } finally {
      closeSync(file);
    }
  }

  /** Space returns. */
  clear(): void {
    rmSync(this.ballast, { force: true });
  }

  /** From now on nobody writes, not even root. Nobody may have a file open for writing. */
  protect(): void {
    execFileSync('mount', ['-o', 'remount,ro', this.path], { stdio: 'pipe' });
  }

  unmount(): void {
    if (!disks.delete(this)) return;
    execFileSync('umount', ['-l', this.path], { stdio: 'pipe' });
    rmdirSync(this.path);
  }
}
