import type { ImportKind, ImportOutcome } from '@ledger/imports';
import { FileUnusable, importFile } from '@ledger/imports';
import { bringUpToDate, withFolder, withPorts } from './import-folder';
import type { ImportOptions } from './import-options';
import { EXIT, tell } from './import-options';
import { exitCodeOf, printCounts } from './import-outcome';
import { ImportProgress } from './import-progress';
import { RefusedFile } from './import-refused-file';
import { openSource, sizeOf } from './import-source';
import { lineOf } from './import-texts';

/** Imports a file (`-`: the standard input) into the data folder. */
export async function importIntoFolder(
  kind: ImportKind,
  file: string,
  options: ImportOptions,
): Promise<number> {
  const source = await openSource(file);
  const refused = RefusedFile.of(file, options.refused);
  try {
    return await withFolder(options, async (folder) => {
      const { outcome, failure } = await withPorts(folder, options, async (ports) => {
        const progress = new ImportProgress(options.dryRun ? 'dry run  ' : 'importing', sizeOf(file) ?? 0);
        const importing = importFile(kind, source, {
          ...ports,
          onProgress: ({ bytes, rows }) => progress.at(bytes, rows),
          onRefused: (refusals, row) => {
            for (const refusal of refusals) progress.print(lineOf(refusal, options.language));
            refused?.add(row.header.asWritten, row.raw);
          },
        });
        return ended(importing).finally(() => progress.stop());
      });
      for (const refusal of failure?.refusals ?? []) tell(lineOf(refusal, options.language));
      if (!outcome) return EXIT.unusable;
      await bringUpToDate(folder, outcome, options);
      refused?.tell();
      printCounts(outcome, options);
      return failure ? EXIT.unusable : exitCodeOf(outcome, options);
    });
  } finally {
    source.destroy();
    refused?.close();
  }
}

/** A file that cannot be read to its end has an outcome as well, of the rows before. */
async function ended(
  importing: Promise<ImportOutcome>,
): Promise<{ outcome?: ImportOutcome | undefined; failure?: FileUnusable }> {
  try {
    return { outcome: await importing };
  } catch (error) {
    if (!(error instanceof FileUnusable)) throw error;
    return { outcome: error.outcome, failure: error };
  }
}
