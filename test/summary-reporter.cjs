/** Closes the run with what ran and on which stores, in lines that people and scripts can read. */
class SummaryReporter {
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
    const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites } = results;
    const failed = numFailedTests + (numFailedTests === 0 ? numFailedTestSuites : 0);
    console.log(`${numPassedTests} passed, ${failed} failed, ${numPendingTests} skipped`);
  }
}

module.exports = SummaryReporter;
