import { chunksOf } from './csv/chunks';
import { csvRows } from './csv/csv-rows';
import type { Header } from './csv/header';
import { headerOf } from './csv/header';
import { InOrder } from './in-order';
import type { ImportKind } from './kinds';
import type { ImportOutcome, RowResult } from './outcome';
import { Tally } from './outcome';
import { FileUnusable } from './refusal';
import { RowImporter } from './row-importer';
import { Row } from './rows/row';
import type { ImportSettings } from './settings';
import { MAX_IN_FLIGHT, ordersOn } from './settings';

/**
 * Imports a file, row by row and in constant memory: rows that are accepted stay, rows that are refused are told
 * one by one. The same file again changes nothing.
 * @throws FileUnusable where the file cannot be read (before any row), or not to its end: then it carries what
 * became of the rows before
 * @throws StoreUnavailable where the store fails; what was accepted before stays
 */
export async function importFile(
  kind: ImportKind,
  source: AsyncIterable<Uint8Array>,
  settings: ImportSettings,
): Promise<ImportOutcome> {
  const { signal, onRefused, onProgress, actor, runId, maxInFlight = MAX_IN_FLIGHT } = settings;
  const orders = ordersOn(settings);
  const importer = new RowImporter(orders, runId);
  const tally = new Tally();
  let bytes = 0;
  const pending = new InOrder<{ row: Row; result: RowResult }>(maxInFlight, async ({ row, result }) => {
    tally.add(result);
    if (result.became === 'refused') await onRefused(result.refusals, row);
  });
  const outcome = (): ImportOutcome => tally.outcome({ cancelled: signal.aborted });
  try {
    let header: Header | undefined;
    for await (const csv of csvRows(chunksOf(source, signal, (size) => (bytes += size)))) {
      // What comes after a cut is half a row.
      if (signal.aborted) break;
      if (!header) {
        header = headerOf(csv, kind, false);
        continue;
      }
      const row = new Row(kind, header, csv);
      const { result } = await importer.begin(row, { recordedBy: actor });
      await pending.add(result.then((done) => ({ row, result: done })));
      onProgress?.({ rows: tally.read, bytes });
    }
    await pending.settled();
    onProgress?.({ rows: tally.read, bytes });
    return outcome();
  } catch (error) {
    // A file that was cut before its header came is empty because we stopped reading it.
    if (signal.aborted && error instanceof FileUnusable) return outcome();
    if (!(error instanceof FileUnusable)) throw error;
    await pending.settled();
    if (tally.read > 0) error.outcome = outcome();
    throw error;
  } finally {
    await pending.quiet();
    orders.listed.close();
  }
}
