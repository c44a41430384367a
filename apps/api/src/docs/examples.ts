import recorded from './examples.json';

/** One real exchange with the demo; long lists are cut to their first two items. */
export interface Example {
  /** Method and path with its query. */
  readonly request: string;
  readonly body?: object;
  readonly answer: object;
}

/** By the name of the question, or `order:` and the name of the order. A test holds them against the demo. */
export const EXAMPLES: Readonly<Record<string, Example>> = recorded;
