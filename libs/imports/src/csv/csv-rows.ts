import { pipeline, Readable } from 'node:stream';
import type { CsvError, InfoRecord } from 'csv-parse';
import { parse } from 'csv-parse';
import { unusable } from '../refusal';
import { checkedBytes } from './checked-bytes';

/** A row as it stands in the file. */
export interface CsvRow {
  /** The line on which it begins; a quoted cell may go over several. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** A quote that is never closed would take the rest of the file for one cell: it is not kept in memory. */
const MAX_ROW_BYTES = 1_000_000;

/**
 * The rows of a CSV file, the header among them: UTF-8 with or without a byte order mark, commas or semicolons,
 * any line ends. Empty lines are passed over.
 * @throws FileUnusable where it is no such file, naming the line
 */
export async function* csvRows(source: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRow, void, undefined> {
  const { head, bytes } = await checkedBytes(source);
  let failure: CsvError | undefined;
  const parser = parse({
    delimiter: delimiterOf(head),
    info: true,
    max_record_size: MAX_ROW_BYTES,
    // Told of a row that cannot be read; an error of the stream would take good rows with it that wait in it.
    on_skip: (error) => void (failure ??= error),
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
  });
  // What fails is thrown by the loop below; the pipeline only has to have been told whom to tell.
  pipeline(Readable.from(upTo(bytes, () => failure !== undefined)), parser, () => undefined);
  let lastLine = 0;
  /** The parser takes a line end of two characters inside a cell for two. */
  let miscounted = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: InfoRecord }>) {
      const breaks = breaksIn(record);
      miscounted += breaks.filter((end) => end === '\r\n').length;
      lastLine = info.lines - miscounted;
      yield { line: lastLine - breaks.length, cells: record };
    }
  } finally {
    parser.destroy();
  }
  if (failure) throw inOurWords(failure, lastLine + 1);
}

async function* upTo(
  bytes: AsyncGenerator<Buffer, void, undefined>,
  isEnough: () => boolean,
): AsyncGenerator<Buffer, void, undefined> {
  for await (const chunk of bytes) {
    if (isEnough()) return;
    yield chunk;
  }
}

function inOurWords(error: CsvError, line: number): Error {
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return unusable('file.quote-not-closed', line);
    case 'CSV_MAX_RECORD_SIZE':
      return unusable('file.row-too-long', line, { limit: MAX_ROW_BYTES });
    default:
      return unusable('file.not-csv', line, { why: error.message });
  }
}

/** Of the header's first line: whichever of the two separates more. */
function delimiterOf(head: Buffer): string {
  const line =
    head
      .toString('utf8')
      .trimStart()
      .split(/[\r\n]/, 1)[0] ?? '';
  const count = (char: string): number => line.split(char).length;
  if (count('\t') > Math.max(count(','), count(';'))) throw unusable('file.tabs', 1);
  return count(';') > count(',') ? ';' : ',';
}

/** The line ends inside the cells of a row: hardly ever any. */
const breaksIn = (cells: readonly string[]): readonly string[] =>
  cells.flatMap((cell) => (/[\r\n]/.test(cell) ? (cell.match(/\r\n|\r|\n/g) ?? []) : []));
