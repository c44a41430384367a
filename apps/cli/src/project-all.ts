import type { EmbeddedEngine } from '@ledger/embedded';
import { Projector } from '@ledger/poverty-rates';
import { ProjectionRunner } from '@ledger/projections';
import { Progress } from './progress';
import { replay } from './replay';

/** Nobody waits for an answer meanwhile: large bites are quicker. */
const MAX_FACTS = 2_000;
const A_DAY_MS = 86_400_000;

/** From so many facts on, and so large a part of the log, it is quicker to make all read models again. */
const MANY_FACTS = 20_000;
const LARGE_PART = 1 / 3;

/** Brings the read models up to the end of the log, with bars. Cancelled, they are left where they stand. */
export async function projectAll(engine: EmbeddedEngine, signal: AbortSignal): Promise<void> {
  const head = await engine.eventStore.head();
  const { position } = await engine.readStore.snapshot((models) => models.checkpoint());
  const behind = Number(head) - Number(position);
  if (behind > MANY_FACTS && behind > Number(head) * LARGE_PART) return rebuildAll(engine, signal);
  await Progress.of('booking movements ', behind, (at) => projectRest(engine, signal, at));
}

async function rebuildAll(engine: EmbeddedEngine, signal: AbortSignal): Promise<void> {
  const file = engine.newReadModels();
  try {
    await replay(engine.eventStore, file.load, { signal, upTo: await engine.eventStore.head() });
    await engine.useReadModels(file);
  } catch (error) {
    file.remove();
    throw error;
  }
}

async function projectRest(
  { eventStore, readStore }: EmbeddedEngine,
  signal: AbortSignal,
  onProgress: (facts: number) => void,
): Promise<number> {
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
  return facts;
}
