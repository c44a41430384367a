import { cpSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LOG_FILE, READ_MODELS_FILE } from '@ledger/embedded';
import { StoreRefused } from '@ledger/event-sourcing';
import { Problem } from '@ledger/kernel';
import { cli } from '../e2e/support/cli';
import type { Answer, Headers } from '../e2e/support/server';
import { pause, Program, Server, temporaryFolder } from '../e2e/support/server';
import type { Figure, Told } from './figures';
import { toldBy } from './figures';
import { booksOf, householdsOnly } from './import-books';
import { randomFrom } from './random';
import { SmallDisk } from './small-disk';
import { wholeLog } from './whole-log';

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const FLIPS = Number(process.env['FLIPS'] ?? 100);
const PAGE = 4_096;
const random = randomFrom(SEED);

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const books = booksOf(20);

async function imported(dataDir: string): Promise<void> {
  for (const kind of ['units', 'totals', 'households', 'reviews'] as const) {
    writeFileSync(at(`${kind}.csv`), books[kind]);
    expect(await cli(dataDir, 'import', kind, at(`${kind}.csv`))).toMatchObject({ code: 0 });
  }
}

/** Lets a server begin that cannot: what it said, and how it ended. */
async function refusedStart(dataDir: string): Promise<{ code: number | null; output: string }> {
  const program = new Program({ PORT: '0', DATA_DIR: dataDir });
  const late = setTimeout(() => void program.signal('SIGKILL'), 15_000);
  const { code } = await program.ended;
  clearTimeout(late);
  return { code, output: program.output };
}

