import { openEventStoreDb } from '@ledger/eventstoredb';
import { openMongoReadStore } from '@ledger/mongo';
import { LEDGER_STREAMS, Projector } from '@ledger/poverty-rates';
import { ProjectionRunner } from '@ledger/projections';

export interface Stepping {
  readonly eventStoreUrl: string;
  readonly ledger: string;
  readonly mongoUrl: string;
  /** Where it ends itself as a kill would, or stops, when it comes there for the so-manieth time. */
  readonly step?: string;
  readonly times?: number;
  readonly signal?: 'SIGKILL' | 'SIGSTOP';
}

/** Few facts at once: many batches. */
const MAX_FACTS = 5;
const LONGEST_MS = 60_000;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Projects what is in the log as the projector does, up to the step at which it ends, or to the end of the log. */
export async function projectStepping(stepping: Stepping): Promise<void> {
  const { eventStoreUrl, ledger, mongoUrl, step, times = 1, signal = 'SIGKILL' } = stepping;
  let left = times;
  const onStep = (reached: string): void => {
    if (reached !== step || --left !== 0) return;
    print(`at ${step}`);
    process.kill(process.pid, signal);
  };
  const readStore = await openMongoReadStore(mongoUrl, { onStep });
  const eventStore = openEventStoreDb(eventStoreUrl, { streams: LEDGER_STREAMS, ledger });
  const runner = new ProjectionRunner(eventStore, new Projector(readStore), {
    maxFacts: MAX_FACTS,
    onFailure: (error) => print((error as Error).name),
  });
  await runner.start();
  print(`from ${runner.position}`);
  if (await runner.reached(await eventStore.head(), LONGEST_MS)) print('done');
  await runner.stop();
  await eventStore.close();
  await readStore.close();
}
