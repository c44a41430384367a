const { mkdtempSync, readFileSync, readdirSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/**
 * Closes the run with what ran and on which stores, in lines that people and scripts can read.
 * Suites tell what they ran on through test/servers/ran-on.ts, in the folder that LEDGER_RAN_ON names.
 */
class SummaryReporter {
  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'ledger-ran-on-'));
    // Before the workers are started: they inherit it.
    process.env.LEDGER_RAN_ON = this.folder;
  }

  onRunComplete(_contexts, results) {
    const suites = results.testResults.flatMap(({ testResults }) => testResults);
    const stores = new Map();
    for (const { ancestorTitles, status } of suites) {
      const store = ancestorTitles
        .map((title) => /^(\w+ contract, kept by .+)$/.exec(title)?.[1])
        .find(Boolean);
      if (store) stores.set(store, (stores.get(store) ?? 0) + (status === 'passed' ? 1 : 0));
    }
    for (const [store, passed] of stores) console.log(`${store}: ${passed} tests passed`);

    const passedIn = new Map(
      results.testResults.map((suite) => [
        `${suite.displayName?.name ?? 'all'}: ${suite.testFilePath}`,
        suite.numPassingTests,
      ]),
    );
    const { lines, missing } = closingLines(told(this.folder), passedIn);
    rmSync(this.folder, { recursive: true, force: true });
    for (const line of lines) console.log(line);
    if (missing && process.env.CI_RUN === '1')
      this.error = new Error(`the CI runs on all stores: ${missing}`);

    const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites } = results;
    const failed = numFailedTests + (numFailedTests === 0 ? numFailedTestSuites : 0);
    console.log(`${numPassedTests} passed, ${failed} failed, ${numPendingTests} skipped`);
  }

  /** What makes the run fail although no test did. */
  getLastError() {
    return this.error;
  }
}

function told(folder) {
  return readdirSync(folder).flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  );
}

/** `told`: { store, label or reason, suite, project }; `passedIn`: how many tests passed in each suite. */
function closingLines(told, passedIn) {
  const lines = [];
  let missing;
  for (const store of [...new Set(told.map((one) => one.store))].sort()) {
    const ofStore = told.filter((one) => one.store === store);
    for (const label of unique(ofStore, 'label')) {
      const suites = suitesOf(ofStore.filter((one) => one.label === label));
      const passed = [...suites].reduce((sum, suite) => sum + (passedIn.get(suite) ?? 0), 0);
      lines.push(`${store} suites ran on: ${label} (${passed} tests)`);
    }
    for (const reason of unique(ofStore, 'reason')) {
      const suites = suitesOf(ofStore.filter((one) => one.reason === reason));
      missing = `${store} suites NOT RUN: ${reason} (${suites.size} of them)`;
      lines.push(`!!! ${missing}`);
    }
  }
  return { lines, missing };
}

const suitesOf = (told) => new Set(told.map(({ project, suite }) => `${project}: ${suite}`));

const unique = (told, key) =>
  [...new Set(told.map((one) => one[key]).filter((value) => value !== undefined))].sort();

module.exports = SummaryReporter;
