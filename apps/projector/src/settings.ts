import type { ServerSettings } from '@ledger/engine';
import { engineSettingsFrom, limitsFrom, portFrom, SettingsError } from '@ledger/engine';
import type { ReadinessLimits } from '@ledger/projections';

/** Everything that the environment decides. */
export interface ProjectorSettings {
  readonly stores: ServerSettings;
  readonly limits: ReadinessLimits;
  /** Where it tells how it is. */
  readonly host: string;
  readonly port: number;
}

const PORT = '3001';

/** @throws SettingsError naming the variable */
export function projectorSettingsFrom(env: NodeJS.ProcessEnv): ProjectorSettings {
  const stores = engineSettingsFrom(env);
  if (stores.engine === 'embedded') {
    throw new SettingsError(
      'EVENTSTORE_URL and MONGO_URL are missing: the projector is for servers. On a data folder the server projects by itself.',
    );
  }
  return {
    stores,
    limits: limitsFrom(env),
    host: env['PROJECTOR_HOST'] || '127.0.0.1',
    port: portFrom('PROJECTOR_PORT', env['PROJECTOR_PORT'] || PORT),
  };
}
