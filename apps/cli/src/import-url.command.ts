import type { ImportKind } from '@ledger/imports';
import { csvRows } from '@ledger/imports';
import { createReadStream } from 'node:fs';
import type { ImportOptions } from './import-options';
import { EXIT, tell } from './import-options';
import type { Counts } from './import-outcome';
import { exitCodeOf, printCounts } from './import-outcome';
import { ImportProgress } from './import-progress';
import { RefusedFile } from './import-refused-file';
import type { RemoteAnswer } from './import-remote';
import { sendFile } from './import-remote';
import { openSource, sizeOf, STANDARD_INPUT } from './import-source';

/** Imports a file through a running server. */
export async function importThrough(
  url: string,
  kind: ImportKind,
  file: string,
  options: ImportOptions,
): Promise<number> {
  const answer = await send(url, kind, file, options);
  if (answer === 'cancelled') {
    tell(
      'Cancelled. The server keeps what it has accepted; import the same file again, nothing is recorded twice.',
    );
    return EXIT.cancelled;
  }
  if (!('refusals' in answer)) return tellProblem(answer, options);
  for (const { line, column, code, message } of answer.refusals) tell(`${line}:${column} ${code} ${message}`);
  if (answer.refusalsLeftOut > 0) {
    tell(`${answer.refusalsLeftOut} more refusals are not listed: mend these, and import the file again.`);
  }
  await keepRefused(file, new Set(answer.refusals.map(({ line }) => line)), options);
  printCounts(answer, options);
  return exitCodeOf(answer, options);
}

async function send(
  url: string,
  kind: ImportKind,
  file: string,
  { dryRun, actor, language, signal }: ImportOptions,
): Promise<RemoteAnswer | 'cancelled'> {
  const source = await openSource(file);
  const progress = new ImportProgress(dryRun ? 'dry run' : 'sending', sizeOf(file) ?? 0);
  let bytes = 0;
  try {
    const onProgress = (size: number): void => progress.at((bytes += size));
    return await sendFile(source, { url, kind, dryRun, actor, language, signal, onProgress });
  } catch (error) {
    if (signal.aborted) return 'cancelled';
    throw error;
  } finally {
    progress.stop();
    source.destroy();
  }
}

function tellProblem(
  { errors, outcome }: Exclude<RemoteAnswer, { refusals: unknown }>,
  options: ImportOptions,
): number {
  for (const { line, column, rule, message } of errors) {
    tell(`${line === undefined ? '' : `${line}:${column ?? 1} `}${rule} ${message}`);
  }
  if (outcome) printCounts(outcome satisfies Counts, options);
  return EXIT.unusable;
}

/** The server tells the lines; the rows are in the file. */
async function keepRefused(
  file: string,
  lines: ReadonlySet<number>,
  { refused }: ImportOptions,
): Promise<void> {
  if (lines.size === 0 || file === STANDARD_INPUT) return;
  const kept = RefusedFile.of(file, refused);
  let header: readonly string[] | undefined;
  for await (const row of csvRows(createReadStream(file))) {
    header ??= row.cells;
    if (lines.has(row.line)) kept?.add(header, row);
  }
  kept?.tell();
  kept?.close();
}
