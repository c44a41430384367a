import { StoreRefused } from '@ledger/event-sourcing';
import type { MongoClientOptions } from 'mongodb';
import { MongoClient } from 'mongodb';

export const DEFAULT_DATABASE = 'poverty_ledger';

/** How long a command may stay without an answer, and a batch without an end. */
export const PATIENCE_MS = 30_000;

/** So long a server is looked for. */
const SELECT_MS = 5_000;
const HEARTBEAT_MS = 2_000;

/** What is wrong with the URL of a MongoDB, without repeating it; `undefined` where nothing is. */
export function mongoUrlProblem(url: string): string | undefined {
  try {
    new MongoClient(url);
  } catch (error) {
    return `is no URL of a MongoDB, such as mongodb://127.0.0.1:27017/${DEFAULT_DATABASE}?replicaSet=rs0 (${(error as Error).message})`;
  }
  const database = databaseIn(url);
  return /[/\\. "$*<>:|?\0]/.test(database) || Buffer.byteLength(database) > 63
    ? 'names a database that MongoDB does not allow'
    : undefined;
}

/** @throws StoreRefused for a URL that is none */
export function clientFor(url: string, silentMs: number, more: MongoClientOptions = {}): MongoClient {
  const problem = mongoUrlProblem(url);
  if (problem !== undefined) throw new StoreRefused(`The URL ${problem}`);
  const says = (option: string): boolean => new RegExp(`[?&]${option}=`, 'i').test(url);
  return new MongoClient(url, {
    ...(!says('appName') && { appName: 'poverty-ledger' }),
    ...(!says('serverSelectionTimeoutMS') && { serverSelectionTimeoutMS: SELECT_MS }),
    ...(!says('connectTimeoutMS') && { connectTimeoutMS: SELECT_MS }),
    // A server that was taken for gone is asked again within the time in which one is looked for.
    ...(!says('heartbeatFrequencyMS') && { heartbeatFrequencyMS: HEARTBEAT_MS }),
    // `timeoutMS` would say it better, but has no effect in this driver.
    ...(!says('socketTimeoutMS') && { socketTimeoutMS: silentMs }),
    // What was acknowledged is there after every change of the primary, and seen by whoever asks next.
    readPreference: 'primary',
    writeConcern: { w: 'majority' },
    ignoreUndefined: true,
    ...more,
  });
}

/** The database that the URL names in its path. */
export function databaseIn(url: string): string {
  const path = /^[^:]+:\/\/[^/?]+\/([^?]*)/.exec(url)?.[1] ?? '';
  return decodeURIComponent(path) || DEFAULT_DATABASE;
}

/** Without credentials and options: for messages. */
export const nameOf = (url: string, database: string): string =>
  `${/^[^:]+:\/\//.exec(url)?.[0] ?? ''}${(/^[^:]+:\/\/([^/?]+)/.exec(url)?.[1] ?? '').replace(/^.*@/, '')}/${database}`;
