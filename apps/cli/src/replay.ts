import type { EventStore, Position } from '@ledger/event-sourcing';
import type { ReadModelLoad, RebuildStage } from '@ledger/poverty-rates';
import { rebuild } from '@ledger/poverty-rates';
import { Progress } from './progress';

const STAGES: Readonly<Record<RebuildStage, string>> = {
  reading: 'reading facts     ',
  folding: 'folding households',
  booking: 'booking places    ',
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
  // Positions of the embedded log are numbers without a gap.
  const facts = Number(upTo);
  let stage: RebuildStage | undefined;
  let bar: Progress | undefined;
  try {
    await rebuild(store, load, {
      signal,
      upTo,
      onProgress: (now, done, total) => {
        if (now !== stage) {
          bar?.stop();
          bar = Progress.start(STAGES[now], total ?? facts);
          stage = now;
        }
        bar?.at(done);
      },
    });
    return facts;
  } finally {
    bar?.stop();
  }
}
