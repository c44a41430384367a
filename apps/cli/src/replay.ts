import { EventLog, withRebuildCrew } from '@ledger/embedded';
import type { EventStore, Position } from '@ledger/event-sourcing';
import type { ReadModelLoad, RebuildCrew, RebuildStage } from '@ledger/poverty-rates';
import { alone, rebuild } from '@ledger/poverty-rates';
import { Progress } from './progress';

const STAGES: Readonly<Record<RebuildStage, string>> = {
  reading: 'reading facts     ',
  booking: 'booking households',
};

/**
 * Fills empty read models from the log, with a bar for each stage.
 * @param upTo where they end: the end of the log, or what other read models know
 * @returns how many facts were read
 */
export async function replay(
  store: EventStore,
  load: ReadModelLoad,
  { signal, upTo }: { signal: AbortSignal; upTo: Position },
): Promise<number> {
  let facts = 0;
  let stage: RebuildStage | undefined;
  let bar: Progress | undefined;
  const onProgress = (now: RebuildStage, done: number, total = totalOf(store, upTo)): void => {
    if (now === 'reading') facts = done;
    if (now !== stage) {
      bar?.stop();
      bar = Progress.start(STAGES[now], total);
      stage = now;
    }
    bar?.at(done);
  };
  try {
    await withCrewFor(store, (crew) => rebuild(store, load, { crew, signal, upTo, onProgress }));
    return facts;
  } finally {
    bar?.stop();
  }
}

const withCrewFor = (store: EventStore, work: (crew: RebuildCrew) => Promise<unknown>): Promise<unknown> =>
  store instanceof EventLog ? withRebuildCrew(store, work) : work(alone(store));

/** Positions of the embedded log are numbers without a gap; nobody has counted the facts of a server. */
const totalOf = (store: EventStore, upTo: Position): number | undefined =>
  store instanceof EventLog ? Number(upTo) : undefined;
