import 'reflect-metadata';
import { FileUnusable, IMPORT_KINDS, isImportKind } from '@ledger/imports';
import { isOpaqueId } from '@ledger/orders';
import type { ImportOptions } from './import-options';
import { CommandRefused, EXIT, tell } from './import-options';
import { lineOf } from './import-texts';
import { importIntoFolder } from './import.command';
import { migrateFolder } from './import-migrate.command';
import { importThrough } from './import-url.command';

interface Given {
  readonly dryRun: boolean;
  readonly migrate?: string | undefined;
  readonly url?: string | undefined;
  readonly actor?: string | undefined;
  readonly lang?: string | undefined;
  readonly refused?: string | undefined;
}

type Surroundings = Pick<ImportOptions, 'stores' | 'signal' | 'print'>;

/** `import`, as it was asked for. @throws CommandRefused where that makes no sense */
export async function runImport(
  words: readonly string[],
  given: Given,
  surroundings: Surroundings,
): Promise<number> {
  const options = optionsOf(given, surroundings);
  try {
    if (given.migrate !== undefined)
      return await migrateFolder(requireAlone(given.migrate, words, given), options);
    const [kind = '', file, ...others] = words;
    if (!isImportKind(kind))
      throw new CommandRefused(`import KIND FILE: KIND is ${IMPORT_KINDS.join(', ')}.`);
    if (file === undefined || others.length > 0)
      throw new CommandRefused(`import ${kind} FILE: give one file.`);
    return await (given.url === undefined
      ? importIntoFolder(kind, file, options)
      : importThrough(given.url, kind, file, options));
  } catch (error) {
    if (!(error instanceof FileUnusable)) throw error;
    for (const refusal of error.refusals) tell(lineOf(refusal, options.language));
    return EXIT.unusable;
  }
}

function requireAlone(dir: string, words: readonly string[], { url }: Given): string {
  if (words.length > 0)
    throw new CommandRefused('import --migrate DIR: the folder alone, the files say what they are.');
  if (url !== undefined) {
    throw new CommandRefused(
      '--migrate writes into a data folder of its own, not through a server: leave --url out.',
    );
  }
  return dir;
}

function optionsOf(
  { dryRun, actor = 'import', lang = 'en', refused }: Given,
  around: Surroundings,
): ImportOptions {
  if (lang !== 'en' && lang !== 'vi') throw new CommandRefused(`--lang ${lang}: en or vi.`);
  if (!isOpaqueId(actor)) {
    throw new CommandRefused(
      '--actor: an opaque id of letters, digits, dot, dash and underscore, no personal number.',
    );
  }
  return { ...around, dryRun, actor, language: lang, ...(refused !== undefined && { refused }) };
}
