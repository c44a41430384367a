import { appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import SummaryReporter from '../summary-reporter.cjs';

interface SuiteResult {
  readonly displayName: { readonly name: string };
  readonly testFilePath: string;
  readonly numPassingTests: number;
  readonly testResults: readonly { readonly ancestorTitles: readonly string[]; readonly status: string }[];
}

const suite = (project: string, testFilePath: string, passed: number): SuiteResult => ({
  displayName: { name: project },
  testFilePath,
  numPassingTests: passed,
  testResults: [],
});

describe('the closing lines of a test run', () => {
  const before = { ...process.env };
  let printed: jest.SpyInstance;

  beforeEach(() => {
    delete process.env['CI_RUN'];
    printed = jest.spyOn(console, 'log').mockImplementation();
  });

  afterEach(() => {
    printed.mockRestore();
    for (const name of ['CI_RUN', 'LEDGER_RAN_ON']) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  });

  /** A run in which suites told these lines, each process in a file of its own. */
  function closed(
    told: readonly object[],
    suites: readonly SuiteResult[],
    failedTests = 0,
    failedSuites = 0,
  ) {
    const reporter = new SummaryReporter();
    const folder = process.env['LEDGER_RAN_ON'] as string;
    told.forEach((line, index) =>
      appendFileSync(join(folder, `${index % 2}.jsonl`), `${JSON.stringify(line)}\n`),
    );
    reporter.onRunComplete(undefined, {
      testResults: suites,
      numPassedTests: suites.reduce((sum, { numPassingTests }) => sum + numPassingTests, 0),
      numFailedTests: failedTests,
      numPendingTests: 2,
      numFailedTestSuites: failedSuites,
    });
    expect(existsSync(folder)).toBe(false);
    return { lines: printed.mock.calls.map(([line]: string[]) => line), error: reporter.getLastError() };
  }

  it('count what passed in each suite once, however often the suite told what it ran on', () => {
    const a = { store: 'MongoDB', label: 'mongod 8', project: 'all', suite: '/a.spec.ts' };
    const { lines, error } = closed(
      [a, a, { ...a, suite: '/b.spec.ts' }],
      [suite('all', '/a.spec.ts', 5), suite('all', '/b.spec.ts', 2), suite('all', '/c.spec.ts', 40)],
    );
    expect(lines).toEqual(['MongoDB suites ran on: mongod 8 (7 tests)', '47 passed, 0 failed, 2 skipped']);
    expect(error).toBeUndefined();
  });

  it('tell the same file in two projects apart', () => {
    const told = { store: 'MongoDB', label: 'mongod 8', project: 'on servers', suite: '/a.spec.ts' };
    const { lines } = closed([told], [suite('all', '/a.spec.ts', 5), suite('on servers', '/a.spec.ts', 3)]);
    expect(lines[0]).toBe('MongoDB suites ran on: mongod 8 (3 tests)');
  });

  it('have a line for each server, and none for a store that no suite was about', () => {
    const told = { store: 'EventStoreDB', project: 'all' };
    const { lines } = closed(
      [
        { ...told, label: 'double', suite: '/a.spec.ts' },
        { ...told, label: '24.10.4', suite: '/b.spec.ts' },
      ],
      [suite('all', '/a.spec.ts', 1), suite('all', '/b.spec.ts', 2)],
    );
    expect(lines.slice(0, -1)).toEqual([
      'EventStoreDB suites ran on: 24.10.4 (2 tests)',
      'EventStoreDB suites ran on: double (1 tests)',
    ]);
  });

  const NOT_RUN = { store: 'MongoDB', reason: 'no mongod', project: 'all', suite: '/a.spec.ts' };
  const MISSING = 'MongoDB suites NOT RUN: no mongod (1 of them)';

  it('say loudly what did not run', () => {
    const { lines, error } = closed([NOT_RUN], [suite('all', '/a.spec.ts', 0)]);
    expect(lines[0]).toBe(`!!! ${MISSING}`);
    expect(error).toBeUndefined();
  });

  it('make a run of the CI fail when something did not run', () => {
    process.env['CI_RUN'] = '1';
    const { lines, error } = closed([NOT_RUN], [suite('all', '/a.spec.ts', 0)]);
    expect(lines[0]).toBe(`!!! ${MISSING}`);
    expect(error?.message).toBe(`the CI runs on all stores: ${MISSING}`);
  });

  it('never say that nothing failed when a suite could not even begin', () => {
    const { lines } = closed([], [suite('all', '/a.spec.ts', 4)], 0, 1);
    expect(lines).toEqual(['4 passed, 1 failed, 2 skipped']);
  });
});
