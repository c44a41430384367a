import { StoreRefused, StoreUnavailable } from '@ledger/event-sourcing';
import { SettingsError } from './settings-error';

type Kind = abstract new (...args: never[]) => Error;

/** What whoever runs a process can do something about. */
const EXPECTED: readonly Kind[] = [SettingsError, StoreRefused, StoreUnavailable];

/**
 * What a process says that cannot go on: what is expected in its own words, anything else with the place where it
 * went wrong.
 * @param more what this process expects as well
 */
export function lastWords(error: unknown, more: readonly Kind[] = []): string {
  if (!(error instanceof Error)) return String(error);
  const expected = [...EXPECTED, ...more].some((kind) => error instanceof kind);
  return expected ? error.message : (error.stack ?? error.message);
}
