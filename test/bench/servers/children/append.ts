import { jsonEvent, NO_STREAM } from '@eventstore/db-client';
import { connectionStringOf, openEventStoreDb } from '@ledger/eventstoredb';
import { LEDGER_STREAMS } from '@ledger/poverty-rates';
import type { WorkItem } from '../../workload';
import { readWorkload, sharedOut } from '../../workload';
import { clientAlone, connected } from '../client-alone';

/** Through `libs/eventstoredb`; or the client alone by the call that the product makes, or by its batch stream. */
export type Appender = 'product' | 'plainAppend' | 'batchAppend';

export interface ServerAppends {
  readonly perSecond: number;
}

type Append = (item: WorkItem) => Promise<unknown>;

/** Appends reviews. Arguments: who, url, what is put before the names of the streams, the workload, writers. */
async function main([
  who,
  url = '',
  ledger = '',
  file = '',
  writers = '1',
]: readonly string[]): Promise<ServerAppends> {
  const items = readWorkload(file);
  const queues = sharedOut(items, Number(writers));
  const append =
    who === 'product' ? await product(url, ledger) : await alone(url, ledger, who === 'plainAppend');
  const startedAt = performance.now();
  await Promise.all(
    queues.map(async (queue) => {
      for (const item of queue) await append(item);
    }),
  );
  return { perSecond: (items.length * 1_000) / (performance.now() - startedAt) };
}

async function product(url: string, ledger: string): Promise<Append> {
  const store = openEventStoreDb(url, { streams: LEDGER_STREAMS, ledger });
  await store.head();
  return ({ stream, expectedRevision, fact }) => store.append(stream, expectedRevision, [fact]);
}

/** The client takes the plain Append for a call with credentials, and its batch stream for one without. */
async function alone(url: string, ledger: string, plainly: boolean): Promise<Append> {
  const client = await connected(clientAlone(url));
  const credentials = plainly ? { credentials: connectionStringOf(url).credentials } : {};
  return ({ stream, expectedRevision, fact: { id, type, version, data, metadata } }) => {
    const event = jsonEvent({
      id,
      type,
      data: { ...data },
      metadata: { ...metadata, schemaVersion: version },
    });
    const revision = expectedRevision < 0 ? NO_STREAM : BigInt(expectedRevision);
    return client.appendToStream(`${ledger}${stream}`, event, { expectedRevision: revision, ...credentials });
  };
}

// The clients keep the process alive: it ends when it has told.
void main(process.argv.slice(2)).then((result) =>
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0)),
);
