import { dropDatabase, findMongod, startMongo, withDatabase } from '../../servers/mongodb';

/** A real MongoDB, with databases that are ours. */
export interface MongoServer {
  readonly label: string;
  readonly shortName: string;
  /** The URL of an empty database. */
  newDatabase(): Promise<string>;
  drop(url: string): Promise<void>;
  /** Nothing of ours stays. */
  stop(): Promise<void>;
}

/**
 * The server at TEST_MONGO_URL, else a replica set of one, as the tests start it.
 * @param folder where its files go: the disk that is measured
 * @throws Error when there is no mongod
 */
export async function startBenchMongo(folder: string, signal: AbortSignal): Promise<MongoServer> {
  const found = findMongod();
  if (found !== 'url' && 'reasons' in found) throw new Error(`no mongod: ${found.reasons.join('; ')}`);
  // Where mongodb-memory-server makes its folder.
  process.env['TMPDIR'] = folder;
  const server = await startMongo(found);
  const urls = new Set<string>();
  const drop = async (url: string): Promise<void> => {
    await dropDatabase(url);
    urls.delete(url);
  };
  let count = 0;
  return {
    label: server.label,
    shortName: /^\w+ [\d.]+/.exec(server.label)?.[0] ?? server.label,
    newDatabase: async () => {
      const url = withDatabase(
        server.url,
        `ledger_bench_${process.pid}_${Date.now().toString(36)}_${++count}`,
      );
      urls.add(url);
      return url;
    },
    drop,
    stop: async () => {
      // Ctrl-C in a terminal reaches mongod as well: mongodb-memory-server would tell at length that it has gone.
      if (signal.aborted) console.warn = () => undefined;
      // One of our own is removed whole.
      if (found === 'url') for (const url of urls) await drop(url);
      await server.stop();
    },
  };
}
