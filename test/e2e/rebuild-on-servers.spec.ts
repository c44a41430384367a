import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Db } from 'mongodb';
import { EventStoreDouble } from '../doubles/eventstoredb';
import { onServer } from '../servers/mongodb';
import type { Rates } from './support/answers';
import { cli } from './support/cli';
import { pause, Server, temporaryFolder } from './support/server';
import type { Environment } from './support/stores';
import { environmentOf, ON_SERVERS } from './support/stores';
import { World } from './support/world';

const MAIN = resolve(__dirname, '../../dist/apps/cli/src/main.js');
const POOR = 8;

/** Programs that answer from read models or write them. */
const WHO_READS = [
  ['api/src/main.js'],
  ['projector/src/main.js'],
  ['cli/src/main.js', 'verify'],
] as const satisfies readonly (readonly [main: string, ...args: string[]])[];

/** A program of the product from its start to its end, and all that it says. */
async function said(
  stores: Environment,
  main: string,
  ...args: readonly string[]
): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, [resolve(__dirname, '../../dist/apps', main), ...args], {
    env: { PATH: process.env['PATH'], PORT: '0', PROJECTOR_PORT: '0', ...stores },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const [code] = (await once(child, 'close')) as [number];
  return { code, output };
}

/** What `verify-rebuild.spec.ts` proves of the files of a folder. */
const describeOnServers = (title: string, body: () => void): void =>
  ON_SERVERS ? describe(title, body) : describe.skip(`${title} [of servers]`, body);

