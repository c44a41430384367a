import type { HttpConnection } from '../http-client';
import { Server } from '../server';
import type { FilledLog, ServersContext } from './context';
import { environmentOf, onBoth } from './context';
import { Projector } from './projector';

const LONGEST_PROJECTION_MS = 3_600_000;

/** The product on servers and, with the same facts, the embedded engine. */
export const ENGINES = ['product', 'embedded'] as const;
export type Engine = (typeof ENGINES)[number];

/** A connection to each. */
export interface BothEngines extends Readonly<Record<Engine, HttpConnection>> {
  /** What the servers are, for the tables. */
  readonly on: string;
}

export type Peaks = Readonly<Record<Engine, number>>;

/**
 * Serves both for as long as the work takes.
 * @returns the largest resident memory of the two servers
 */
export async function servingBoth(
  context: ServersContext,
  { log, mongoUrl, folder }: { readonly log: FilledLog; readonly mongoUrl: string; readonly folder: string },
  work: (engines: BothEngines) => Promise<void>,
): Promise<Peaks> {
  const { signal } = context;
  const stores = environmentOf(log, mongoUrl);
  const started: { stop(): Promise<void> }[] = [];
  const start = async <Started extends { stop(): Promise<void> }>(
    starting: Promise<Started>,
  ): Promise<Started> => {
    const one = await starting;
    started.push(one);
    return one;
  };
  try {
    await start(Projector.start(stores, signal));
    const servers = await start(Server.start(stores, signal));
    const embedded = await start(Server.start({ DATA_DIR: folder }, signal));
    for (const server of [servers, embedded]) await server.ready(LONGEST_PROJECTION_MS);
    const connections = [await servers.connect(), await embedded.connect()] as const;
    await work({ product: connections[0], embedded: connections[1], on: onBoth(context, log) });
    for (const connection of connections) connection.close();
    return { product: servers.peakMegabytes, embedded: embedded.peakMegabytes };
  } finally {
    // The last one first: whoever uses the stores before who brings them up to the log.
    for (const one of started.reverse()) await one.stop();
  }
}
