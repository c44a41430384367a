import type { Book } from '@ledger/imports';
import { FileUnusable, kindOfBook, migrate } from '@ledger/imports';
import { createReadStream, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bringUpToDate, withFolder, withPorts } from './import-folder';
import type { ImportOptions } from './import-options';
import { CommandRefused, EXIT, tell } from './import-options';
import { exitCodeOf, printCounts } from './import-outcome';
import { ImportProgress } from './import-progress';
import { lineOf } from './import-texts';

/** Enters all old books of a folder as one history. */
export async function migrateFolder(dir: string, options: ImportOptions): Promise<number> {
  const books = booksIn(dir);
  return withFolder(options, async (folder) => {
    try {
      const outcome = await withPorts(folder, options, async (ports) => {
        let progress = new ImportProgress('reading  ', 0);
        const migrating = migrate(books, {
          ...ports,
          onRead: (rows) => progress.at(rows, rows),
          onSorted: (rows) => {
            progress.stop();
            progress = new ImportProgress(options.dryRun ? 'dry run  ' : 'recording', rows);
          },
          onProgress: ({ rows }) => progress.at(rows, rows),
          onRefused: (refusals) => {
            for (const refusal of refusals) progress.print(lineOf(refusal, options.language));
          },
        });
        return migrating.finally(() => progress.stop());
      });
      await bringUpToDate(folder, outcome, options);
      printCounts(outcome, options);
      return exitCodeOf(outcome, options);
    } catch (error) {
      if (!(error instanceof FileUnusable)) throw error;
      for (const refusal of error.refusals) tell(lineOf(refusal, options.language));
      return EXIT.unusable;
    }
  });
}

/** @throws CommandRefused where there is no folder, or none with a book in it */
function booksIn(dir: string): readonly Book[] {
  if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CommandRefused(`${dir} is no folder: --migrate takes the folder that holds the old books.`);
  }
  const names = readdirSync(dir).sort();
  const books = names.flatMap((name): Book[] => {
    const kind = kindOfBook(name);
    return kind === undefined ? [] : [{ name, kind, open: () => createReadStream(join(dir, name)) }];
  });
  const others = names.filter((name) => kindOfBook(name) === undefined);
  if (others.length > 0) tell(`Not read: ${others.join(', ')}`);
  if (books.length > 0) return books;
  throw new CommandRefused(
    `${dir} holds no book: name them units*.csv, totals*.csv, households*.csv or reviews*.csv.`,
  );
}
