import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { OrderAnswer, Rates } from './support/answers';
import type { CliRun } from './support/cli';
import { daysAgo } from './support/days';
import { pause, Server, temporaryFolder } from './support/server';
import { doubleOf, environmentOf, ON_SERVERS } from './support/stores';
import { accepted } from './support/world';

const MAIN = resolve(__dirname, '../../dist/apps/cli/src/main.js');

const UNITS = `code,name,level,parent_code,area_type,valid_from
67,Tỉnh,province,,,2010-01-01
660,Huyện,district,67,,2010-01-01
24628,Xã,commune,660,rural,2010-01-01
24611,Phường,commune,660,urban,2010-01-01
`;
const HOUSEHOLDS = 'household_id,unit_code,registered_on,members,list_number\n';

describe('imports by the command', () => {
  let folder: string;
  let dataDir: string;

  beforeEach(() => {
    folder = temporaryFolder();
    dataDir = join(folder, 'data');
  });

  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  const start = async (args: readonly string[]): Promise<ChildProcess> =>
    spawn(process.execPath, [MAIN, ...args], {
      env: { PATH: process.env['PATH'], NO_COLOR: '1', ...(await environmentOf(dataDir)) },
      stdio: ['pipe', 'pipe', 'pipe'],
    });

  const ended = async (child: ChildProcess, input = ''): Promise<CliRun> => {
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdin?.on('error', () => undefined).end(input);
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, stdout, stderr };
  };

  const run = async (...args: readonly string[]): Promise<CliRun> => ended(await start(['import', ...args]));

  /** The log as it stands, to tell whether it has changed. */
  const theLog = async (): Promise<unknown> =>
    ON_SERVERS
      ? (await doubleOf(dataDir))?.log.all.map(({ id }) => id)
      : readFileSync(join(dataDir, 'log.sqlite')).toString('base64');

  /** Waits until an import is well under way: so much has been written. */
  const underWay = async (bytes: number, facts: number): Promise<void> => {
    const double = await doubleOf(dataDir);
    const wal = join(dataDir, 'log.sqlite-wal');
    const isUnderWay = (): boolean => {
      if (ON_SERVERS) return double !== undefined && double.log.all.length > facts;
      return existsSync(wal) && readFileSync(wal).length > bytes;
    };
    for (let waited = 0; waited < 1_000 && !isUnderWay(); waited++) await pause(10);
  };

  const lastLine = ({ stdout }: CliRun): string => stdout.trim().split('\n').at(-1) ?? '';

  const households = (count: number, first = 0): string =>
    HOUSEHOLDS +
    Array.from({ length: count }, (_none, at) => `h-${first + at},24628,2015-01-01,4,${first + at}\n`).join(
      '',
    );

  const served = async <Answer>(ask: (server: Server) => Promise<Answer>): Promise<Answer> => {
    const server = await Server.start({ dataDir });
    const answer = await ask(server);
    await server.halt();
    return answer;
  };

  it('go into the data folder, with counts last, refusals by line and column, and a file to mend', async () => {
    expect(await run('units', file('units.csv', UNITS))).toMatchObject({ code: 0 });
    const path = file('books.csv', `${households(3)}h 3,24628,2015-01-01,4,3\nh-4,4628,31/12/2015,4,4\n`);
    const first = await run('households', path);
    expect(first.code).toBe(1);
    expect(lastLine(first)).toBe('read 5, accepted 3, unchanged 0, refused 2, blank 0');
    expect(first.stderr).toMatch(/^5:1 body\.id Give an id/m);
    expect(first.stderr).toMatch(/^6:2 cell\.lost-zero .*04628/m);
    expect(first.stderr).toMatch(/^6:3 cell\.day-format .*2015-12-31/m);

    const refused = `${path}.refused.csv`;
    expect(first.stderr).toContain(refused);
    const text = readFileSync(refused, 'utf8');
    expect(text).toBe(`${HOUSEHOLDS}h 3,24628,2015-01-01,4,3\nh-4,4628,31/12/2015,4,4\n`);
    writeFileSync(refused, text.replace('h 3', 'h-3').replace('4628,31/12/2015', '24628,2015-12-31'));
    // "24628" of the first row holds "4628" as well, but not with that day.
    expect(lastLine(await run('households', refused))).toMatch(/^read 2, accepted 2, /);
    expect(await run('households', path)).toMatchObject({ code: 1 });
    expect(lastLine(await run('households', file('right.csv', households(3))))).toBe(
      'read 3, accepted 0, unchanged 3, refused 0, blank 0',
    );
  });

  it('speak Vietnamese, read the standard input, and put refused rows where they are told to', async () => {
    await run('units', file('units.csv', UNITS));
    const path = join(folder, 'mend.csv');
    const args = ['import', 'households', '-', '--lang', 'vi', '--actor', 'officer-9', '--refused', path];
    const piped = await ended(await start(args), `${households(1)}h 1,24628,2015-01-01,4,1\n`);
    expect(piped.code).toBe(1);
    expect(lastLine(piped)).toBe('read 2, accepted 1, unchanged 0, refused 1, blank 0');
    expect(piped.stderr).toContain('Hãy ghi mã');
    expect(readFileSync(path, 'utf8')).toContain('h 1,24628');
    const facts = await served((server) => server.get<string>('/v1/households/h-0/facts'));
    expect(JSON.stringify(facts.body)).toContain('"recordedBy":"officer-9"');
  });

  it('only try, with --dry-run', async () => {
    await run('units', file('units.csv', UNITS));
    const before = await theLog();
    const path = file('h.csv', households(5));
    const tried = await run('households', path, '--dry-run');
    expect(tried.code).toBe(0);
    expect(lastLine(tried)).toBe('read 5, accepted 5, unchanged 0, refused 0, blank 0');
    expect(await theLog()).toEqual(before);
    expect(lastLine(await run('households', path))).toContain('accepted 5');
  });

  it.each([
    ['a kind that is none', ['people', 'x.csv'], 'units, totals, households, reviews'],
    ['no file', ['units'], 'give one file'],
    ['a file that is not there', ['units', '/nowhere/units.csv'], '/nowhere/units.csv'],
    ['a folder for a file', ['units', '/tmp'], '/tmp'],
    ['an actor that is a personal number', ['units', '-', '--actor', '012345678901'], '--actor'],
    ['a language that nobody speaks here', ['units', '-', '--lang', 'fr'], 'en or vi'],
    ['an address that is none', ['units', '-', '--url', 'nowhere'], '--url nowhere'],
    ['an option that is none', ['units', '-', '--force'], '--force'],
    ['a folder of old books that is none', ['--migrate', '/nowhere'], '/nowhere'],
  ])('end with 2 and a line that says why: %s', async (_what, args, said) => {
    const { code, stderr } = await run(...args);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(said) });
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('end with 2 where the file cannot be read', async () => {
    const { code, stderr } = await run('units', file('u.csv', UNITS.replace('parent_code', 'parent')));
    expect(code).toBe(2);
    expect(stderr).toMatch(/^1:4 file\.unknown-column .*parent/m);
    const far = Buffer.concat([Buffer.from(households(10_000)), Buffer.from([0xff, 0x0a])]);
    writeFileSync(join(folder, 'far.csv'), far);
    const late = await run('households', join(folder, 'far.csv'));
    expect(late).toMatchObject({ code: 2, stderr: expect.stringMatching(/^10002:1 file\.not-utf8 /m) });
    expect(late.stdout).not.toContain('accepted');
  });

  describe('beside a running server', () => {
    it('are sent on to --url, and otherwise told who holds the folder', async () => {
      const server = await Server.start({ dataDir });
      const units = file('units.csv', UNITS);
      if (!ON_SERVERS) {
        const held = await run('units', units);
        expect(held).toMatchObject({ code: 2, stderr: expect.stringMatching(/in use.*server[\s\S]*--url/) });
      }

      expect(await run('units', units, '--url', server.url)).toMatchObject({ code: 0 });
      const path = file('h.csv', `${households(300)}h 300,24628,2015-01-01,4,3\n`);
      const tried = await run('households', path, '--url', server.url, '--dry-run');
      expect(lastLine(tried)).toBe('read 301, accepted 300, unchanged 0, refused 1, blank 0');
      expect((await server.get('/v1/households/h-0')).status).toBe(404);
      const sent = await run('households', path, '--url', `${server.url}/`, '--lang', 'vi');
      expect(sent.code).toBe(1);
      expect(lastLine(sent)).toBe('read 301, accepted 300, unchanged 0, refused 1, blank 0');
      expect(sent.stderr).toMatch(/^302:1 body\.id Hãy ghi mã/m);
      expect(readFileSync(`${path}.refused.csv`, 'utf8')).toBe(`${HOUSEHOLDS}h 300,24628,2015-01-01,4,3\n`);
      expect(lastLine(await run('households', path, '--url', server.url))).toContain('unchanged 300');

      const wrong = await run('units', file('u.csv', 'x\n1\n'), '--url', server.url);
      expect(wrong).toMatchObject({ code: 2, stderr: expect.stringMatching(/^1:1 file\.no-header /m) });
      await server.halt();
      const gone = await run('units', units, '--url', server.url);
      expect(gone).toMatchObject({ code: 2, stderr: expect.stringContaining(server.url) });
    });
  });

  it('are cancelled with Ctrl-C between two rows; the same file again records nothing twice', async () => {
    const count = ON_SERVERS ? 6_000 : 30_000;
    await run('units', file('units.csv', UNITS));
    const path = file('h.csv', households(count));
    const child = await start(['import', 'households', path]);
    const cancelled = ended(child);
    await underWay(500_000, 1_000);
    child.kill('SIGINT');
    const { code, stdout } = await cancelled;
    expect(code).toBe(130);
    expect(stdout).toContain('import the same file again');
    const before = Number(/accepted (\d+)/.exec(stdout)?.[1]);
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(count);

    const again = await run('households', path);
    expect(lastLine(again)).toBe(
      `read ${count}, accepted ${count - before}, unchanged ${before}, refused 0, blank 0`,
    );
  }, 120_000);

  describe('of old books', () => {
    const [FIRST, SECOND, THIRD] = [30, 20, 10].map(daysAgo) as [string, string, string];
    const review = (id: string, recorded: string, on: string, outcome: string, number: string): string =>
      `${id},,VN-2022,periodic,${on},${outcome},rural,${number},${on},UBND xã,${recorded},officer-1\n`;
    const books = (): string => {
      const dir = join(folder, 'books');
      mkdirSync(dir);
      const write = (name: string, text: string): void => writeFileSync(join(dir, name), text);
      const [unitHeader = '', ...units] = UNITS.trim().split('\n');
      write(
        'units-1.csv',
        [`${unitHeader},recorded_on`, ...units.map((unit) => `${unit},${FIRST}`)].join('\n'),
      );
      write(
        'totals.csv',
        `unit_code,on,group,households,source,recorded_on\n24628,2022-12-31,all,10,late,${THIRD}\n24628,2022-12-31,all,8,register,${FIRST}\n`,
      );
      write(
        'households.csv',
        `household_id,unit_code,registered_on,members,list_number,recorded_on\nh-2,24628,2015-01-01,4,2,${SECOND}\nh-1,24628,2015-01-01,4,1,${FIRST}\n`,
      );
      const header =
        'household_id,kind,standard,channel,effective_on,outcome,area_type,decision_no,decision_date,decision_authority,recorded_on,recorded_by\n';
      write(
        'reviews-late.csv',
        header +
          review('h-1', THIRD, '2022-12-15', 'above', '3/QĐ') +
          review('h-2', SECOND, '2022-12-15', 'poor', '2/QĐ'),
      );
      write('reviews-early.csv', header + review('h-1', FIRST, '2022-12-15', 'poor', '1/QĐ'));
      write('notes.txt', 'not a book');
      return dir;
    };

    /** The rates of the commune as known on each day, without what tells the two logs apart. */
    const known = (folderOf: string): Promise<readonly unknown[]> => {
      dataDir = folderOf;
      return served(async (server) =>
        Promise.all(
          [FIRST, SECOND, THIRD].map(async (knownOn) => {
            const query = { on: '2022-12-31', knownOn };
            const { body } = await server.get<Rates>('/v1/units/24628/rates', query);
            const { position: _place, ...told } = body;
            return told;
          }),
        ),
      );
    };

    /** The same facts, entered on the days themselves by servers that believe it is so many days ago. */
    const enteredDayByDay = async (): Promise<string> => {
      const dir = join(folder, 'entered');
      const on = async (ago: number, work: (server: Server) => Promise<void>): Promise<void> => {
        const server = await Server.start({ dataDir: dir, daysAgo: ago });
        await work(server);
        await server.halt();
      };
      const decision = (number: string) => ({ number, date: '2022-12-15', authority: 'UBND xã' });
      const reviewed = async (server: Server, id: string, outcome: string, number: string): Promise<void> => {
        const body = {
          standard: 'VN-2022',
          channel: 'periodic',
          effectiveOn: '2022-12-15',
          areaType: 'rural',
        };
        accepted(
          await server.post<OrderAnswer>(`/v1/households/${id}/reviews`, {
            ...body,
            outcome,
            decision: decision(number),
          }),
        );
      };
      const registered = async (server: Server, householdId: string, listNumber: string): Promise<void> => {
        const body = { householdId, unit: '24628', registeredOn: '2015-01-01', members: 4, listNumber };
        accepted(await server.post<OrderAnswer>('/v1/households', body));
      };
      const total = async (server: Server, households: number, source: string): Promise<void> => {
        const body = { on: '2022-12-31', group: 'all', households, source };
        accepted(await server.post<OrderAnswer>('/v1/units/24628/totals', body));
      };
      await on(30, async (server) => {
        const csv = { method: 'POST', headers: { 'content-type': 'text/csv' }, body: UNITS };
        expect((await server.send('POST', '/v1/imports/units', csv)).status).toBe(200);
        await total(server, 8, 'register');
        await registered(server, 'h-1', '1');
        await reviewed(server, 'h-1', 'poor', '1/QĐ');
      });
      await on(20, async (server) => {
        await registered(server, 'h-2', '2');
        await reviewed(server, 'h-2', 'poor', '2/QĐ');
      });
      await on(10, async (server) => {
        await total(server, 10, 'late');
        await reviewed(server, 'h-1', 'above', '3/QĐ');
      });
      return dir;
    };

    it('become the history that they tell: as known on each day what entering them then would have given', async () => {
      const dir = books();
      const migrated = await run('--migrate', dir);
      expect(migrated.stderr).toContain('Not read: notes.txt');
      expect(lastLine(migrated)).toBe('read 11, accepted 11, unchanged 0, refused 0, blank 0');
      expect(migrated.code).toBe(0);
      const figures = await known(dataDir);
      expect(figures).toMatchObject([
        { poor: { households: 1, rate: 12.5 } },
        { poor: { households: 2, rate: 25 } },
        { poor: { households: 1, rate: 10 } },
      ]);
      expect(figures).toEqual(await known(await enteredDayByDay()));
    }, 120_000);

    it('can be tried first, and repeated when a migration was killed', async () => {
      const dir = books();
      expect(lastLine(await run('--migrate', dir, '--dry-run'))).toContain('accepted 11');
      // What a kill leaves behind: the books up to some day. Here all but the last day.
      const partly = join(folder, 'partly');
      mkdirSync(partly);
      for (const name of [
        'units-1.csv',
        'totals.csv',
        'households.csv',
        'reviews-late.csv',
        'reviews-early.csv',
      ]) {
        const rows = readFileSync(join(dir, name), 'utf8').split('\n');
        writeFileSync(join(partly, name), rows.filter((row) => !row.includes(THIRD)).join('\n'));
      }
      expect(lastLine(await run('--migrate', partly))).toContain('accepted 9');
      expect(lastLine(await run('--migrate', dir))).toBe(
        'read 11, accepted 2, unchanged 9, refused 0, blank 0',
      );
      expect(lastLine(await run('--migrate', dir))).toBe(
        'read 11, accepted 0, unchanged 11, refused 0, blank 0',
      );
    });

    it('can be repeated when it was killed at any moment, and record nothing twice', async () => {
      const dir = join(folder, 'many');
      mkdirSync(dir);
      const [header = '', ...units] = UNITS.trim().split('\n');
      writeFileSync(
        join(dir, 'units.csv'),
        [`${header},recorded_on`, ...units.map((unit) => `${unit},${FIRST}`)].join('\n'),
      );
      const count = ON_SERVERS ? 3_000 : 12_000;
      const rows = Array.from(
        { length: count },
        (_none, at) => `h-${at},24628,2015-01-01,4,${at},${[FIRST, SECOND, THIRD][at % 3]}\n`,
      );
      writeFileSync(join(dir, 'households.csv'), HOUSEHOLDS.replace('\n', ',recorded_on\n') + rows.join(''));
      const child = await start(['import', '--migrate', dir]);
      const killed = ended(child);
      await underWay(2_500_000, 1_500);
      child.kill('SIGKILL');
      expect((await killed).stdout).toBe('');

      const repeated = lastLine(await run('--migrate', dir));
      const [, accepted, unchanged] = /accepted (\d+), unchanged (\d+), refused 0/.exec(repeated) ?? [];
      expect(Number(accepted) + Number(unchanged)).toBe(count + units.length);
      expect(Number(accepted)).toBeGreaterThan(0);
      expect(Number(unchanged)).toBeGreaterThan(units.length);
      expect(lastLine(await run('--migrate', dir))).toContain(
        `accepted 0, unchanged ${count + units.length},`,
      );
    }, 120_000);

    it('take in nothing that is older than the last fact, nor anything of days to come', async () => {
      const dir = books();
      await run('--migrate', dir);
      const more = join(folder, 'more');
      mkdirSync(more);
      writeFileSync(
        join(more, 'households.csv'),
        `household_id,unit_code,registered_on,members,recorded_on\nh-8,24628,2015-01-01,4,${SECOND}\nh-9,24628,2015-01-01,4,${daysAgo(-2)}\nh-1,24628,2015-01-01,4,\n`,
      );
      const { code, stderr, stdout } = await run('--migrate', more);
      expect({ code, stdout: stdout.trim() }).toEqual({
        code: 1,
        stdout: 'read 3, accepted 0, unchanged 0, refused 3, blank 0',
      });
      expect(stderr).toMatch(/^households\.csv:2:5 migration\.recorded-later /m);
      expect(stderr).toMatch(/^households\.csv:3:5 migration\.recorded-in-the-future /m);
      expect(stderr).toMatch(/^households\.csv:4:5 body\.required /m);
    });

    it('name households by the list that the books themselves have filled', async () => {
      const dir = books();
      writeFileSync(
        join(dir, 'reviews-listed.csv'),
        `unit_code,list_number,kind,effective_on,outcome,members,recorded_on
24628,1,details,2016-01-01,,5,${FIRST}
24628,1,move,2016-02-01,24611,,${SECOND}
24628,1,details,2016-03-01,,6,${SECOND}
24628,2,details,2016-03-01,,6,${SECOND}
`,
      );
      const first = await run('--migrate', dir);
      expect(first.stderr).toMatch(/^reviews-listed\.csv:4:2 row\.nobody-listed /m);
      expect(lastLine(first)).toBe('read 15, accepted 14, unchanged 0, refused 1, blank 0');
      expect(lastLine(await run('--migrate', dir))).toBe(
        'read 15, accepted 0, unchanged 14, refused 1, blank 0',
      );
    });

    it('are refused without --migrate, which is named', async () => {
      const { code, stderr } = await run('households', join(books(), 'households.csv'));
      expect(code).toBe(2);
      expect(stderr).toMatch(/^1:6 file\.migration-column .*--migrate/m);
    });
  });
});
