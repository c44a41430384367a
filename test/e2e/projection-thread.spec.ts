import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Rates } from './support/answers';
import { cli } from './support/cli';
import { Server, temporaryFolder } from './support/server';
import { World } from './support/world';

const CLI = resolve(__dirname, '../../dist/apps/cli/src/main.js');
const DYING_THREAD = join(__dirname, 'support/dying-thread.cjs');
const LONGEST_MS = 10_000;

describe('the projection beside the requests', () => {
  let dataDir: string;
  beforeEach(() => (dataDir = temporaryFolder()));

  const filesLeft = (): string[] => readdirSync(dataDir).filter((name) => /-(?:wal|shm)$/.test(name));

  /** A household that is poor, in a commune of its own: its commune. */
  const poorHousehold = async (server: Server): Promise<string> => {
    const world = new World(server);
    const [commune = ''] = (await world.region(1)).communes;
    await world.total(commune, '2022-06-30', 100);
    await world.classified(commune, 'poor', '2022-03-15');
    return commune;
  };

  const poorIn = async (server: Server, commune: string): Promise<unknown> => {
    const { status, body } = await server.ask<Rates>(`/v1/units/${commune}/rates`, { on: '2022-06-30' });
    return { status, households: body.poor?.households };
  };

  it('dies and is started again, without anything lost or anybody noticing', async () => {
    const env = { NODE_OPTIONS: `--require ${DYING_THREAD}` };
    const server = await Server.start({ dataDir, env });
    const commune = await poorHousehold(server);
    expect(await poorIn(server, commune)).toEqual({ status: 200, households: 1 });
    // A projection without a thread would not have died.
    expect(existsSync(join(dataDir, 'thread-died'))).toBe(true);
    expect(server.program.output).toMatch(/tried again in \d+ ms: .*projection ended with 7/);
    expect((await server.get('/health/ready')).status).toBe(200);
    expect((await server.halt()).code).toBe(0);
    expect(await cli(dataDir, 'verify')).toMatchObject({ code: 0 });
  });

  it('leaves log and read models closed when the server is told to stop', async () => {
    const server = await Server.start({ dataDir });
    await poorHousehold(server);
    expect(filesLeft()).not.toEqual([]);
    const since = performance.now();
    expect(await server.halt()).toEqual({ code: 0, signal: null });
    expect(performance.now() - since).toBeLessThan(LONGEST_MS);
    expect(filesLeft()).toEqual([]);
  });

  it('ends with a server that is killed, and its folder can be opened at once', async () => {
    const first = await Server.start({ dataDir });
    const commune = await poorHousehold(first);
    const position = first.position;
    await first.kill();
    const server = await Server.start({ dataDir });
    server.position = position;
    expect(await poorIn(server, commune)).toEqual({ status: 200, households: 1 });
    await server.halt();
  });

  it('shows an order in the rates some milliseconds after its answer', async () => {
    const server = await Server.start({ dataDir });
    const world = new World(server);
    const [commune = ''] = (await world.region(1)).communes;
    let waitedMs = 0;
    for (let household = 1; household <= 40; household++) {
      await world.classified(commune, 'poor', '2022-03-15');
      const since = performance.now();
      expect(await poorIn(server, commune)).toEqual({ status: 200, households: household });
      waitedMs += performance.now() - since;
    }
    // A thread that nobody told would look every 200 ms.
    expect(waitedMs / 40).toBeLessThan(75);
    await server.halt();
  });

  it('dies beside an import, which says so; the import is repeated and the rates are right', async () => {
    const units = join(dataDir, 'units.csv');
    writeFileSync(units, 'code,name,level,valid_from\n67,Tỉnh,province,2010-01-01\n');
    const args = ['--require', DYING_THREAD, CLI, 'import', 'units', units];
    const child = spawn(process.execPath, args, { env: { DATA_DIR: dataDir }, stdio: 'pipe' });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    expect(await once(child, 'close')).toEqual([2, null]);
    expect(said).toContain('projection ended with 7');
    const again = await cli(dataDir, 'import', 'units', units);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('unchanged 1') });
    const { code, stdout } = await cli(dataDir, 'verify');
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.not.stringContaining('later facts') });
  });
});
