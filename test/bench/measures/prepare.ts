import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inChild } from '../child';
import type { CountryOptions, FillOptions } from '../country';
import type { RunContext } from '../run-context';
import { say } from '../run-context';
import { OPPONENTS } from '../scratch';

const FILL = join(__dirname, '../children/fill.js');
const WRITE_HISTORY = join(__dirname, '../children/write-history.js');

/** The country's log in a data folder; answers how many facts it has. */
export async function fillLog(
  { scratch, signal }: Pick<RunContext, 'scratch' | 'signal'>,
  options: Omit<FillOptions, 'signal' | 'onProgress'>,
  folder = join(scratch, 'country'),
): Promise<number> {
  const { result } = await inChild<{ facts: number }>(FILL, [folder, JSON.stringify(options)], { signal });
  return result.facts;
}

/** The same country in the history table, made ready for questions. */
export async function loadHistory(context: RunContext, options: CountryOptions): Promise<void> {
  const { scratch, postgres, signal } = context;
  if (!postgres) return;
  const files = join(scratch, 'history');
  mkdirSync(files, { recursive: true });
  await inChild(WRITE_HISTORY, [files, JSON.stringify(options)], { signal });
  const script = join(OPPONENTS, 'load-history.mjs');
  const { result } = await inChild<LoadedHistory>(script, [postgres.socketFolder, files], { signal });
  rmSync(files, { recursive: true });
  const size = `${result.rows.toLocaleString('en')} rows, ${Math.round(result.bytes / 1e6)} MB`;
  say(`  the history table has ${size}, loaded in ${result.seconds.toFixed(0)} s`);
}

interface LoadedHistory {
  readonly seconds: number;
  readonly rows: number;
  readonly bytes: number;
}
