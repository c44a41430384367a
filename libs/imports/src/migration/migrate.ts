import { dayOf, findDay } from '@ledger/kernel';
import type { PlainDate } from '@ledger/kernel';
import { isOpaqueId, shown } from '@ledger/orders';
import { csvRows } from '../csv/csv-rows';
import type { Header } from '../csv/header';
import { headerOf } from '../csv/header';
import { InOrder } from '../in-order';
import type { ImportKind } from '../kinds';
import { IMPORT_KINDS, RECORDED_BY, RECORDED_ON } from '../kinds';
import type { ImportOutcome, RowResult } from '../outcome';
import { Tally } from '../outcome';
import type { RowRefusal } from '../refusal';
import { FileUnusable } from '../refusal';
import type { Recorder } from '../row-importer';
import { RowImporter } from '../row-importer';
import { readCell } from '../rows/cell';
import { Row } from '../rows/row';
import type { ImportSettings } from '../settings';
import { MAX_IN_FLIGHT, ordersOn } from '../settings';
import { HistoryGuard } from './history-guard';
import { SortedRows } from './sorted-rows';

/** A file of old books. */
export interface Book {
  readonly name: string;
  readonly kind: ImportKind;
  open(): AsyncIterable<Uint8Array>;
}

export interface MigrationSettings extends ImportSettings {
  /** Told while the books are read, before anything is recorded. */
  readonly onRead?: (rows: number) => void;
  /** Told how many rows there are, once they are sorted. */
  readonly onSorted?: (rows: number) => void;
}

/** Which kind of book a file is, by its name; `undefined` where it is none. */
export function kindOfBook(name: string): ImportKind | undefined {
  if (!/\.csv$/i.test(name) || /\.refused\.csv$/i.test(name)) return undefined;
  return IMPORT_KINDS.find((kind) => name.toLowerCase().startsWith(kind));
}

/**
 * Enters old books of all kinds as the one history that they tell: day of recording by day of recording, so that
 * "as known on" is true for every day since. A day begins when the one before is in the log to its end.
 * @throws FileUnusable naming the file, before anything is recorded
 */
export async function migrate(books: readonly Book[], settings: MigrationSettings): Promise<ImportOutcome> {
  const sorted = new SortedRows();
  try {
    const tally = new Tally();
    const headers = await readBooks(books, sorted, tally, settings);
    settings.onSorted?.(sorted.count);
    return await enter(books, headers, sorted, tally, settings);
  } finally {
    sorted.close();
  }
}

async function readBooks(
  books: readonly Book[],
  sorted: SortedRows,
  tally: Tally,
  { clock, signal, onRefused, onRead }: MigrationSettings,
): Promise<readonly Header[]> {
  const today = dayOf(clock());
  const headers: Header[] = [];
  for (const [file, book] of books.entries()) {
    try {
      for await (const csv of csvRows(book.open())) {
        if (signal.aborted) return headers;
        const header = headers[file];
        if (!header) {
          headers[file] = headerOf(csv, book.kind, true);
          continue;
        }
        const row = new Row(book.kind, header, csv, book.name);
        const recordedOn = dayOfRow(row, today);
        if (typeof recordedOn === 'string') {
          sorted.add({ recordedOn, rank: IMPORT_KINDS.indexOf(book.kind), file, ...csv });
        } else if (row.isBlank) tally.add({ became: 'blank' });
        else {
          tally.add({ became: 'refused', refusals: [recordedOn] });
          await onRefused([recordedOn], row);
        }
        onRead?.(sorted.count + tally.read);
      }
    } catch (error) {
      throw error instanceof FileUnusable ? ofBook(error, book) : error;
    }
  }
  return headers;
}

function ofBook(error: FileUnusable, { name }: Book): FileUnusable {
  const [first, ...rest] = error.refusals.map((refusal) => ({ ...refusal, file: name }));
  return first ? new FileUnusable([first, ...rest], { cause: error }) : error;
}

function dayOfRow(row: Row, today: PlainDate): PlainDate | RowRefusal {
  const misshapen = row.findMisshapen();
  if (misshapen) return misshapen;
  const text = row.text(RECORDED_ON);
  if (text === '') return row.refusal(RECORDED_ON, { code: 'body.required' });
  const read = readCell(text, 'day');
  if ('refusal' in read) return row.refusal(RECORDED_ON, { ...read.refusal, got: shown(text) });
  const day = findDay(text);
  if (day === undefined) return row.refusal(RECORDED_ON, { code: 'body.day', got: shown(text) });
  if (day <= today) return day;
  return row.refusal(RECORDED_ON, { code: 'migration.recorded-in-the-future', got: day, facts: { today } });
}

async function enter(
  books: readonly Book[],
  headers: readonly Header[],
  sorted: SortedRows,
  tally: Tally,
  settings: MigrationSettings,
): Promise<ImportOutcome> {
  const { signal, onRefused, onProgress, actor, runId, maxInFlight = MAX_IN_FLIGHT } = settings;
  const store = new HistoryGuard(settings.store, await settings.store.lastRecordedOn());
  const orders = ordersOn({ ...settings, store });
  const importer = new RowImporter(orders, runId);
  const pending = new InOrder<{ row: Row; result: RowResult }>(maxInFlight, async ({ row, result }) => {
    tally.add(result);
    if (result.became === 'refused') await onRefused(result.refusals, row);
  });
  let stretch = '';
  try {
    for (const { recordedOn, rank, file, line, cells } of sorted.inOrder()) {
      if (signal.aborted) break;
      const next = `${recordedOn} ${rank}`;
      if (next !== stretch) await pending.settled();
      stretch = next;
      const book = books[file];
      const header = headers[file];
      if (!book || !header) throw new Error(`no book ${file}`);
      const row = new Row(book.kind, header, { line, cells }, book.name);
      const by = recorderOf(row, actor, recordedOn as PlainDate);
      const { result } = 'code' in by ? refusedAs(by) : await importer.begin(row, by);
      await pending.add(result.then((done) => ({ row, result: done })));
      onProgress?.({ rows: tally.read, bytes: 0 });
    }
    await pending.settled();
    onProgress?.({ rows: tally.read, bytes: 0 });
    return tally.outcome({ cancelled: signal.aborted });
  } finally {
    await pending.quiet();
    orders.listed.close();
  }
}

function recorderOf(row: Row, actor: string, recordedOn: PlainDate): Recorder | RowRefusal {
  const recordedBy = row.text(RECORDED_BY) || actor;
  if (isOpaqueId(recordedBy)) return { recordedBy, recordedOn };
  return row.refusal(RECORDED_BY, { code: 'body.id', got: shown(recordedBy) });
}

const refusedAs = (refusal: RowRefusal): { result: Promise<RowResult> } => ({
  result: Promise.resolve({ became: 'refused', refusals: [refusal] }),
});
