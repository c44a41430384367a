import { openEmbeddedEngine } from '@ledger/embedded';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { demoHistory } from './demo/demo-history';
import { writeHistory } from './demo/write-history';
import { printRates } from './demo-rates';
import { Progress } from './progress';
import { projectAll } from './project-all';

/** What the demo's history has, for the progress bar alone. */
const ABOUT_SO_MANY_ORDERS = 110_000;

export interface DemoOptions {
  /** Leaves a folder that holds something as it is, instead of refusing it. */
  readonly ifEmpty: boolean;
  readonly signal: AbortSignal;
}

/**
 * Fills an empty data folder with the demo: two areas at household level, invented and without a name, whose
 * rates are those of the plans that they are taken from. Cancelled, it leaves the folder empty.
 */
export async function demo(
  dataDir: string,
  options: DemoOptions,
  print: (line: string) => void,
): Promise<number> {
  const { signal, ifEmpty } = options;
  const existed = existsSync(dataDir);
  if (existed && readdirSync(dataDir).length > 0) {
    const state = `${dataDir} is not empty`;
    print(
      ifEmpty
        ? `${state}: it is served as it is.`
        : `${state}: the demo fills an empty folder. Set DATA_DIR to another one.`,
    );
    return ifEmpty ? 0 : 1;
  }
  const engine = await openEmbeddedEngine(dataDir, { purpose: 'demo' });
  try {
    const writing = new Progress('recording facts ', ABOUT_SO_MANY_ORDERS);
    const { facts } = await writeHistory(engine.eventStore, demoHistory(), {
      onProgress: (written) => writing.at(written),
      signal,
    });
    writing.end(facts);
    const projecting = new Progress('booking movements', facts);
    await projectAll(engine, { signal, onProgress: (done) => projecting.at(done) });
    projecting.end(facts);
    await printRates(engine.readStore, print);
    await engine.close();
    return 0;
  } catch (error) {
    await engine.close();
    emptyAgain(dataDir, existed);
    if (!signal.aborted) throw error;
    print('Cancelled. The folder is as it was.');
    return 130;
  }
}

/** The folder was empty before, so everything in it is ours. */
function emptyAgain(dataDir: string, existed: boolean): void {
  if (!existed) return rmSync(dataDir, { recursive: true, force: true });
  for (const name of readdirSync(dataDir)) rmSync(join(dataDir, name), { recursive: true, force: true });
}
