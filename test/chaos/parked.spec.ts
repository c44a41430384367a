import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LOG_FILE, READ_MODELS_FILE } from '@ledger/embedded';
import { dumpReadModels } from '../../libs/embedded/src/testing/dump-read-models';
import { cli } from '../e2e/support/cli';
import { Server, temporaryFolder } from '../e2e/support/server';
import { householdOrders, unitOrders } from './load';

interface Rates {
  readonly poor: { readonly households: number };
  readonly warnings: readonly { readonly code: string }[];
}

/** Damages or mends the data of one fact of the log, as a bad disk or a mistaken hand would. */
function overwrite(dataDir: string, stream: string, revision: number, data: (old: string) => string): void {
  const log = new DatabaseSync(join(dataDir, LOG_FILE));
  const old = log.prepare('SELECT data FROM facts WHERE stream = ? AND revision = ?').get(stream, revision)?.[
    'data'
  ];
  log
    .prepare('UPDATE facts SET data = ? WHERE stream = ? AND revision = ?')
    .run(data(String(old)), stream, revision);
  log.close();
}

describe('a fact that cannot be read', () => {
  const dataDir = temporaryFolder();
  const damaged = 'household-p-1';
  let undamaged: Awaited<ReturnType<typeof dumpReadModels>>;
  let server: Server;

  const inCommune = async (code: string): Promise<Rates> =>
    (await server.ask<Rates>(`/v1/units/${code}/rates`, { on: '2024-02-01' })).body;

  beforeAll(async () => {
    server = await Server.start({ dataDir });
    const households = [0, 1, 2].flatMap((index) => householdOrders(`p-${index}`, index).slice(0, 2));
    for (const { path, body, key } of [...unitOrders(), ...households]) {
      expect((await server.post(path, body, { 'idempotency-key': key })).status).toBe(201);
    }
    expect((await inCommune('10102')).poor.households).toBe(1);
    await server.halt();
    undamaged = await dumpReadModels(join(dataDir, READ_MODELS_FILE));
    overwrite(dataDir, damaged, 1, (old) => old.replace('poor', 'p00r'));
    // The read models are disposable: they are made again, now from a damaged log.
    for (const end of ['', '-wal', '-shm']) rmSync(join(dataDir, READ_MODELS_FILE + end), { force: true });
    server = await Server.start({ dataDir });
  }, 60_000);

  afterAll(async () => {
    await server.halt();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('parks its household: the others go on, and the answers of its area say so', async () => {
    const [here, elsewhere, above] = [
      await inCommune('10102'),
      await inCommune('10101'),
      await inCommune('10'),
    ];
    expect(here.warnings.map(({ code }) => code)).toContain('answer.parked');
    expect(above.warnings.map(({ code }) => code)).toContain('answer.parked');
    expect(elsewhere.warnings.map(({ code }) => code)).not.toContain('answer.parked');
    expect(elsewhere.poor.households).toBe(1);
    expect(above.poor.households).toBe(2);
  });

  it('is shown by the command line, beside the running server', async () => {
    const { code, stdout } = await cli(dataDir, 'parked', 'list');
    expect(code).toBe(0);
    expect(stdout).toContain(damaged);
  });

  it('refuses orders that would have to be decided on it, without losing them silently', async () => {
    const { status } = await server.post('/v1/households/p-1/details', {
      effectiveOn: '2024-03-01',
      members: 2,
    });
    expect(status).toBe(503);
  });

  it('cannot be retried while the server holds the folder: the message says who does', async () => {
    const { code, stderr } = await cli(dataDir, 'parked', 'retry');
    expect(code).toBe(2);
    expect(stderr).toContain('in use by "server"');
  });

  it('stays parked as long as it is not mended', async () => {
    await server.halt();
    const { code, stdout } = await cli(dataDir, 'parked', 'retry');
    expect(code).toBe(1);
    expect(stdout).toContain('1 still parked');
  });

  it('is folded after the fix, and the read models are as if nothing had happened', async () => {
    overwrite(dataDir, damaged, 1, (old) => old.replace('p00r', 'poor'));
    const { code, stdout } = await cli(dataDir, 'parked', 'retry');
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('1 of 1 repaired') as string,
    });
    expect(await dumpReadModels(join(dataDir, READ_MODELS_FILE))).toEqual(undamaged);
    server = await Server.start({ dataDir });
    const here = await inCommune('10102');
    expect(here).toMatchObject({ poor: { households: 1 }, warnings: [] });
  });
});
