import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Rates } from './support/answers';
import { cli } from './support/cli';
import { pause, Server, temporaryFolder } from './support/server';
import { describeOnEmbedded } from './support/stores';
import { World } from './support/world';

const MAIN = resolve(__dirname, '../../dist/apps/cli/src/main.js');
const READ_MODELS = 'read-models.sqlite';

describeOnEmbedded('verify and rebuild of the files in a folder', () => {
  let original: string;
  let dataDir: string;
  let commune: string;

  beforeAll(async () => {
    original = temporaryFolder();
    const server = await Server.start({ dataDir: original });
    const world = new World(server);
    const region = await world.region(2);
    [commune = ''] = region.communes;
    await world.total(commune, '2023-12-31', 1_000);
    let position = '';
    for (let count = 0; count < 12; count++) {
      const household = await world.classified(
        commune,
        count % 3 === 0 ? 'near-poor' : 'poor',
        '2022-03-15',
        {
          groups: ['ethnic-minority'],
        },
      );
      ({ position } = await world.order(household, 'escapes', {
        ...{ standard: 'VN-2022', effectiveOn: '2022-12-15', to: 'above' },
        decision: { number: '9/QĐ-UBND', date: '2022-12-10', authority: 'UBND xã' },
      }));
    }
    await server.get(`/v1/units/${commune}/rates`, { atLeast: position });
    await server.halt();
  });

  beforeEach(() => {
    dataDir = temporaryFolder();
    cpSync(original, dataDir, { recursive: true });
  });

  const readModels = (): string => join(dataDir, READ_MODELS);

  function tamper(sql: string): void {
    const database = new DatabaseSync(readModels());
    database.exec(sql);
    database.close();
  }

  it('find nothing wrong with what the projection has made', async () => {
    const { code, stdout } = await cli(dataDir, 'verify');
    expect(stdout).toMatch(/^\d+ facts replayed; compared \d+ movements, \d+ balances, 12 households, /);
    expect(stdout.trim().split('\n').at(-1)).toBe('All the same.');
    expect(code).toBe(0);
  });

  it('work beside a running server, which is asked meanwhile; a rebuild does not', async () => {
    const server = await Server.start({ dataDir });
    const [verified] = await Promise.all([
      cli(dataDir, 'verify'),
      server.get<Rates>(`/v1/units/${commune}/rates`, { on: '2022-06-30' }),
    ]);
    expect(verified).toMatchObject({ code: 0 });
    const refused = await cli(dataDir, 'rebuild');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(`${dataDir} is in use by "server"`);
    await server.halt();
  });

  const TAMPERED: Record<string, readonly [sql: string, says: RegExp]> = {
    'a movement that was lost': [
      'DELETE FROM journal WHERE household = (SELECT max(household) FROM journal)',
      /^journal of .*: the log gives .*, the read models have nothing$/m,
    ],
    'a movement that was made up': [
      'UPDATE journal SET households = households + 1',
      /^journal of .*: the log gives \+1 households, .*, the read models have \+2 households/m,
    ],
    'balances that were lost': ['DELETE FROM balances', /^balances of .*the read models have nothing$/m],
    'a household that was lost': [
      'DELETE FROM households WHERE id = (SELECT max(id) FROM households)',
      /^households: .*the read models have nothing$/m,
    ],
    'a total that was changed': [
      `UPDATE totals SET fact = replace(fact, ':1000,', ':1001,')`,
      /^declared totals: .*"households":1000.*"households":1001/m,
    ],
    'a unit that was renamed': [
      `UPDATE units SET fact = replace(fact, '"name":"', '"name":"Không phải ')`,
      /^facts about units: number \d+: the log gives/m,
    ],
    'a first classification that was lost': [
      'DELETE FROM classifications',
      /^first classifications: .* under VN-2022, as known from/m,
    ],
    'a day of recording that was changed': [
      `UPDATE meta SET value = '2099-01-01' WHERE key = 'lastDay'`,
      /^checkpoint: last recorded day: the log gives .*, the read models have 2099-01-01$/m,
    ],
  };

  it.each(Object.entries(TAMPERED))('tell of %s, and mend it', async (_what, [sql, says]) => {
    tamper(sql);
    const found = await cli(dataDir, 'verify');
    expect(found.stdout).toMatch(says);
    expect(found.code).toBe(1);

    const rebuilt = await cli(dataDir, 'rebuild');
    expect(rebuilt.stdout).toMatch(says);
    expect(rebuilt.stdout).toContain('The old read models differed.');
    expect(rebuilt.code).toBe(0);
    expect(await cli(dataDir, 'verify')).toMatchObject({ code: 0 });
  });

  it('tell of a log that was damaged since, and do not lose what only the read models know', async () => {
    const log = new DatabaseSync(join(dataDir, 'log.sqlite'));
    const poor = '"outcome":"poor"';
    log.exec(`UPDATE facts SET data = replace(data, '${poor}', '"outcome":"pooR"')
      WHERE position = (SELECT max(position) FROM facts WHERE data LIKE '%${poor}%')`);
    log.close();
    for (const command of ['verify', 'rebuild']) {
      const { code, stdout } = await cli(dataDir, command);
      expect(stdout).toMatch(/^household-.*: the log cannot be read any more \(the checksum is wrong\)/m);
      expect(stdout).toContain('put it back from a backup');
      expect(code).toBe(1);
    }
    const server = await Server.start({ dataDir });
    const { body } = await server.get<Rates>(`/v1/units/${commune}/rates`, { on: '2022-06-30' });
    expect(body.poor.households).toBe(8);
    await server.halt();
  });

  it('make read models that cannot be read again', async () => {
    const database = new DatabaseSync(readModels());
    database.exec('PRAGMA user_version = 1');
    database.close();
    expect(await cli(dataDir, 'verify')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('npm run cli -- rebuild') as string,
    });
    expect(await cli(dataDir, 'rebuild')).toMatchObject({ code: 0 });
    expect(await cli(dataDir, 'verify')).toMatchObject({ code: 0 });
  });

  it('leave the old read models in use when they are killed, at any moment', async () => {
    const rates = async (): Promise<unknown> => {
      const server = await Server.start({ dataDir });
      const { body } = await server.get<Rates>(`/v1/units/${commune}/rates`, { on: '2022-06-30' });
      await server.halt();
      return body.poor;
    };
    const before = await rates();
    for (let kill = 0; kill < 8; kill++) {
      const child = spawn(process.execPath, [MAIN, 'rebuild'], { env: { DATA_DIR: dataDir } });
      const ended = once(child, 'close');
      await pause(40 + kill * 60);
      child.kill('SIGKILL');
      await ended;
      expect(await cli(dataDir, 'verify')).toMatchObject({ code: 0 });
    }
    expect(await rates()).toEqual(before);
    expect(await cli(dataDir, 'rebuild')).toMatchObject({ code: 0 });
    expect(readdirSync(dataDir).filter((name) => name.includes('rebuild'))).toEqual([]);
  });
});
