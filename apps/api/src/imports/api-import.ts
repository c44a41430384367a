import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiParam, ApiResponse } from '@nestjs/swagger';
import { FILES, IMPORT_KINDS } from '@ledger/imports';

const COLUMNS = IMPORT_KINDS.map((kind) => `- ${kind}: \`${FILES[kind].columns.join(',')}\``).join('\n');

const PROBLEM = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

const EXAMPLE = {
  kind: 'reviews',
  dryRun: false,
  read: 120,
  accepted: 100,
  unchanged: 0,
  refused: 15,
  blank: 5,
  warnings: { 'decision.later-than-effect': 2 },
  position: '0000000000108109',
  refusals: [
    {
      line: 17,
      column: 7,
      field: 'effective_on',
      code: 'cell.day-format',
      message: 'Write a day as YYYY-MM-DD, for example 2022-12-31.',
      got: '31/12/2022',
    },
  ],
  refusalsLeftOut: 0,
};

/** What an import takes and answers, for the reader of `/docs`. */
export const ApiImport = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      summary: 'Import a CSV file: rows are accepted, unchanged, refused or blank, one by one',
      description:
        'UTF-8, a header, commas or semicolons; lists inside a cell with `|`, an empty cell is absent, `-` is ' +
        `none. The same file again changes nothing.\n\n${COLUMNS}`,
    }),
    ApiParam({ name: 'kind', enum: [...IMPORT_KINDS] }),
    ApiHeader({ name: 'X-Actor', required: false, description: 'Opaque id of the officer' }),
    ApiConsumes('text/csv'),
    ApiBody({ required: true, schema: { type: 'string' } }),
    ApiResponse({
      status: 200,
      description: 'What became of the rows; at most 10,000 refusals are listed',
      content: { 'application/json': { schema: { type: 'object' }, example: EXAMPLE } },
    }),
    ApiResponse({ status: 400, description: 'A header or the query is malformed', content: PROBLEM }),
    ApiResponse({ status: 404, description: 'No such kind', content: PROBLEM }),
    ApiResponse({ status: 415, description: 'Not sent as text/csv', content: PROBLEM }),
    ApiResponse({
      status: 422,
      description: 'The file cannot be read, or not to its end; `outcome` counts the rows before, which stay',
      content: PROBLEM,
    }),
    ApiResponse({
      status: 503,
      description: 'A store failed, or the server is stopping: import the same file again',
      content: PROBLEM,
    }),
  );
