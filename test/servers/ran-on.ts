import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

/** Stores that a run may find in different shapes, or not at all. */
export type Store = 'EventStoreDB' | 'MongoDB';

/**
 * Tells the summary of the run what this suite ran on, once it is known: a title of a suite cannot wait for it.
 * test/summary-reporter.cjs names a folder for each run in LEDGER_RAN_ON, each worker adds lines to a file of its
 * own there, and the closing lines of the run sum them up. Outside a run of Jest it does nothing.
 * @param label such as `mongod 6.0.5 (replica set of one)`; never with credentials
 */
export function ranOn(store: Store, label: string): void {
  tell({ store, label });
}

/** The same for a suite that has nothing to run on. A run of the CI then fails. */
export function notRun(store: Store, reason: string): void {
  tell({ store, reason });
}

function tell(line: { store: Store; label?: string; reason?: string }): void {
  const folder = process.env['LEDGER_RAN_ON'];
  if (folder === undefined || typeof expect === 'undefined') return;
  const suite = expect.getState().testPath;
  // The same file can be a suite of two projects, see jest.config.js.
  const project = process.env['LEDGER_ENGINE'] === 'servers' ? 'on servers' : 'all';
  appendFileSync(join(folder, `${process.pid}.jsonl`), `${JSON.stringify({ ...line, suite, project })}\n`);
}
