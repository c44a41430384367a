import { setTimeout as delay } from 'node:timers/promises';
import type { EngineSettings } from '@ledger/engine';
import type { EventStore } from '@ledger/event-sourcing';
import type { ParkedStream } from '@ledger/poverty-rates';
import { CheckpointMoved, Projector } from '@ledger/poverty-rates';
import { openForCommand } from './command-engine';

const LONGEST_PAUSE_MS = 50;

/** Shows what waits for repair. Works beside a running server. */
export async function listParked(stores: EngineSettings, print: (line: string) => void): Promise<number> {
  const engine = await openForCommand(stores, { purpose: 'parked list', readOnly: true });
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
export async function retryParked(stores: EngineSettings, print: (line: string) => void): Promise<number> {
  const engine = await openForCommand(stores, { purpose: 'parked retry' });
  try {
    const before = await engine.readStore.snapshot((models) => models.parked());
    const still = await retryBesideOthers(new Projector(engine.readStore), engine.eventStore);
    for (const one of still) print(lineOf(one));
    print(`${before.length - still.length} of ${before.length} repaired, ${still.length} still parked.`);
    return still.length === 0 ? 0 : 1;
  } finally {
    await engine.close();
  }
}

/** Whatever a projector books meanwhile makes a repair in work void: it is made again. What is repaired stays so. */
async function retryBesideOthers(projector: Projector, store: EventStore): Promise<readonly ParkedStream[]> {
  for (;;) {
    try {
      return await projector.retryParked(store);
    } catch (error) {
      if (!(error instanceof CheckpointMoved)) throw error;
      await delay(Math.random() * LONGEST_PAUSE_MS);
    }
  }
}

function lineOf({ stream, reason, facts, places }: ParkedStream): string {
  const since = facts[0]?.recordedOn ?? '?';
  return `${stream}\t${facts.length} facts since ${since}\t${places.join(' ') || 'everywhere'}\t${reason}`;
}
