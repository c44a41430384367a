import { setTimeout as delay } from 'node:timers/promises';
import type { ServerEngine, ServerSettings } from '@ledger/engine';
import { openServerEngine } from '@ledger/engine';
import { StoreRefused } from '@ledger/event-sourcing';
import type { ParkedStream, ReadStore } from '@ledger/poverty-rates';
import { CheckpointMoved, positionIn, Projector } from '@ledger/poverty-rates';
import { ProjectionRunner } from '@ledger/projections';
import { tell } from './import-options';
import { replay } from './replay';
import { inLostWords, unreadableNow } from './verify.command';

const MAX_FACTS = 1_000;
const TRY_AGAIN_MS = 100;

/** As {@link rebuildReadModels}: questions are answered and facts projected meanwhile as if nothing were. */
export async function rebuildOnServers(
  stores: ServerSettings,
  signal: AbortSignal,
  print: (line: string) => void,
): Promise<number> {
  const engine = await openServerEngine(stores, { onTrouble: tell, toRebuild: true });
  const { eventStore, readStore } = engine;
  try {
    await engine.requireOneLog();
    const fresh = await readStore.newReadModels();
    try {
      const facts = await replay(eventStore, fresh, { signal, upTo: await eventStore.head() });
      const store = fresh.open();
      const lost = await lostWith(store, readStore);
      signal.throwIfAborted();
      if (lost.length > 0) {
        for (const one of lost) print(inLostWords(one));
        await fresh.remove();
        print('The LOG is damaged: put it back from a backup. The old read models stay in use.');
        return 1;
      }
      const whereverOthersStand = await knowMoreThanTheLog(engine);
      await takeIntoUse(engine, store, () => readStore.useReadModels(fresh, { whereverOthersStand }), signal);
      print(`${facts} facts replayed. The rebuilt read models are in use.`);
      return 0;
    } catch (error) {
      await fresh.remove().catch(() => undefined);
      if (!signal.aborted) throw error;
      print('Cancelled. The read models are as they were.');
      return 130;
    }
  } finally {
    await engine.close();
  }
}

/** What the read models in use know still and the log cannot tell any more; nothing where they cannot be read. */
async function lostWith(fresh: ReadStore, live: ReadStore): Promise<readonly ParkedStream[]> {
  try {
    return await fresh.snapshot((now) => live.snapshot((old) => unreadableNow(now, old)));
  } catch (error) {
    if (!(error instanceof StoreRefused)) throw error;
    tell(`The old read models cannot be read, so they are not compared: ${error.message}`);
    return [];
  }
}

/** Read models that were made from a log which has been put back since: how far they are means nothing. */
async function knowMoreThanTheLog(engine: ServerEngine): Promise<boolean> {
  try {
    await engine.requireInLog(await positionIn(engine.readStore));
    return false;
  } catch (error) {
    if (!(error instanceof StoreRefused)) throw error;
    return true;
  }
}

/** No answer may go back in time: the new read models have to know what the old ones do when they take their place. */
async function takeIntoUse(
  { eventStore }: ServerEngine,
  fresh: ReadStore,
  use: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const options = { maxFacts: MAX_FACTS, onFailure: (error: unknown) => tell(String(error)) };
  const catchingUp = new ProjectionRunner(eventStore, new Projector(fresh), options);
  await catchingUp.start();
  try {
    for (;;) {
      signal.throwIfAborted();
      try {
        return await use();
      } catch (error) {
        if (!(error instanceof CheckpointMoved)) throw error;
        await delay(TRY_AGAIN_MS);
      }
    }
  } finally {
    await catchingUp.stop();
  }
}
