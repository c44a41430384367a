import { openEmbeddedEngine } from '@ledger/embedded';
import type { ParkedStream } from '@ledger/poverty-rates';
import { Projector } from '@ledger/poverty-rates';

/** Shows what waits for repair. Works beside a running server. */
export async function listParked(dataDir: string, print: (line: string) => void): Promise<number> {
  const engine = await openEmbeddedEngine(dataDir, { purpose: 'parked list', readOnly: true });
  try {
    const parked = await engine.readStore.snapshot((models) => models.parked());
    if (parked.length === 0) print('Nothing is parked.');
    for (const one of parked) print(lineOf(one));
    return 0;
  } finally {
    await engine.close();
  }
}

/** Folds again what waits, after a fix. 1 when something waits still. */
export async function retryParked(dataDir: string, print: (line: string) => void): Promise<number> {
  const engine = await openEmbeddedEngine(dataDir, { purpose: 'parked retry' });
  try {
    const before = await engine.readStore.snapshot((models) => models.parked());
    const still = await new Projector(engine.readStore).retryParked(engine.eventStore);
    for (const one of still) print(lineOf(one));
    print(`${before.length - still.length} of ${before.length} repaired, ${still.length} still parked.`);
    return still.length === 0 ? 0 : 1;
  } finally {
    await engine.close();
  }
}

function lineOf({ stream, reason, facts, places }: ParkedStream): string {
  const since = facts[0]?.recordedOn ?? '?';
  return `${stream}\t${facts.length} facts since ${since}\t${places.join(' ') || 'everywhere'}\t${reason}`;
}
