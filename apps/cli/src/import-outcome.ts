import type { ImportOptions } from './import-options';
import { EXIT, tell } from './import-options';

/** What became of the rows, here or on a server. */
export interface Counts {
  readonly read: number;
  readonly accepted: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly blank: number;
  readonly warnings: Readonly<Record<string, number>>;
}

/** Ends an import: the line of counts is the last one. */
export function printCounts(counts: Counts, { dryRun, print, signal }: ImportOptions): void {
  for (const [code, count] of Object.entries(counts.warnings)) tell(`warning ${code}: ${count}`);
  if (dryRun) print('A dry run: nothing was recorded.');
  if (signal.aborted && !dryRun) {
    print('Cancelled. What was accepted stays; import the same file again, nothing is recorded twice.');
  }
  const { read, accepted, unchanged, refused, blank } = counts;
  print(`read ${read}, accepted ${accepted}, unchanged ${unchanged}, refused ${refused}, blank ${blank}`);
}

export function exitCodeOf({ refused }: Counts, { signal }: ImportOptions): number {
  if (signal.aborted) return EXIT.cancelled;
  return refused > 0 ? EXIT.refused : EXIT.done;
}