beforeAll(async () => imported(at('sound')), 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const whyNot = SmallDisk.findWhyNot();
if (whyNot !== undefined) {
  process.stderr.write(
    `\nNOT RUN: no small disk can be mounted here (${whyNot}), so nothing is proven about full and read-only disks.\n` +
      'Run it as root, or: unshare --map-root-user --mount npm run -s jest -- test/chaos/disk.spec.ts\n\n',
  );
}
const describeOnDisk = whyNot === undefined ? describe : describe.skip;

describeOnDisk('a disk that is full', () => {
  let disk: SmallDisk;
  let dataDir: string;

  beforeEach(() => {
    disk = SmallDisk.mount(12);
    dataDir = join(disk.path, 'data');
    cpSync(at('sound'), dataDir, { recursive: true });
  });
  afterEach(() => disk.unmount());

  interface Order {
    readonly key: string;
    readonly path: string;
    readonly body: object;
  }

  const order = (index: number): Order => ({
    key: `full-${index}`,
    path: '/v1/households',
    body: { householdId: `full-${index}`, unit: '24628', registeredOn: '2015-01-01', members: 4 },
  });

  /** No answer within five seconds is a mistake. */
  const give = (server: Server, { key, path, body }: Order): Promise<Answer<{ position?: string }>> =>
    server.send('POST', path, {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', 'idempotency-key': key } satisfies Headers,
      signal: AbortSignal.timeout(5_000),
    });

  /** The read models have been tried again, after a pause. */
  async function caughtUp(server: Server): Promise<void> {
    for (const end = Date.now() + 20_000; Date.now() < end; await pause(100)) {
      const { body } = await server.get<{ position: string; head: string }>('/health/ready');
      if (body.position === body.head) return;
    }
    throw new Error(`the read models stay behind: ${server.program.output}`);
  }

  it('refuses orders and answers questions until there is space again; what was accepted stays, nothing else', async () => {
    const server = await Server.start({ dataDir });
    disk.leave(700_000);
    const accepted: Order[] = [];
    const refused: Order[] = [];
    for (let next = 0; refused.length < 60 && next < 20_000; next += 8) {
      const orders = Array.from({ length: 8 }, (_none, index) => order(next + index));
      const answers = await Promise.all(orders.map((one) => give(server, one)));
      for (const [index, { status, headers, body }] of answers.entries()) {
        (status === 201 ? accepted : refused).push(orders[index] as Order);
        if (status === 201) continue;
        expect({ status, body }).toMatchObject({
          status: 503,
          body: { errors: [{ rule: 'store.unavailable' }] },
        });
        expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
        expect(headers.get('content-type')).toContain('application/problem+json');
      }
    }
    expect(refused.length).toBeGreaterThanOrEqual(60);
    expect(accepted.length).toBeGreaterThan(20);
    expect((await server.get('/health/live')).status).toBe(200);
    const rates = await server.get('/v1/units/67/rates', { on: '2022-12-31' });
    expect(rates).toMatchObject({ status: 200, body: { unit: { code: '67' } } });
    const last = refused.at(-1) as Order;
    expect((await server.get(`/v1/households/${last.key}/facts`)).status).toBe(404);
    const household = await server.get(`/v1/households/${(accepted[0] as Order).key}/facts`);
    expect(household.status).toBe(200);

    disk.clear();
    for (const again of [...accepted, ...refused]) {
      const { status } = await give(server, again);
      expect({ key: again.key, status }).toEqual({
        key: again.key,
        status: accepted.includes(again) ? 200 : 201,
      });
    }
    await caughtUp(server);
    expect((await server.halt()).code).toBe(0);
    const facts = await wholeLog(dataDir);
    const registered = facts.filter(({ stream }) => stream.startsWith('household-full-'));
    expect(registered.map(({ stream }) => stream).sort()).toEqual(
      [...accepted, ...refused].map(({ key }) => `household-${key}`).sort(),
    );
    const { code, stdout } = await cli(dataDir, 'verify');
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.not.stringContaining('later facts') });
    process.stdout.write(`disk: full after ${accepted.length} orders, ${refused.length} refused with 503\n`);
  }, 60_000);

  it('lets a server end, and the next one say why it cannot start, until there is space again', async () => {
    const server = await Server.start({ dataDir });
    for (let next = 0; next < 200; next += 8) {
      await Promise.all(Array.from({ length: 8 }, (_none, index) => give(server, order(next + index))));
    }
    await caughtUp(server);
    disk.leave(0);
    expect((await give(server, order(200))).status).toBe(503);
    expect((await server.halt()).code).toBe(0);
    disk.leave(0);
    const again = await refusedStart(dataDir);
    expect(again).toMatchObject({ code: 1, output: expect.stringContaining(dataDir) });
    expect(again.output).not.toMatch(/\n\s+at /);
    process.stdout.write(`disk: a server on a full one says: ${again.output.trim()}\n`);
    disk.clear();
    expect(await cli(dataDir, 'verify')).toMatchObject({ code: 0 });
    const served = await Server.start({ dataDir });
    expect((await give(served, order(0))).status).toBe(200);
    expect((await give(served, order(200))).status).toBe(201);
    await served.halt();
  }, 60_000);

  it('ends an import with a line that says why; accepted rows stay, and it can be repeated', async () => {
    const rows = 6_000;
    const file = at('many.csv');
    writeFileSync(file, householdsOnly(rows));
    disk.leave(2_500_000);
    const full = await cli(dataDir, 'import', 'households', file);
    expect(full).toMatchObject({ code: 2, stderr: expect.stringContaining(dataDir) });
    expect(full.stderr).not.toMatch(/\n\s+at /);
    process.stdout.write(`disk: an import says: ${full.stderr.trim().split('\n').at(-1)}\n`);
    const stillFull = await cli(dataDir, 'import', 'households', file);
    expect(stillFull.code).toBe(2);

    disk.clear();
    const kept = (await wholeLog(dataDir)).filter(({ stream }) =>
      stream.startsWith('household-many-'),
    ).length;
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(rows);
    const again = await cli(dataDir, 'import', 'households', file);
    expect(again).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`accepted ${rows - kept}, unchanged ${kept}, refused 0`),
    });
    const { code, stdout } = await cli(dataDir, 'verify');
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('All the same.') });
    expect(stdout).not.toContain('later facts');
  }, 60_000);
});

describeOnDisk('a data folder that is read-only', () => {
  let disk: SmallDisk;
  let dataDir: string;

  beforeEach(() => {
    disk = SmallDisk.mount(12);
    dataDir = join(disk.path, 'data');
    cpSync(at('sound'), dataDir, { recursive: true });
  });
  afterEach(() => disk.unmount());

  it.each(['as its last owner left it', 'with the -wal and -shm of one that was killed'])(
    'is named by whatever would write: %s',
    async (state) => {
      if (state.includes('killed')) await (await Server.start({ dataDir })).kill();
      disk.protect();
      const server = await refusedStart(dataDir);
      expect(server).toMatchObject({ code: 1, output: expect.stringContaining(dataDir) });
      expect(server.output).not.toMatch(/\n\s+at /);
      for (const args of [['import', 'units', at('units.csv')], ['rebuild'], ['parked', 'retry']]) {
        const run = await cli(dataDir, ...args);
        expect({ args, ...run }).toMatchObject({ code: 2, stderr: expect.stringContaining(dataDir) });
        expect(run.stderr).not.toMatch(/\n\s+at /);
      }
      for (const args of [['verify'], ['parked', 'list']]) {
        const run = await cli(dataDir, ...args);
        // SQLite reads through an index of the -wal, for which it needs a file: where there is none, it says so.
        if (state.includes('killed')) expect({ args, ...run }).toMatchObject({ code: 0 });
        else {
          expect({ args, ...run }).toMatchObject({ code: 2, stderr: expect.stringContaining(dataDir) });
          expect(run.stderr).toContain('read-only');
        }
      }
    },
    60_000,
  );
});

