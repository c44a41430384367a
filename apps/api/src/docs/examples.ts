/** Real answers, filled in from the demo. */
export const EXAMPLES: Readonly<Record<string, unknown>> = {};