describeOnServers('verify and rebuild on servers', () => {
  const dataDir = ON_SERVERS ? temporaryFolder() : '';
  let server: Server;
  let world: World;
  let commune: string;

  beforeAll(async () => {
    server = await Server.start({ dataDir });
    world = new World(server);
    [commune = ''] = (await world.region(2)).communes;
    await world.total(commune, '2023-12-31', 1_000);
    for (let count = 0; count < 12; count++)
      await world.classified(commune, count % 3 === 0 ? 'near-poor' : 'poor', '2022-03-15');
  });
  const stopAfterwards: EventStoreDouble[] = [];
  afterAll(async () => {
    await server?.stop();
    for (const double of stopAfterwards) await double.stop({ abruptly: true });
  });

  const poor = async (): Promise<number | null> =>
    (await server.ask<Rates>(`/v1/units/${commune}/rates`, { on: '2022-06-30' })).body.poor.households;

  /** Does something to the collections of the generation in use, behind the back of everyone. */
  const tamper = async (
    how: (collection: (name: string) => ReturnType<Db['collection']>) => Promise<unknown>,
  ) => {
    const { MONGO_URL = '' } = await environmentOf(dataDir);
    await onServer(MONGO_URL, async (client) => {
      const live = await client
        .db()
        .collection<{ _id: string; generation: number }>('pointer')
        .findOne({ _id: 'live' });
      await how((name) => client.db().collection(`g${live?.generation}_${name}`));
    });
  };

  it('find nothing wrong with what the projector has made, beside it', async () => {
    const { code, stdout } = await cli(dataDir, 'verify');
    expect(stdout).toMatch(/^\d+ facts replayed; compared \d+ movements, \d+ balances, 12 households, /);
    expect({ code, end: stdout.trim().split('\n').at(-1) }).toEqual({ code: 0, end: 'All the same.' });
  });

  it('tell of a movement that was lost and of balances that were, and mend them while questions are asked', async () => {
    await tamper((collection) => collection('journal').deleteOne({}));
    await tamper((collection) => collection('balances').deleteMany({ unit: /^\d{5}@/ }));
    const found = await cli(dataDir, 'verify');
    expect(found.stdout).toMatch(/^journal of .*the read models have nothing$/m);
    expect(found.stdout).toMatch(/^balances of .*the read models have nothing$/m);
    expect(found.code).toBe(1);

    expect(await cli(dataDir, 'rebuild')).toMatchObject({ code: 0 });
    expect(await poor()).toBe(POOR);
    expect(await cli(dataDir, 'verify')).toMatchObject({ code: 0 });
  });

  it('switch while orders are recorded: no answer goes back, and nothing is lost', async () => {
    const ended = cli(dataDir, 'rebuild');
    let running = true;
    void ended.finally(() => (running = false));
    let expected = (await poor()) ?? 0;
    let turns = 0;
    for (; running || turns < 5; turns++) {
      await world.classified(commune, 'poor', '2022-03-15');
      expect(await poor()).toBe(++expected);
    }
    expect(await ended).toMatchObject({ code: 0 });
    await world.classified(commune, 'poor', '2022-03-15');
    expect(await poor()).toBe(++expected);
    expect(await cli(dataDir, 'verify')).toMatchObject({ code: 0 });
  });

  it('leave the old read models in use when they are killed, at any moment', async () => {
    const before = await poor();
    const env = { PATH: process.env['PATH'], ...(await environmentOf(dataDir)) };
    for (let kill = 0; kill < 6; kill++) {
      const child = spawn(process.execPath, [MAIN, 'rebuild'], { env });
      const ended = once(child, 'close');
      await pause(300 + kill * 120);
      child.kill('SIGKILL');
      await ended;
      expect(await poor()).toBe(before);
    }
    expect(await cli(dataDir, 'verify')).toMatchObject({ code: 0 });
  });

  it('tell of a log that was put back from a backup, which no server serves until they are made again from it', async () => {
    const folder = temporaryFolder();
    const first = await Server.start({ dataDir: folder });
    await new World(first).region();
    await first.ask('/v1/units');
    await first.halt();
    const restored = await EventStoreDouble.start();
    stopAfterwards.push(restored);
    const env = { ...(await environmentOf(folder)), EVENTSTORE_URL: restored.url };
    for (const [main, ...args] of WHO_READS) {
      const { code, output } = await said(env, main, ...args);
      expect({ main, code, output }).toMatchObject({ output: expect.stringMatching(/backup[\s\S]*rebuild/) });
      expect(code).not.toBe(0);
      expect(output).not.toMatch(/\n\s+at /);
    }
    const rebuilt = await said(env, 'cli/src/main.js', 'rebuild');
    expect(rebuilt).toMatchObject({ code: 0, output: expect.stringContaining('in use') });
    expect(await said(env, 'cli/src/main.js', 'verify')).toMatchObject({ code: 0 });
  });

  it('tell of read models of another ledger, in whose place nobody puts theirs by mistake', async () => {
    const [own, foreign] = [temporaryFolder(), temporaryFolder()];
    for (const folder of [own, foreign]) {
      const one = await Server.start({ dataDir: folder });
      await new World(one).region();
      await one.ask('/v1/units');
      await one.halt();
    }
    const [env, theirs] = [await environmentOf(own), await environmentOf(foreign)];
    const mixed = { ...env, MONGO_URL: theirs['MONGO_URL'] ?? '' };
    for (const [main, ...args] of [...WHO_READS, ['cli/src/main.js', 'rebuild'] as const]) {
      const { code, output } = await said(mixed, main, ...args);
      expect({ main, args, output }).toMatchObject({ output: expect.stringContaining('another log') });
      expect(output).toMatch(/EVENTSTORE_STREAM_PREFIX[\s\S]*MONGO_URL/);
      expect(code).not.toBe(0);
      expect(output).not.toMatch(/\n\s+at /);
    }
    for (const well of [env, theirs])
      expect(await said(well, 'cli/src/main.js', 'verify')).toMatchObject({ code: 0 });
  });

  it('are refused, naming the server, when it does not answer', async () => {
    const child = spawn(process.execPath, [MAIN, 'verify'], {
      env: {
        EVENTSTORE_URL: 'esdb://127.0.0.1:1?tls=false',
        MONGO_URL: 'mongodb://127.0.0.1:1/?replicaSet=rs0',
      },
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const [code] = (await once(child, 'close')) as [number];
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('127.0.0.1:1') });
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
