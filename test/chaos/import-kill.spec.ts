import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { READ_MODELS_FILE } from '@ledger/embedded';
import type { RecordedFact } from '@ledger/event-sourcing';
import type { CliRun } from '../e2e/support/cli';
import { cli } from '../e2e/support/cli';
import { pause, Server, temporaryFolder } from '../e2e/support/server';
import type { Books } from './import-books';
import { booksOf, householdsOnly, rowsIn, rowsOf, writeOldBooks } from './import-books';
import { Killer, STAGES } from './killer';
import { randomFrom } from './random';
import { verified } from './verified';
import { Victim } from './victim';
import { wholeLog } from './whole-log';

const KILLS = Number(process.env['KILLS'] ?? 200);
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
/** Of the kills, those of a server and of a migration. */
const KILLS_EACH = Math.ceil(KILLS / 10);
const KILLS_BETWEEN_LOOKS = 20;
const LONGEST_MS = 900_000;
/** So far behind, read models are made again at once. */
const MANY_FACTS = 21_000;
const LONGEST_REBUILD_MS = 400;

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const books: Books = booksOf(120);
const smallBooks: Books = booksOf(30);
let control: Streams;

/** What was said, household by household and unit by unit: all of a log but where and when. */
type Streams = Readonly<Record<string, readonly object[]>>;

function streamsOf(facts: readonly RecordedFact[]): Streams {
  const streams: Record<string, object[]> = {};
  for (const { stream, revision, type, data, metadata } of facts) {
    const { commandId, recordedBy, recordedOn } = metadata;
    (streams[stream] ??= []).push({ revision, type, data, commandId, recordedBy, recordedOn });
  }
  return streams;
}

const counted = (rows: number, accepted: number): string =>
  `read ${rows}, accepted ${accepted}, unchanged ${rows - accepted}, refused 0, blank 0`;
const lastLine = ({ stdout }: CliRun): string => stdout.trim().split('\n').at(-1) ?? '';

/** Imports that nobody disturbs, each of which must take all its rows. */
async function imported(dataDir: string, ...files: readonly (keyof Books)[]): Promise<void> {
  for (const kind of files) {
    const run = await cli(dataDir, 'import', kind, at(`${kind}.csv`));
    expect(lastLine(run)).toBe(counted(rowsOf(books[kind]), rowsOf(books[kind])));
  }
}

/** The read models are what the log gives, to its very end; `verify` would not look at what is not in them yet. */
async function expectVerified(dataDir: string, { toTheEnd }: { toTheEnd: boolean }): Promise<void> {
  const { code, stdout, stderr } = await cli(dataDir, 'verify');
  expect({ code, stdout, stderr }).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('All the same.'),
  });
  if (toTheEnd) expect(stdout).not.toContain('later facts');
}

/** Never is a fact gone that was there before. */
class Memory {
  private known: readonly string[] = [];

  async look(dataDir: string): Promise<void> {
    const ids = (await wholeLog(dataDir)).map(({ id }) => id);
    expect(ids.slice(0, this.known.length)).toEqual(this.known);
    expect(new Set(ids).size).toBe(ids.length);
    this.known = ids;
  }
}

/** Kills the same command again and again; then it comes to its end by itself. */
async function killed(
  dataDir: string,
  args: readonly string[],
  kills: number,
  killer: Killer,
): Promise<CliRun> {
  const memory = new Memory();
  const before = killer.count;
  for (let looks = 1; killer.count - before < kills;) {
    const victim = new Victim(dataDir, args);
    await killer.strike(victim, dataDir);
    const run = await victim.end();
    if (run.code !== null) return run;
    if (killer.count - before < looks * KILLS_BETWEEN_LOOKS) continue;
    looks++;
    await expectVerified(dataDir, { toTheEnd: false });
    await memory.look(dataDir);
  }
  const run = await new Victim(dataDir, args).end();
  await memory.look(dataDir);
  return run;
}

function expectDone(run: CliRun, rows: number): void {
  expect({ code: run.code, line: lastLine(run) }).toMatchObject({ code: 0 });
  const [read, accepted, unchanged] = (lastLine(run).match(/\d+/g) ?? []).map(Number);
  expect([read, (accepted ?? 0) + (unchanged ?? 0)]).toEqual([rows, rows]);
}

const killers: Record<string, Killer> = {};
const killerOf = (name: string): Killer =>
  (killers[name] = new Killer(randomFrom(SEED + 7_919 * Object.keys(killers).length)));

