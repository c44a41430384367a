import { clientFor, databaseIn, nameOf, PATIENCE_MS } from './connection';
import { inOurWords } from './mongo-errors';
import { MongoReadStore } from './mongo-read-store';
import { prepare, requireReplicaSet } from './preparing';
import type { OnStep } from './steps';

export interface MongoReadStoreOptions {
  /** Absent: the one that the URL names in its path, or `poverty_ledger`. */
  readonly database?: string;
  /** What is there may be damaged or of another release: it is to be made again. */
  readonly toRebuild?: boolean;
  /** Nothing is made and nothing is written. */
  readonly readOnly?: boolean;
  /** How long a command may stay without an answer and a batch without an end; 30 s where absent. */
  readonly patienceMs?: number;
  /** Told, and waited for, at each step of a batch. */
  readonly onStep?: OnStep;
}

/**
 * Opens the read models in a MongoDB, or makes them. They are disposable: a rebuild from the log makes them again.
 * @param url of a replica set, of one server at least: it has transactions
 * @throws StoreUnavailable when no server can be reached
 * @throws StoreRefused when the URL is none, the server has no transactions, or what is there is damaged
 */
export async function openMongoReadStore(
  url: string,
  {
    database = databaseIn(url),
    readOnly,
    toRebuild,
    patienceMs = PATIENCE_MS,
    onStep,
  }: MongoReadStoreOptions = {},
): Promise<MongoReadStore> {
  const connect = (silentMs: number) => clientFor(url, silentMs);
  const client = connect(patienceMs);
  const name = nameOf(url, database);
  try {
    await client.connect();
    const db = client.db(database);
    await requireReplicaSet(db, name);
    if (!readOnly) await prepare(db, name, { anyState: toRebuild ?? false });
    return new MongoReadStore({ client, connect, database, url: name, patienceMs, readOnly, onStep });
  } catch (error) {
    await client.close().catch(() => undefined);
    throw inOurWords(error, name);
  }
}
