import { engineSettingsFrom, openServerEngine } from '@ledger/engine';
import { rebuild } from '@ledger/poverty-rates';

/**
 * The first stage of a rebuild, as the command `rebuild` does it: the log read, decoded and packed. The stores are
 * named by the environment. Argument: how many facts there are.
 */
async function main([facts = '0']: readonly string[]): Promise<{ perSecond: number }> {
  const stores = engineSettingsFrom(process.env);
  if (stores.engine !== 'servers') throw new TypeError('EVENTSTORE_URL and MONGO_URL are missing');
  const { eventStore, readStore } = await openServerEngine(stores, { toRebuild: true });
  const fresh = await readStore.newReadModels();
  const upTo = await eventStore.head();
  const stop = new AbortController();
  const startedAt = performance.now();
  let readAt = startedAt;
  const onProgress = (_stage: string, done: number): void => {
    readAt = performance.now();
    if (done >= Number(facts)) stop.abort();
  };
  try {
    await rebuild(eventStore, fresh, { upTo, signal: stop.signal, onProgress });
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  }
  await fresh.remove();
  if (!stop.signal.aborted) throw new Error(`the log has fewer than ${facts} facts`);
  return { perSecond: (Number(facts) * 1_000) / (readAt - startedAt) };
}

void main(process.argv.slice(2)).then((result) =>
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0)),
);
