import { DataFolderInUse } from '@ledger/embedded';
import { OverlayEventStore } from '@ledger/event-sourcing';
import type { ImportOutcome, ImportSettings } from '@ledger/imports';
import { randomUUID } from 'node:crypto';
import type { CommandEngine } from './command-engine';
import { openForCommand } from './command-engine';
import { findListedIn } from './import-listed';
import type { ImportOptions } from './import-options';
import { CommandRefused } from './import-options';
import type { ProjectionMeanwhile } from './project-all';
import { projectAll, projectionMeanwhile } from './project-all';

/** A data folder that is imported into. */
export interface ImportFolder {
  readonly engine: CommandEngine;
  /** Books what is recorded; absent where nothing is. */
  readonly projection: ProjectionMeanwhile | undefined;
}

/**
 * Opens the data folder for an import and closes it, whatever comes.
 * @throws CommandRefused when another process holds it: it says who, and what to do then
 */
export async function withFolder<Answer>(
  options: ImportOptions,
  work: (folder: ImportFolder) => Promise<Answer>,
): Promise<Answer> {
  const engine = await openForCommand(options.stores, { purpose: 'import', bulk: true }).catch(
    (error: unknown) => {
      if (!(error instanceof DataFolderInUse)) throw error;
      const hint = 'If it is a server, import through it: --url http://127.0.0.1:3000';
      throw new CommandRefused(`${error.message}\n${hint}`, { cause: error });
    },
  );
  let projection: ProjectionMeanwhile | undefined;
  try {
    projection = await startProjection(engine, options);
    return await work({ engine, projection });
  } finally {
    await projection?.stop();
    await engine.close();
  }
}

async function startProjection(
  engine: CommandEngine,
  { dryRun, signal }: ImportOptions,
): Promise<ProjectionMeanwhile | undefined> {
  if (dryRun) return undefined;
  try {
    return await projectionMeanwhile(engine, signal);
  } catch (error) {
    // Nothing will be recorded either: the import says that it was cancelled.
    if (!signal.aborted) throw error;
    return undefined;
  }
}

export type Ports = Omit<ImportSettings, 'onRefused' | 'onProgress'>;

/** The log of the folder; for a dry run an overlay over it that is gone afterwards. */
export async function withPorts<Answer>(
  { engine, projection }: ImportFolder,
  { dryRun, actor, signal }: ImportOptions,
  work: (ports: Ports) => Promise<Answer>,
): Promise<Answer> {
  const { eventStore } = engine;
  const store = dryRun ? await OverlayEventStore.over(eventStore, Date.now) : eventStore;
  const findListed = findListedIn(engine, () => projection?.ready() ?? projectAll(engine, signal));
  try {
    return await work({ store, clock: Date.now, findListed, actor, signal, runId: randomUUID() });
  } finally {
    if (store !== eventStore) await store.close();
  }
}

/** So that figures can be asked for as soon as an import has ended. */
export async function bringUpToDate(
  { projection }: ImportFolder,
  { read }: ImportOutcome,
  { signal }: ImportOptions,
): Promise<void> {
  // A repeated import may find everything recorded, and the read models where a kill has left them.
  if (read === 0 || signal.aborted) return;
  try {
    await projection?.finish();
  } catch (error) {
    // The facts are recorded: whatever opens the folder next books them.
    if (!signal.aborted) throw error;
  }
}
