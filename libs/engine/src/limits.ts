import type { ReadinessLimits } from '@ledger/projections';
import { SettingsError } from './settings-error';

/** Ten seconds after it was recorded, what an officer has recorded is expected in the rates. */
const LAG_MS = 10_000;
/** Each parked household is one that an answer warns of: so many are no accident of one record any more. */
const PARKED = 100;
/** Whoever asks how we are waits a few seconds at most. */
const ANSWER_MS = 3_000;

/**
 * From when on a process is not ready: `MAX_LAG_MS` and `MAX_PARKED`.
 * @throws SettingsError naming the variable
 */
export function limitsFrom(env: NodeJS.ProcessEnv): ReadinessLimits {
  return {
    lagMs: wholeNumber(env, 'MAX_LAG_MS', LAG_MS),
    parked: wholeNumber(env, 'MAX_PARKED', PARKED),
    answerMs: ANSWER_MS,
  };
}

function wholeNumber(env: NodeJS.ProcessEnv, name: string, otherwise: number): number {
  const text = env[name];
  if (text === undefined || text === '') return otherwise;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new SettingsError(`${name}=${text}: give a whole number, for example ${otherwise}.`);
}
