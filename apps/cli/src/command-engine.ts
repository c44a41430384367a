import type { EmbeddedEngine } from '@ledger/embedded';
import { openEmbeddedEngine } from '@ledger/embedded';
import type { EngineSettings } from '@ledger/engine';
import { openServerEngine, ServerEngine } from '@ledger/engine';
import { tell } from './import-options';

/** What a command works on: the data folder, which it then holds, or servers that others use meanwhile. */
export type CommandEngine = EmbeddedEngine | ServerEngine;

interface CommandNeeds {
  /** What the folder is held for, in the words that a second process will read. */
  readonly purpose: string;
  /** Takes no lock and writes nothing. */
  readonly readOnly?: boolean;
  /** Many facts are booked at once and nobody waits for an answer meanwhile. */
  readonly bulk?: boolean;
}

export const isOnServers = (engine: CommandEngine): engine is ServerEngine => engine instanceof ServerEngine;

/** Opens the stores that the environment names. */
export async function openForCommand(settings: EngineSettings, needs: CommandNeeds): Promise<CommandEngine> {
  if (settings.engine === 'embedded') return openEmbeddedEngine(settings.dataDir, needs);
  return openServerEngine(settings, { onTrouble: tell, readOnly: needs.readOnly ?? false });
}
