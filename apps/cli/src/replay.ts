import type { EventLog } from '@ledger/embedded';
import { withRebuildCrew } from '@ledger/embedded';
import type { Position } from '@ledger/event-sourcing';
import type { ReadModelLoad, RebuildStage } from '@ledger/poverty-rates';
import { rebuild } from '@ledger/poverty-rates';
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
  log: EventLog,
  load: ReadModelLoad,
  { signal, upTo }: { signal: AbortSignal; upTo: Position },
): Promise<number> {
  // Positions of the embedded log are numbers without a gap.
  const facts = Number(upTo);
  let stage: RebuildStage | undefined;
  let bar: Progress | undefined;
  try {
    const onProgress = (now: RebuildStage, done: number, total = facts): void => {
      if (now !== stage) {
        bar?.stop();
        bar = Progress.start(STAGES[now], total);
        stage = now;
      }
      bar?.at(done);
    };
    await withRebuildCrew(log, (crew) => rebuild(log, load, { crew, signal, upTo, onProgress }));
    return facts;
  } finally {
    bar?.stop();
  }
}
