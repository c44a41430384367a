import { START, streamNameFilter } from '@eventstore/db-client';
import { OurStreams } from '@ledger/eventstoredb';
import { LEDGER_STREAMS } from '@ledger/poverty-rates';
import { clientAlone, connected } from '../client-alone';

/** As `libs/eventstoredb` follows the log. */
const FILTER = { maxSearchWindow: 512, checkpointInterval: 8 };
const BUFFERED = { highWaterMark: 512 };

/** Counts the events of a log as fast as the client hands them over. Arguments: url, ledger, how many there are. */
async function main([url = '', ledger = '', facts = '0']: readonly string[]): Promise<{ perSecond: number }> {
  const client = await connected(clientAlone(url));
  const prefixes = new OurStreams(LEDGER_STREAMS, ledger).asPrefixes;
  const startedAt = performance.now();
  const subscription = client.subscribeToAll(
    { fromPosition: START, filter: streamNameFilter({ prefixes, ...FILTER }) },
    BUFFERED,
  );
  let read = 0;
  await new Promise<void>((resolve, reject) => {
    subscription
      .on('data', () => {
        if (++read === Number(facts)) resolve();
      })
      .on('error', reject)
      .on('end', () => reject(new Error(`the subscription ended after ${read} events`)));
  });
  return { perSecond: (read * 1_000) / (performance.now() - startedAt) };
}

void main(process.argv.slice(2)).then((result) =>
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0)),
);
