import type { EmbeddedEngine } from '@ledger/embedded';
import { Projector } from '@ledger/poverty-rates';
import { ProjectionRunner } from '@ledger/projections';

/** Nobody waits for an answer meanwhile: large bites are quicker. */
const MAX_FACTS = 2_000;
const A_DAY_MS = 86_400_000;

/** Brings the read models up to the end of the log. */
export async function projectAll(
  { eventStore, readStore }: EmbeddedEngine,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (facts: number) => void },
): Promise<void> {
  let facts = 0;
  let failure: Error | undefined;
  const runner = new ProjectionRunner(eventStore, new Projector(readStore), {
    maxFacts: MAX_FACTS,
    onProgress: (page) => onProgress((facts += page.facts)),
    // A command does not wait for better times: it says what is wrong.
    onFailure: (error) => {
      failure = error instanceof Error ? error : new Error(String(error));
      void runner.stop();
    },
  });
  signal.addEventListener('abort', () => void runner.stop());
  await runner.start();
  const reached = await runner.reached(await eventStore.head(), A_DAY_MS);
  await runner.stop();
  if (failure) throw failure;
  if (!reached) signal.throwIfAborted();
}
