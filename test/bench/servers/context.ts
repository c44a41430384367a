import type { Results } from '../results';
import type { EventStoreServer } from './event-store';
import type { MongoServer } from './mongo';
import type { ServersScale } from './scale';

/** What every measurement on servers is handed. */
export interface ServersContext {
  readonly scale: ServersScale;
  readonly results: Results;
  /** A folder on the disk that is measured. */
  readonly scratch: string;
  readonly mongo: MongoServer;
  readonly signal: AbortSignal;
}

/** A log with the country in it. */
export interface FilledLog {
  readonly server: EventStoreServer;
  /** What is put before the names of its streams. */
  readonly ledger: string;
  readonly facts: number;
}

export type Environment = Readonly<Record<string, string>>;

/** What a program of the product has to be told to work on a log and a database. */
export const environmentOf = (
  { server, ledger }: Pick<FilledLog, 'server' | 'ledger'>,
  mongoUrl: string,
): Environment => ({
  EVENTSTORE_URL: server.url,
  EVENTSTORE_STREAM_PREFIX: ledger,
  MONGO_URL: mongoUrl,
});

/** Where a figure was measured, for its table. */
export const onBoth = ({ mongo }: ServersContext, { server }: Pick<FilledLog, 'server'>): string =>
  `${server.shortName}, ${mongo.shortName}`;
