import { connectionStringOf } from '@ledger/eventstoredb';
import { mongoUrlProblem } from '@ledger/mongo';
import { SettingsError } from './settings-error';

/** Log and read models in files of one folder, no server needed. */
export interface EmbeddedSettings {
  readonly engine: 'embedded';
  readonly dataDir: string;
}

/** Log and read models on servers, which several processes share. */
export interface ServerSettings {
  readonly engine: 'servers';
  readonly eventStoreUrl: string;
  readonly mongoUrl: string;
  /** Put before the name of each stream, where several ledgers share an EventStoreDB; as a rule nothing. */
  readonly ledger: string;
}

export type EngineSettings = EmbeddedSettings | ServerSettings;

/**
 * Where facts and read models live: on EventStoreDB and MongoDB when the environment names both, else in a folder.
 * @throws SettingsError naming the variable; passwords are not repeated
 */
export function engineSettingsFrom(env: NodeJS.ProcessEnv): EngineSettings {
  const { EVENTSTORE_URL: eventStoreUrl, MONGO_URL: mongoUrl, DATA_DIR: dataDir } = env;
  if (!eventStoreUrl && !mongoUrl) return { engine: 'embedded', dataDir: dataDir || './data' };
  if (!eventStoreUrl) throw new SettingsError('EVENTSTORE_URL is missing: MONGO_URL needs it beside it.');
  if (!mongoUrl) throw new SettingsError('MONGO_URL is missing: EVENTSTORE_URL needs it beside it.');
  refuse(
    'EVENTSTORE_URL',
    problemOf(() => connectionStringOf(eventStoreUrl)),
  );
  refuse('MONGO_URL', mongoUrlProblem(mongoUrl));
  return {
    engine: 'servers',
    eventStoreUrl,
    mongoUrl,
    ledger: ledgerFrom(env['EVENTSTORE_STREAM_PREFIX'] ?? ''),
  };
}

function ledgerFrom(prefix: string): string {
  if (/^(?:[a-z0-9]{1,20}-)?$/.test(prefix)) return prefix;
  throw new SettingsError(
    `EVENTSTORE_STREAM_PREFIX=${prefix}: give letters and digits and a dash, for example trial-.`,
  );
}

function refuse(variable: string, problem: string | undefined): void {
  if (problem !== undefined) throw new SettingsError(`${variable}: ${problem}.`);
}

function problemOf(attempt: () => unknown): string | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}