describe(`imports killed ${KILLS} times and more (seed ${SEED})`, () => {
  const rows = rowsOf(books.reviews);

  beforeAll(async () => {
    for (const kind of ['units', 'totals', 'households', 'reviews'] as const) {
      writeFileSync(at(`${kind}.csv`), books[kind]);
    }
    await imported(at('prepared'), 'units', 'totals', 'households');
    cpSync(at('prepared'), at('control'), { recursive: true });
    await imported(at('control'), 'reviews');
    control = streamsOf(await wholeLog(at('control')));
  }, LONGEST_MS);

  afterAll(() => {
    for (const [name, killer] of Object.entries(killers)) {
      const stages = STAGES.map((stage) => `${stage} ${killer.kills[stage]}`).join(', ');
      process.stdout.write(`import-kill: ${name}: ${killer.count} SIGKILLs, seed ${SEED}: ${stages}\n`);
    }
    rmSync(folder, { recursive: true, force: true });
  });

  /** Files that came to their end, each in a folder of its own, until there were kills enough. */
  async function filesKilled(name: string, kills: number): Promise<void> {
    const killer = killerOf(name);
    for (let file = 0; killer.count < kills; file++) {
      const dataDir = at(`${name}-${file}`);
      cpSync(at('prepared'), dataDir, { recursive: true });
      const left = kills - killer.count;
      const before = killer.count;
      expectDone(await killed(dataDir, ['import', 'reviews', at('reviews.csv')], left, killer), rows);
      // A file that is through after a few kills would prove little.
      expect(killer.count - before).toBeGreaterThanOrEqual(Math.min(left, KILLS_BETWEEN_LOOKS));
      await expectVerified(dataDir, { toTheEnd: true });
      const again = await cli(dataDir, 'import', 'reviews', at('reviews.csv'));
      expect(lastLine(again)).toBe(counted(rows, 0));
      expect(streamsOf(await wholeLog(dataDir))).toEqual(control);
    }
  }

  it(
    'by the command: each row is in the log once, as if nobody had killed it',
    async () => {
      await Promise.all([
        filesKilled('first folder', Math.ceil(KILLS / 2)),
        filesKilled('second folder', Math.floor(KILLS / 2)),
      ]);
      for (const stage of STAGES) {
        const hits = Object.values(killers).reduce((sum, { kills }) => sum + kills[stage], 0);
        expect({ stage, hits: hits >= Math.floor(KILLS / 25) }).toEqual({ stage, hits: true });
      }
    },
    LONGEST_MS,
  );

  it(
    'through a server that is killed meanwhile: the same',
    async () => {
      const dataDir = at('served');
      cpSync(at('prepared'), dataDir, { recursive: true });
      const killer = killerOf('server');
      const memory = new Memory();
      const send = (server: Server) =>
        server.send<{ accepted: number; unchanged: number }>('POST', '/v1/imports/reviews', {
          headers: { 'content-type': 'text/csv', 'x-actor': 'import' },
          body: books.reviews,
        });
      while (killer.count < KILLS_EACH) {
        const server = await Server.start({ dataDir });
        let running = true;
        const sent = send(server).then(
          (answer) => answer.status,
          () => 'gone',
        );
        void sent.then(() => (running = false));
        const victim = {
          started: true,
          kill: () => server.kill(),
          get running() {
            return running;
          },
        };
        await killer.strike(victim, dataDir);
        expect(await sent).toBe('gone');
      }
      await memory.look(dataDir);
      const server = await Server.start({ dataDir });
      const { status, body } = await send(server);
      expect({ status, body }).toMatchObject({ status: 200, body: { refused: 0 } });
      expect(body.accepted + body.unchanged).toBe(rows);
      expect((await send(server)).body).toMatchObject({ accepted: 0, unchanged: rows });
      await server.halt();
      await memory.look(dataDir);
      expect(streamsOf(await wholeLog(dataDir))).toEqual(control);
      expect(await verified(dataDir)).toEqual([]);
    },
    LONGEST_MS,
  );

  it(
    'of old books: the same',
    async () => {
      writeOldBooks(at('books'), smallBooks);
      const migrate = ['import', '--migrate', at('books')];
      const all = rowsIn(smallBooks);
      expect(lastLine(await cli(at('migrated'), ...migrate))).toBe(counted(all, all));
      const killer = killerOf('migration');
      for (let folders = 0; killer.count < KILLS_EACH; folders++) {
        const dataDir = at(`migrated-${folders}`);
        expectDone(await killed(dataDir, migrate, KILLS_EACH - killer.count, killer), all);
        await expectVerified(dataDir, { toTheEnd: true });
        expect(lastLine(await cli(dataDir, ...migrate))).toBe(counted(all, 0));
        expect(streamsOf(await wholeLog(dataDir))).toEqual(streamsOf(await wholeLog(at('migrated'))));
      }
    },
    LONGEST_MS,
  );

  it(
    'while it makes all read models at once: they are never half made',
    async () => {
      const dataDir = at('bulk');
      const many = at('many.csv');
      writeFileSync(many, householdsOnly(MANY_FACTS));
      await imported(dataDir, 'units');
      expectDone(await cli(dataDir, 'import', 'households', many), MANY_FACTS);
      const random = randomFrom(SEED);
      const totals = ['import', 'totals', at('totals.csv')];
      const halfMade = join(dataDir, `${READ_MODELS_FILE}.rebuild`);
      let kills = 0;
      while (kills < KILLS_EACH / 2) {
        for (const end of ['', '-wal', '-shm'])
          rmSync(join(dataDir, READ_MODELS_FILE + end), { force: true });
        const victim = new Victim(dataDir, totals);
        while (victim.running && !existsSync(halfMade)) await pause(1);
        await pause(random() * LONGEST_REBUILD_MS);
        await victim.kill();
        if (existsSync(halfMade)) kills++;
        else await expectVerified(dataDir, { toTheEnd: true });
      }
      process.stdout.write(`import-kill: all read models: ${kills} SIGKILLs before they were whole\n`);
      expectDone(await cli(dataDir, ...totals), rowsOf(books.totals));
      expect(existsSync(halfMade)).toBe(false);
      await expectVerified(dataDir, { toTheEnd: true });
    },
    LONGEST_MS,
  );
});
