import { requireText } from '@ledger/imports';
import { createReadStream, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { CommandRefused } from './import-options';

const CHUNK_BYTES = 256 * 1_024;

export const STANDARD_INPUT = '-';

/**
 * Opens a file that is to be imported (`-`: the standard input). One that can be read twice is looked through
 * first, so that a wrong encoding is noticed before any row is taken.
 * @throws CommandRefused where there is none
 * @throws FileUnusable where it is no text in UTF-8
 */
export async function openSource(file: string): Promise<Readable> {
  if (file === STANDARD_INPUT) return process.stdin;
  if (sizeOf(file) === undefined) throw new CommandRefused(`There is no file ${file}.`);
  await requireText(createReadStream(file, { highWaterMark: CHUNK_BYTES }));
  return createReadStream(file, { highWaterMark: CHUNK_BYTES });
}

/** In bytes; `undefined` where it is not known. */
export function sizeOf(file: string): number | undefined {
  if (file === STANDARD_INPUT) return undefined;
  const found = statSync(file, { throwIfNoEntry: false });
  return found && !found.isDirectory() ? found.size : undefined;
}
