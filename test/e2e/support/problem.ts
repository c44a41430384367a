import type { Answer } from './server';

export interface ProblemError {
  readonly field: string | null;
  readonly rule: string;
  readonly message: string;
  readonly got?: unknown;
}

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly errors: readonly ProblemError[];
}

const CODE = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;

/** Holds an answer against the shape that every refusal has, and hands it over. */
export function problemOf(answer: Answer, status: number): Problem {
  const problem = answer.body as Problem;
  // The whole answer, so that a failure shows what came instead.
  expect({ status: answer.status, body: problem }).toMatchObject({ status });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json\b/);
  expect(problem).toMatchObject({
    type: expect.stringMatching(/\S/),
    title: expect.stringMatching(/\S/),
    status,
    detail: expect.stringMatching(/\S/),
    code: expect.stringMatching(CODE),
  });
  expect(problem.errors.length).toBeGreaterThan(0);
  for (const error of problem.errors) {
    expect(error).toHaveProperty('field');
    expect(error.rule).toMatch(CODE);
    expect(error.message).toMatch(/\S \S/);
    // A text that still has its blanks to fill in.
    expect(error.message).not.toMatch(/\{\w+\}|\[object Object\]/);
  }
  return problem;
}

/** A refusal by a rule of the domain: 422 with its stable code. */
export function refusedFor(answer: Answer, code: string, field?: string): Problem {
  const problem = problemOf(answer, 422);
  expect(problem.code).toBe(code);
  if (field !== undefined) expect(problem.errors.map((error) => error.field)).toContain(field);
  return problem;
}

/** 400 that names the field. */
export function malformedAt(answer: Answer, field: string): Problem {
  const problem = problemOf(answer, 400);
  expect(problem.errors.map((error) => error.field)).toContain(field);
  return problem;
}
