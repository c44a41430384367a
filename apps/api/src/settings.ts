import { isIP } from 'node:net';
import type { EngineSettings } from '@ledger/engine';
import { engineSettingsFrom, limitsFrom, portFrom, SettingsError } from '@ledger/engine';
import type { ReadinessLimits } from '@ledger/projections';

/** Everything that the environment decides. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly stores: EngineSettings;
  readonly limits: ReadinessLimits;
}

/** @throws SettingsError naming the variable */
export function settingsFrom(env: NodeJS.ProcessEnv): Settings {
  const host = env['HOST'] ?? '127.0.0.1';
  if (!isLoopback(host) && env['ALLOW_ANONYMOUS'] !== 'yes') {
    throw new SettingsError(
      `HOST=${host}: there is no sign-in yet, so the server listens on 127.0.0.1 only. ` +
        'Set ALLOW_ANONYMOUS=yes as well if everyone who reaches this address may read and write.',
    );
  }
  return {
    port: portFrom('PORT', env['PORT'] ?? '3000'),
    host,
    stores: engineSettingsFrom(env),
    limits: limitsFrom(env),
  };
}

function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}
