import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OrderAnswer } from './support/answers';
import { freePort, pause, Program, Server, temporaryFolder } from './support/server';
import { describeOnEmbedded } from './support/stores';
import { World } from './support/world';

const SHUTDOWN_MS = 20_000;

describe('starting and stopping', () => {
  /** A start that must be refused: ends by itself, not with 0, and says why. */
  const refused = async (env: Readonly<Record<string, string>>): Promise<string> => {
    const program = new Program({ DATA_DIR: temporaryFolder(), PORT: String(await freePort()), ...env });
    const ended = await Promise.race([program.ended, pause(10_000).then(() => program.signal('SIGKILL'))]);
    expect({ ...ended, output: program.output }).toMatchObject({ code: expect.any(Number), signal: null });
    expect(ended.code).not.toBe(0);
    return program.output;
  };

  describe('the address', () => {
    it('is of this machine alone, unless ALLOW_ANONYMOUS=yes is said too', async () => {
      const hosts = ['0.0.0.0', '::', ''].map((HOST) => ({ HOST }));
      const almost = ['true'].map((ALLOW_ANONYMOUS) => ({ HOST: '0.0.0.0', ALLOW_ANONYMOUS }));
      for (const said of await Promise.all([...hosts, ...almost].map(refused))) {
        expect(said).toContain('HOST');
        expect(said).toContain('ALLOW_ANONYMOUS=yes');
        expect(said).not.toMatch(/\n\s+at /);
      }
    });

    it('HOST=0.0.0.0 with ALLOW_ANONYMOUS=yes is served', async () => {
      const server = await Server.start({ env: { HOST: '0.0.0.0', ALLOW_ANONYMOUS: 'yes' } });
      expect((await server.get('/health/live')).status).toBe(200);
      await server.stop();
    });

    it('has a port that is a number of one', async () => {
      const wrong = ['x', '65536', ''].map((PORT) => ({ PORT }));
      for (const said of await Promise.all(wrong.map(refused))) expect(said).toContain('PORT');
    });

    it('a port that another holds is refused, naming it', async () => {
      const server = await Server.start();
      const { port } = new URL(server.url);
      expect(await refused({ PORT: port })).toContain(port);
      await server.stop();
    });
  });

  describe('the servers', () => {
    it('EVENTSTORE_URL without MONGO_URL, and the other way round, is refused by name', async () => {
      const [one, other] = await Promise.all([
        refused({ EVENTSTORE_URL: 'esdb://localhost:2113' }),
        refused({ MONGO_URL: 'mongodb://localhost:27017' }),
      ]);
      expect(one).toContain('EVENTSTORE_URL');
      expect(other).toContain('MONGO_URL');
    });
  });

  describeOnEmbedded('the data folder', () => {
    it('is made when it is missing', async () => {
      const dataDir = join(temporaryFolder(), 'made', 'here');
      const server = await Server.start({ dataDir });
      expect(existsSync(dataDir)).toBe(true);
      expect(await server.halt()).toEqual({ code: 0, signal: null });
    });

    it('that is a file is refused, and left as it is', async () => {
      const path = join(temporaryFolder(), 'file');
      writeFileSync(path, 'mine');
      expect(await refused({ DATA_DIR: path })).toContain(path);
      expect(readFileSync(path, 'utf8')).toBe('mine');
    });

    it('that a server holds is refused to another, and the first goes on', async () => {
      const dataDir = temporaryFolder();
      const first = await Server.start({ dataDir });
      const said = await refused({ DATA_DIR: dataDir });
      expect(said).toContain(dataDir);
      expect(said).toContain(String(first.program.pid));
      expect(said).toMatch(/in use/i);
      expect(said).not.toMatch(/\n\s+at /);
      expect((await new World(first).region()).communes).toHaveLength(1);
      expect(await first.halt()).toEqual({ code: 0, signal: null });
    });

    it('is free again after SIGTERM and after SIGKILL', async () => {
      const dataDir = temporaryFolder();
      for (const end of ['halt', 'kill'] as const) {
        const server = await Server.start({ dataDir });
        await server[end]();
      }
      const last = await Server.start({ dataDir });
      expect((await last.get('/v1/units')).status).toBe(200);
      await last.halt();
    });

    describe('with a damaged log', () => {
      let sound: string;
      let files: readonly string[];

      beforeAll(async () => {
        sound = temporaryFolder();
        const server = await Server.start({ dataDir: sound });
        const world = new World(server);
        const [commune = ''] = (await world.region()).communes;
        for (let count = 0; count < 3; count++) await world.classified(commune, 'poor', '2022-12-15');
        await server.halt();
        files = readdirSync(sound);
      });

      const copyWith = (damage: (bytes: Buffer) => Buffer): { dir: string; log: string; bytes: Buffer } => {
        const dir = mkdtempSync(join(temporaryFolder(), 'damaged-'));
        const logs = files.filter((name) => /log|event|fact/i.test(name));
        expect(logs.length).toBeGreaterThan(0);
        for (const name of files) writeFileSync(join(dir, name), readFileSync(join(sound, name)));
        const log = join(dir, logs[0] ?? '');
        const bytes = damage(readFileSync(log));
        writeFileSync(log, bytes);
        return { dir, log, bytes };
      };

      const damages: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
        'a letter': () => Buffer.from('this is no log at all, but a letter to somebody'),
        'a broken beginning': (bytes) => Buffer.concat([Buffer.alloc(64, 0xff), bytes.subarray(64)]),
        zeros: (bytes) => Buffer.alloc(bytes.length),
      };

      it('is refused, and the log left untouched', async () => {
        const refusals = Object.entries(damages).map(async ([what, damage]) => {
          const { dir, log, bytes } = copyWith(damage);
          const said = await refused({ DATA_DIR: dir });
          expect({ what, said }).toMatchObject({ said: expect.stringContaining(log) });
          expect(said).not.toMatch(/\n\s+at /);
          expect(readFileSync(log).equals(bytes)).toBe(true);
        });
        await Promise.all(refusals);
      });
    });

    it('has read models that can be thrown away: they come back from the log', async () => {
      const dataDir = temporaryFolder();
      const first = await Server.start({ dataDir });
      const world = new World(first);
      const [commune = ''] = (await world.region()).communes;
      await world.classified(commune, 'poor', '2022-12-15');
      await first.halt();
      const readModels = readdirSync(dataDir).filter((name) => /read/i.test(name));
      expect(readModels.length).toBeGreaterThan(0);
      for (const name of readModels) rmSync(join(dataDir, name));
      const second = await Server.start({ dataDir });
      const { body } = await second.get(`/v1/units/${commune}/rates`, { on: '2022-12-31' });
      expect(body).toMatchObject({ poor: { households: 1 } });
      await second.halt();
    });
  });

  describe('SIGTERM', () => {
    it.each(['SIGTERM', 'SIGINT'] as const)(
      'or rather %s ends with 0 within seconds, though clients keep connections',
      async (signal) => {
        const server = await Server.start();
        for (let count = 0; count < 5; count++) await server.get('/v1/units');
        const before = Date.now();
        expect(await server.program.signal(signal)).toEqual({ code: 0, signal: null });
        expect(Date.now() - before).toBeLessThan(5_000);
        await expect(server.get('/health/live')).rejects.toThrow();
      },
    );

    it('finishes what it has accepted: what was answered is there, each order once', async () => {
      const dataDir = temporaryFolder();
      const first = await Server.start({ dataDir });
      const [commune = ''] = (await new World(first).region()).communes;
      const answered = new Set<string>();
      const register = async (index: number): Promise<void> => {
        const body = { householdId: `h-${index}`, unit: commune, registeredOn: '2020-01-01', members: 1 };
        try {
          const answer = await first.post<OrderAnswer>('/v1/households', body);
          if (answer.status === 201) answered.add(`h-${index}`);
        } catch {
          // The connection was refused or cut: nothing was promised.
        }
      };
      const storm = Array.from({ length: 300 }, (_none, index) => register(index));
      await pause(30);
      const before = Date.now();
      expect(await first.program.signal('SIGTERM')).toEqual({ code: 0, signal: null });
      expect(Date.now() - before).toBeLessThan(SHUTDOWN_MS);
      await Promise.all(storm);
      const second = await Server.start({ dataDir });
      for (const id of answered) expect((await second.get(`/v1/households/${id}`)).status).toBe(200);
      await second.halt();
    });

    it('while an answer is waited for does not last for ever', async () => {
      const server = await Server.start();
      const waiting = server
        .get('/v1/units/VN/rates', { atLeast: '9999999999999999' })
        .catch(() => undefined);
      await pause(100);
      const before = Date.now();
      expect((await server.program.signal('SIGTERM')).code).toBe(0);
      expect(Date.now() - before).toBeLessThan(SHUTDOWN_MS);
      const answer = await waiting;
      if (answer) expect(answer.status).toBe(503);
    });
  });
});
