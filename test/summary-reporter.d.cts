/** What the spec of the reporter needs of it. */
declare class SummaryReporter {
  onRunComplete(contexts: unknown, results: object): void;
  getLastError(): Error | undefined;
}
export = SummaryReporter;