describe(`a log that is damaged (seed ${SEED})`, () => {
  const logOf = (dataDir: string): string => join(dataDir, LOG_FILE);
  let sound: Told;

  beforeAll(async () => {
    cpSync(at('sound'), at('told'), { recursive: true });
    sound = await toldBy(at('told'));
    expect(
      Object.values(sound.figures).some(({ figure }) => /"poor":\{"households":[1-9]/.test(figure)),
    ).toBe(true);
    expect(Object.values(sound.figures).some(({ parked }) => parked)).toBe(false);
  });

  let copies = 0;
  /** The log alone: the read models are made from it again. Or all, as somebody left it who is gone. */
  function copy(from: string, { logAlone }: { logAlone: boolean }): string {
    const dataDir = at(`copy-${++copies}`);
    cpSync(from, dataDir, { recursive: true });
    if (logAlone)
      for (const end of ['', '-wal', '-shm']) rmSync(join(dataDir, READ_MODELS_FILE + end), { force: true });
    return dataDir;
  }

  function flip(path: string, offset: number): void {
    const bytes = readFileSync(path);
    bytes[offset] = (bytes[offset] ?? 0) ^ (1 << Math.floor(random() * 8));
    writeFileSync(path, bytes);
  }

  type Outcome = 'the same' | 'parked' | 'refused';

  /** @throws where a figure is wrong and nothing says so */
  async function outcomeOf(dataDir: string): Promise<Outcome> {
    let told: Told;
    try {
      told = await toldBy(dataDir);
    } catch (error) {
      // Units that cannot be read are not known: there is no figure at all.
      if (error instanceof Problem && error.refusals[0].code === 'unit.unknown') return 'parked';
      expect(error).toBeInstanceOf(StoreRefused);
      expectAdvice((error as Error).message, dataDir);
      return 'refused';
    }
    let outcome: Outcome = 'the same';
    for (const [question, { figure, parked }] of Object.entries(told.figures)) {
      if (parked) outcome = 'parked';
      else expect({ question, figure }).toEqual({ question, figure: sound.figures[question]?.figure });
    }
    for (const [stream, facts] of Object.entries(sound.streams)) {
      const found = told.streams[stream] ?? [];
      const wrong = facts.filter((fact, at) => fact !== found[at] && found[at] !== 'the checksum is wrong');
      expect({ stream, wrong, count: found.length }).toEqual({ stream, wrong: [], count: facts.length });
    }
    return outcome;
  }

  /** It names the file, and says what to do. */
  function expectAdvice(message: string, dataDir: string): void {
    expect(message).toContain(dataDir);
    expect(message).toMatch(/restore the data folder from a backup|npm run cli -- rebuild/);
  }

  const counts = (outcomes: readonly string[]): string =>
    [...new Set(outcomes)]
      .sort()
      .map((one) => `${one} ${outcomes.filter((other) => other === one).length}`)
      .join(', ');

  it(`in a byte: ${FLIPS} times nothing is told that is not true`, async () => {
    const { size } = statSync(logOf(at('sound')));
    const outcomes: string[] = [];
    const wrong: unknown[] = [];
    for (let flips = 0; flips < FLIPS; flips++) {
      const offset = Math.floor(random() * size);
      const dataDir = copy(at('sound'), { logAlone: flips % 4 > 0 });
      flip(logOf(dataDir), offset);
      try {
        outcomes.push(await outcomeOf(dataDir));
      } catch (error) {
        wrong.push({ offset, error: (error as Error).message });
        outcomes.push('WRONG');
      }
      rmSync(dataDir, { recursive: true });
    }
    process.stdout.write(`disk: ${FLIPS} flipped bytes of ${size}, seed ${SEED}: ${counts(outcomes)}\n`);
    expect(wrong).toEqual([]);
  }, 120_000);

  it.each([1, 100, PAGE, 3 * PAGE, 10 * PAGE, Infinity])(
    'at its end, of which %d bytes are gone',
    async (gone) => {
      for (const logAlone of [true, false]) {
        const dataDir = copy(at('sound'), { logAlone });
        truncateSync(logOf(dataDir), Math.max(0, statSync(logOf(dataDir)).size - gone));
        const outcome = await outcomeOf(dataDir);
        // A part of the last page may be a part of one fact, or of nothing.
        if (gone >= PAGE) expect(outcome).toBe('refused');
      }
    },
  );

  it('in the fact that moves a household: also where it went to, something is missing', async () => {
    const dataDir = copy(at('sound'), { logAlone: true });
    const log = new DatabaseSync(logOf(dataDir));
    log.exec(
      "UPDATE facts SET checksum = checksum + 1 WHERE type = 'HouseholdMoved' AND stream = 'household-h-4'",
    );
    log.close();
    expect(await outcomeOf(dataDir)).toBe('parked');
  });

  describe('in the commits of a server that was killed', () => {
    const wal = (dataDir: string): string => `${logOf(dataDir)}-wal`;

    beforeAll(async () => {
      cpSync(at('sound'), at('killed'), { recursive: true });
      const server = await Server.start({ dataDir: at('killed') });
      for (let count = 0; count < 30; count++) {
        const body = { householdId: `late-${count}`, unit: '24628', registeredOn: '2015-01-01', members: 4 };
        expect((await server.post('/v1/households', body)).status).toBe(201);
      }
      // Its read models know of all of them: they are what tells that something is missing.
      expect((await server.ask('/v1/units/67/rates', { on: '2022-12-31' })).status).toBe(200);
      await server.kill();
      expect(statSync(wal(at('killed'))).size).toBeGreaterThan(30 * PAGE);
      sound = await toldBy(copy(at('killed'), { logAlone: false }));
    }, 60_000);

    it.each(['cut', 'flipped'])(
      '%s at any place: refused, or nothing is missing',
      async (how) => {
        const outcomes: string[] = [];
        for (let times = 0; times < 20; times++) {
          const dataDir = copy(at('killed'), { logAlone: false });
          const offset = Math.floor(random() * statSync(wal(dataDir)).size);
          if (how === 'cut') truncateSync(wal(dataDir), offset);
          else flip(wal(dataDir), offset);
          outcomes.push(await outcomeOf(dataDir));
        }
        process.stdout.write(`disk: 20 times a -wal was ${how}: ${counts(outcomes)}\n`);
        expect(outcomes).toContain('refused');
      },
      60_000,
    );
  });

  describe('as the programs see it', () => {
    const rates = async (server: Server): Promise<readonly Figure[]> => {
      const answers = ['67', '24628', '24611'].map((code) =>
        server.get<{ code?: string; warnings?: { code: string }[]; poor?: object }>(
          `/v1/units/${code}/rates`,
          { on: '2022-12-31' },
        ),
      );
      return (await Promise.all(answers)).map(({ status, body }) => ({
        figure: `${status} ${JSON.stringify(body.poor)}`,
        // Where facts about units are damaged, nobody says that there is no such unit.
        parked:
          (status === 503 && body.code === 'answer.registry-parked') ||
          (body.warnings ?? []).some(({ code }) => code === 'answer.parked'),
      }));
    };

    it('ten times: the server, verify and the list of what is parked refuse, or tell of it, or are right', async () => {
      const first = await Server.start({ dataDir: copy(at('sound'), { logAlone: false }) });
      const right = await rates(first);
      await first.halt();
      const seen: string[] = [];
      for (let times = 0; times < 10; times++) {
        const dataDir = copy(at('sound'), { logAlone: false });
        flip(logOf(dataDir), Math.floor(random() * statSync(logOf(dataDir)).size));
        const verify = await cli(dataDir, 'verify');
        for (const end of ['', '-wal', '-shm'])
          rmSync(join(dataDir, READ_MODELS_FILE + end), { force: true });
        const program = await Server.start({ dataDir }).catch((error: Error) => error);
        if (program instanceof Error) {
          expectAdvice(program.message, logOf(dataDir));
          expect(verify.code).toBe(2);
          expectAdvice(verify.stderr, logOf(dataDir));
          seen.push('refused');
          continue;
        }
        const told = await rates(program);
        const parked = await cli(dataDir, 'parked', 'list');
        await program.halt();
        for (const [at, one] of told.entries()) if (!one.parked) expect(one).toEqual(right[at]);
        expect(verify.code).toBe(parked.stdout.includes('Nothing is parked') ? 0 : 1);
        seen.push(verify.code === 0 ? 'the same' : 'parked');
      }
      process.stdout.write(`disk: 10 flipped bytes before servers: ${counts(seen)}\n`);
    }, 60_000);
  });
});
