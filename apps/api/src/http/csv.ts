import { stringify } from 'csv-stringify/sync';
import type { FastifyReply, FastifyRequest } from 'fastify';

export type Cell = string | number | boolean | null | undefined;
export type CsvRow = Readonly<Record<string, Cell>>;

export const wantsCsv = (request: FastifyRequest): boolean => {
  const accept = request.headers.accept ?? '';
  const csv = accept.indexOf('text/csv');
  const json = accept.indexOf('application/json');
  return csv !== -1 && (json === -1 || csv < json);
};

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
  return stringify([...rows(answer)], { header: true, columns: [...columns] });
}
