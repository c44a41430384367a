import { stringify } from 'csv-stringify/sync';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { preferencesIn } from './preferences';

export type Cell = string | number | boolean | null | undefined;
export type CsvRow = Readonly<Record<string, Cell>>;

/** A table is wanted where it is named, and not after JSON, which is what we answer otherwise. */
export function wantsCsv({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  const named = preferencesIn(headers.accept);
  return named.find((type) => type === 'text/csv' || type === 'application/json') === 'text/csv';
}

/**
 * The answer itself, or its rows as a table where the reader asked for `text/csv`: UTF-8 without a byte order
 * mark, an unknown value being an empty cell.
 */
export function answerOrTable<Answer>(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
  columns: readonly string[],
  rows: (answer: Answer) => readonly CsvRow[],
): Answer | string {
  if (!wantsCsv(request)) return answer;
  void reply.type('text/csv; charset=utf-8');
  return stringify(rows(answer).map(harmless), { header: true, columns: [...columns] });
}

/** A text that a spreadsheet would take for a formula is shown as text: whoever wrote it ran nothing. */
const harmless = (row: CsvRow): CsvRow =>
  Object.fromEntries(
    Object.entries(row).map(([name, cell]) => [
      name,
      typeof cell === 'string' && /^[=+@\t\r]/.test(cell) ? `'${cell}` : cell,
    ]),
  );
