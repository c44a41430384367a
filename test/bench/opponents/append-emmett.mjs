// Appends reviews with Emmett, and reads them back. Arguments: socket folder, workload, writers.
import { STREAM_DOES_NOT_EXIST } from '@event-driven-io/emmett';
import { getPostgreSQLEventStore, readMessagesBatch } from '@event-driven-io/emmett-postgresql';
import { dumbo } from '@event-driven-io/dumbo';
import pg from 'pg';
import { answer, freshDatabase, perSecond, workloadOf } from './database.mjs';

const [socketFolder, file, writers] = process.argv.slice(2);
const settings = await freshDatabase(socketFolder, 'emmett');
const connectionString = `postgresql://postgres@/emmett?host=${encodeURIComponent(socketFolder)}`;
const pool = new pg.Pool({ ...settings, max: Number(writers), min: Number(writers) });
const store = getPostgreSQLEventStore(connectionString, { connectionOptions: { pool } });
await store.schema.migrate();

const items = workloadOf(file);
const appended = await perSecond(items, Number(writers), ({ stream, expectedRevision, fact }) =>
  store.appendToStream(stream, [{ type: fact.type, data: fact.data, metadata: fact.metadata }], {
    // It counts events, we count revisions from 0.
    expectedStreamVersion: expectedRevision < 0 ? STREAM_DOES_NOT_EXIST : BigInt(expectedRevision + 1),
  }),
);

const streams = [...new Set(items.map(({ stream }) => stream))];
let startedAt = performance.now();
let read = 0;
for (const stream of streams) read += (await store.readStream(stream)).events.length;
const streamsPerSecond = (streams.length * 1_000) / (performance.now() - startedAt);
if (read !== items.length) throw new Error(`${read} of ${items.length} events came back from the streams`);

const executor = dumbo({ connectionString, pool }).execute;
startedAt = performance.now();
let all = 0;
for (let after = 0n, left = true; left;) {
  const batch = await readMessagesBatch(executor, { after, batchSize: 1_000 });
  all += batch.messages.length;
  after = batch.currentGlobalPosition;
  left = batch.areMessagesLeft;
}
const readPerSecond = (all * 1_000) / (performance.now() - startedAt);
// It pages by global position but orders by transaction: after 64 writers a few come twice or not at all.
if (Math.abs(all - items.length) > items.length / 50) {
  throw new Error(`${all} of ${items.length} events came back from the log`);
}
answer({ perSecond: appended, streamsPerSecond, readPerSecond });
process.exit(0);
