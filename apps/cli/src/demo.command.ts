import { LOG_FILE, openEmbeddedEngine } from '@ledger/embedded';
import type { EngineSettings, ServerSettings } from '@ledger/engine';
import { openServerEngine } from '@ledger/engine';
import { START } from '@ledger/event-sourcing';
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { demoHistory } from './demo/demo-history';
import { writeHistory } from './demo/write-history';
import type { CommandEngine } from './command-engine';
import { printRates } from './demo-rates';
import { Progress } from './progress';
import { projectAll } from './project-all';

/** What the demo's history has, for the progress bar alone. */
const ABOUT_SO_MANY_ORDERS = 108_000;

/** Where the demo is made before it stands in the folder: what a crash leaves is told from what is done. */
const WORKSHOP = '.unfinished-demo';

export interface DemoOptions {
  /** Leaves a folder that holds something as it is, instead of refusing it. */
  readonly ifEmpty: boolean;
  readonly signal: AbortSignal;
}

/** Fills empty stores with the demo, and ends. */
export async function demo(
  stores: EngineSettings,
  options: DemoOptions,
  print: (line: string) => void,
): Promise<number> {
  return stores.engine === 'servers'
    ? demoOnServers(stores, options, print)
    : demoInFolder(stores.dataDir, options, print);
}

/**
 * Fills an empty data folder with the demo: two areas at household level, invented and without a name, fitted
 * to the plans that they are taken from. Cancelled or killed, it leaves nothing that could be taken for it.
 */
async function demoInFolder(
  dataDir: string,
  options: DemoOptions,
  print: (line: string) => void,
): Promise<number> {
  const { signal, ifEmpty } = options;
  const existed = existsSync(dataDir);
  if (existed) clearWorkshop(dataDir);
  if (existed && readdirSync(dataDir).length > 0) {
    const state = `${dataDir} is not empty`;
    print(
      ifEmpty
        ? `${state}: it is served as it is.`
        : `${state}: the demo fills an empty folder. Set DATA_DIR to another one.`,
    );
    return ifEmpty ? 0 : 1;
  }
  const workshop = join(dataDir, WORKSHOP);
  mkdirSync(workshop, { recursive: true });
  try {
    await make(workshop, signal, print);
    moveOut(dataDir);
    return 0;
  } catch (error) {
    clearWorkshop(dataDir);
    if (!existed) rmdirSync(dataDir);
    if (!signal.aborted) throw error;
    print('Cancelled. The folder is as it was.');
    return 130;
  }
}

async function make(folder: string, signal: AbortSignal, print: (line: string) => void): Promise<void> {
  const engine = await openEmbeddedEngine(folder, { purpose: 'demo' });
  try {
    await fill(engine, signal, print);
  } finally {
    await engine.close();
  }
}

async function fill(
  engine: CommandEngine,
  signal: AbortSignal,
  print: (line: string) => void,
): Promise<void> {
  await Progress.of('recording facts   ', ABOUT_SO_MANY_ORDERS, async (onProgress) => {
    return (await writeHistory(engine.eventStore, demoHistory(), { onProgress, signal })).facts;
  });
  await projectAll(engine, signal);
  await printRates(engine, print);
}

/** Nothing can be taken back on a server: cancelled, what was recorded stays. */
async function demoOnServers(
  stores: ServerSettings,
  { signal, ifEmpty }: DemoOptions,
  print: (line: string) => void,
): Promise<number> {
  const engine = await openServerEngine(stores);
  try {
    if ((await engine.eventStore.head()) !== START) {
      const state = `${engine.place}: the log is not empty`;
      print(ifEmpty ? `${state}, and stays as it is.` : `${state}, and the demo fills empty stores.`);
      return ifEmpty ? 0 : 1;
    }
    await fill(engine, signal, print);
    return 0;
  } catch (error) {
    if (!signal.aborted) throw error;
    print(
      'Cancelled. What was recorded stays: another demo needs another EVENTSTORE_STREAM_PREFIX and another database in MONGO_URL.',
    );
    return 130;
  } finally {
    await engine.close();
  }
}

/** The log comes last: where it stands, everything does. */
function moveOut(dataDir: string): void {
  const workshop = join(dataDir, WORKSHOP);
  const files = readdirSync(workshop).filter((name) => name.endsWith('.sqlite') && name !== LOG_FILE);
  for (const name of [...files, LOG_FILE]) renameSync(join(workshop, name), join(dataDir, name));
  rmSync(workshop, { recursive: true });
}

/** Removes what an interrupted demo has left behind, unless it had come to its end. */
function clearWorkshop(dataDir: string): void {
  if (!existsSync(join(dataDir, WORKSHOP))) return;
  const finished = existsSync(join(dataDir, LOG_FILE));
  const ours = readdirSync(dataDir).filter(
    (name) => name === WORKSHOP || (!finished && name.endsWith('.sqlite')),
  );
  for (const name of ours) rmSync(join(dataDir, name), { recursive: true, force: true });
}
