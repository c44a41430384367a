import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { Example } from './examples';
import { EXAMPLES } from './examples';

/** What every order takes and answers, for the reader of `/docs`. */
export function ApiOrder(name: string, summary: string): MethodDecorator {
  const example = exampleOf(`order:${name}`);
  return applyDecorators(
    ApiOperation({ summary, description: describe(example) }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'The same key again answers as the first time',
    }),
    ApiHeader({ name: 'X-Actor', required: false, description: 'Opaque id of the officer' }),
    ApiHeader({ name: 'If-Match', required: false, description: 'ETag that the order builds on' }),
    ApiResponse({ status: 201, description: 'Recorded', content: jsonExample(example) }),
    ApiResponse({ status: 200, description: 'Had been recorded before: unchanged' }),
    ...problems(400, 404, 409, 412, 413, 422, 503),
  );
}

/** What a question answers, with a real answer of the demo. */
export function ApiQuestion(name: string, summary: string): MethodDecorator {
  const example = exampleOf(name);
  return applyDecorators(
    ApiOperation({ summary, description: describe(example) }),
    ApiResponse({ status: 200, description: 'The answer', content: jsonExample(example) }),
    ...problems(400, 404, 503),
  );
}

function exampleOf(name: string): Example {
  const example = EXAMPLES[name];
  if (!example) throw new Error(`no example for ${name} in docs/examples.json`);
  return example;
}

const describe = ({ request, body }: Example): string =>
  `For example: \`${request}\`${body ? ` with \`${JSON.stringify(body)}\`` : ''}`;

const jsonExample = ({ answer }: Example): Record<string, object> => ({
  'application/json': { schema: { type: 'object' }, example: answer },
});

const problems = (...statuses: readonly number[]): MethodDecorator[] =>
  statuses.map((status) =>
    ApiResponse({
      status,
      description: PROBLEMS[status] ?? '',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    }),
  );

const PROBLEMS: Readonly<Record<number, string>> = {
  400: 'Malformed: every field that is wrong is named',
  404: 'Unknown, or outside the days of a unit',
  409: 'Others kept writing to the same record',
  412: 'The record is at another revision than If-Match says',
  413: 'The body is too large',
  422: 'Against a rule of the domain, or a reused key',
  503: 'A store or a wait timed out: Retry-After tells when to ask again',
};
