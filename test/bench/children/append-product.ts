import { START } from '@ledger/event-sourcing';
import { openEmbeddedEngine } from '@ledger/embedded';
import { readWorkload, sharedOut } from '../workload';

export interface AppendResult {
  readonly perSecond: number;
  readonly streamsPerSecond: number;
  readonly readPerSecond: number;
}

/** Appends reviews and reads them back. Arguments: an empty data folder, the workload, writers. */
async function main([folder = '', file = '', writers = '1']: readonly string[]): Promise<AppendResult> {
  const items = readWorkload(file);
  const engine = await openEmbeddedEngine(folder, { purpose: 'bench' });
  const { eventStore } = engine;
  const queues = sharedOut(items, Number(writers));
  const streams = new Set(items.map(({ stream }) => stream));
  let startedAt = performance.now();
  await Promise.all(
    queues.map(async (queue) => {
      for (const { stream, expectedRevision, fact } of queue)
        await eventStore.append(stream, expectedRevision, [fact]);
    }),
  );
  const perSecond = rate(items.length, startedAt);

  startedAt = performance.now();
  let read = 0;
  for (const stream of streams) read += (await eventStore.read(stream)).length;
  const streamsPerSecond = rate(streams.size, startedAt);
  if (read !== items.length) throw new Error(`${read} of ${items.length} facts came back from the streams`);

  startedAt = performance.now();
  const ended = new AbortController();
  let all = 0;
  for await (const page of eventStore.follow({ after: START, maxFacts: 1_000, signal: ended.signal })) {
    all += page.facts.length;
    if (all >= items.length) ended.abort();
  }
  const readPerSecond = rate(all, startedAt);
  await engine.close();
  return { perSecond, streamsPerSecond, readPerSecond };
}

const rate = (count: number, since: number): number => (count * 1_000) / (performance.now() - since);

void main(process.argv.slice(2)).then((result) => process.stdout.write(`${JSON.stringify(result)}\n`));
