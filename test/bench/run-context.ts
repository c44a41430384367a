import type { Postgres } from './postgres';
import type { Results } from './results';
import type { Scale } from './scale';

/** What every measurement is handed. */
export interface RunContext {
  readonly scale: Scale;
  readonly results: Results;
  /** A folder on the disk that is measured. */
  readonly scratch: string;
  /** Absent where it could not be started: the report says so. */
  readonly postgres: Postgres | undefined;
  readonly signal: AbortSignal;
}

export const say = (text: string): void => void process.stderr.write(`${text}\n`);
