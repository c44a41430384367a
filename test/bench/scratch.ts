import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The root of the repository; this file runs from `dist/test/bench`. */
export const ROOT = resolve(__dirname, '../../..');
/** What is kept from one run to the next. */
export const CACHE = join(ROOT, '.cache/bench');
export const OPPONENTS = join(ROOT, 'test/bench/opponents');

/** A folder that is gone when the run has ended. `BENCH_DIR` says on which disk it lies. */
export function scratchFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(process.env['BENCH_DIR'] ?? tmpdir(), 'poverty-ledger-bench-'));
  // PostgreSQL may run as another user and reads the files that we make for it.
  chmodSync(path, 0o755);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
