import type { EventStoreForTests } from '../../servers/eventstoredb';
import { eventStoreForTests } from '../../servers/eventstoredb';
import type { TestMongo } from '../../servers/mongodb';
import { findMongod, startMongo, withDatabase, dropDatabase } from '../../servers/mongodb';
import { ranOn } from '../../servers/ran-on';

/** The same files run twice: on the embedded engine, and on EventStoreDB with MongoDB (see jest.config.js). */
export const ON_SERVERS = process.env['LEDGER_ENGINE'] === 'servers';

export type Environment = Readonly<Record<string, string>>;

/** What is about files of the data folder. On servers it is skipped, and its title says so. */
export const describeOnEmbedded = (title: string, body: () => void): void =>
  ON_SERVERS ? describe.skip(`${title} [of the embedded engine]`, body) : describe(title, body);
/** What a data folder stands for: on servers a log and a database of its own. */
interface Stores {
  readonly log: EventStoreForTests;
  readonly env: Environment;
}

const stores = new Map<string, Promise<Stores>>();
let mongo: Promise<TestMongo> | undefined;
let count = 0;

/** What a program has to be told to work on the stores that this folder stands for. */
export async function environmentOf(dataDir: string): Promise<Environment> {
  return ON_SERVERS ? (await storesOf(dataDir)).env : { DATA_DIR: dataDir };
}

/** The clock of the log, where it is one of ours: a server's own cannot be turned back. */
export async function shiftLog(dataDir: string, daysAgo: number): Promise<void> {
  if (!ON_SERVERS) return;
  const { double } = (await storesOf(dataDir)).log;
  if (double) double.log.clock = () => Date.now() - daysAgo * 86_400_000;
  else if (daysAgo !== 0) throw new Error('the clock of a real server cannot be turned back for this test');
}

/** The double that a folder stands for, with its switches; nothing on another engine or a real server. */
export async function doubleOf(dataDir: string): Promise<EventStoreForTests['double']> {
  return ON_SERVERS ? (await storesOf(dataDir)).log.double : undefined;
}

function storesOf(dataDir: string): Promise<Stores> {
  const known = stores.get(dataDir) ?? open(`e2e${process.pid.toString(36)}n${++count}`);
  stores.set(dataDir, known);
  return known;
}

async function open(name: string): Promise<Stores> {
  mongo ??= aMongo();
  const [log, { url }] = await Promise.all([eventStoreForTests(), mongo]);
  const mongoUrl = withDatabase(url, name);
  await dropDatabase(mongoUrl);
  return {
    log,
    env: { EVENTSTORE_URL: log.url, EVENTSTORE_STREAM_PREFIX: `${name}-`, MONGO_URL: mongoUrl },
  };
}

async function aMongo(): Promise<TestMongo> {
  const found = findMongod();
  if (found !== 'url' && 'reasons' in found) throw new Error(`no mongod: ${found.reasons.join('; ')}`);
  const started = await startMongo(found);
  ranOn('MongoDB', started.label);
  return started;
}

if (ON_SERVERS) {
  afterAll(async () => {
    const opened = await Promise.allSettled(stores.values());
    for (const one of opened) if (one.status === 'fulfilled') await one.value.log.stop();
    await (await mongo)?.stop();
  });
}
