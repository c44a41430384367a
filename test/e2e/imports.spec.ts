import { request } from 'node:http';
import type { Facts, Notice, Rates } from './support/answers';
import { malformedAt, problemOf, refusedFor } from './support/problem';
import type { Answer, Headers, Query } from './support/server';
import { pause, queryString, Server } from './support/server';
import { World } from './support/world';

interface Imported {
  readonly kind: string;
  readonly dryRun: boolean;
  readonly read: number;
  readonly accepted: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly blank: number;
  readonly warnings: Readonly<Record<string, number>>;
  readonly position?: string;
  readonly refusals: readonly (Notice & { line: number; column: number; field: string | null })[];
  readonly refusalsLeftOut: number;
}

const REVIEWS =
  'household_id,unit_code,list_number,kind,standard,channel,effective_on,outcome,area_type,members,decision_no,decision_date,decision_authority\n';

describe('imports over HTTP', () => {
  let server: Server;
  let world: World;
  let commune: string;

  beforeAll(async () => {
    server = await Server.start();
    world = new World(server);
  });

  beforeEach(async () => {
    commune = (await world.region()).communes[0] ?? '';
  });

  afterAll(() => server.stop());

  const post = async (
    kind: string,
    file: string | Uint8Array,
    query: Query = {},
    headers: Headers = {},
  ): Promise<Answer<Imported>> => {
    const init = { headers: { 'content-type': 'text/csv', ...headers }, body: file as RequestInit['body'] };
    const answer = await server.send<Imported>('POST', `/v1/imports/${kind}${queryString(query)}`, init);
    if (answer.status === 200 && answer.body.position !== undefined) server.position = answer.body.position;
    return answer;
  };

  const imported = async (...args: Parameters<typeof post>): Promise<Imported> => {
    const answer = await post(...args);
    expect(answer).toMatchObject({ status: 200 });
    return answer.body;
  };

  const rates = async (on = '2022-12-31'): Promise<Rates> =>
    (await server.ask<Rates>(`/v1/units/${commune}/rates`, { on })).body;

  const households = (count: number): string =>
    'household_id,unit_code,registered_on,members,list_number\n' +
    Array.from({ length: count }, (_none, at) => `${commune}-${at},${commune},2015-01-01,4,${at}\n`).join('');

  const review = (id: string, outcome = 'poor', number = '12/QĐ'): string =>
    `${id},,,,VN-2022,periodic,2022-12-15,${outcome},rural,,${number},2022-12-12,UBND xã\n`;

  it('take units, totals, households and reviews to a rate', async () => {
    const [code = '', other = ''] = [world.freshCode('commune'), world.freshCode('commune')];
    const { district } = await world.region();
    const units = `code;name;level;parent_code;area_type;valid_from\n${code};Xã;commune;${district};rural;2010-01-01\n${other};Xã;commune;${district};rural;2010-01-01\n`;
    expect(await imported('units', units)).toMatchObject({ kind: 'units', read: 2, accepted: 2 });
    commune = code;
    await imported('totals', `unit_code,on,group,households,source\n${code},2022-12-01,all,10,register\n`);
    await imported('households', households(4));
    const file = REVIEWS + review(`${code}-0`) + review(`${code}-1`) + review(`${code}-2`, 'near-poor');
    expect(await imported('reviews', file)).toMatchObject({ read: 3, accepted: 3, refused: 0, refusals: [] });
    expect(await rates()).toMatchObject({
      poor: { households: 2, rate: 20 },
      nearPoor: { households: 1, rate: 10 },
    });
  });

  it('accept what is right and refuse the rest by line and column, in the language of the reader', async () => {
    await imported('households', households(3));
    const file = REVIEWS + review(`${commune}-0`) + review('nobody') + review(`${commune}-1`, 'rich');
    const english = await imported('reviews', file);
    expect(english).toMatchObject({ read: 3, accepted: 1, refused: 2 });
    expect(english.refusals).toMatchObject([
      { line: 3, column: 1, field: 'household_id', code: 'household.unknown' },
      { line: 4, column: 8, field: 'outcome', code: 'body.one-of', got: 'rich' },
    ]);
    const vietnamese = await imported('reviews', file, {}, { 'accept-language': 'vi' });
    expect(vietnamese).toMatchObject({ unchanged: 1, refused: 2 });
    expect(vietnamese.refusals[1]?.message).toContain('Hãy ghi một trong');

    const mended = REVIEWS + review(`${commune}-2`) + review(`${commune}-1`, 'above');
    expect(await imported('reviews', mended)).toMatchObject({ accepted: 2, refused: 0 });
  });

  it('change nothing the second time, whoever sends it', async () => {
    await imported('households', households(20), {}, { 'x-actor': 'officer-1' });
    const file = REVIEWS + Array.from({ length: 20 }, (_none, at) => review(`${commune}-${at}`)).join('');
    const first = await imported('reviews', file, {}, { 'x-actor': 'officer-1' });
    expect(first).toMatchObject({ accepted: 20 });
    expect(first.warnings).toEqual({ 'classification.unchecked': 20 });
    const { position } = await rates();
    for (const actor of ['officer-1', 'officer-2']) {
      expect(await imported('reviews', file, {}, { 'x-actor': actor })).toMatchObject({
        accepted: 0,
        unchanged: 20,
      });
      expect(await imported('households', households(20), {}, { 'x-actor': actor })).toMatchObject({
        unchanged: 20,
      });
    }
    expect((await rates()).position).toBe(position);
    const { body } = await server.ask<Facts>(`/v1/households/${commune}-3/facts`);
    expect(body.facts.map(({ recordedBy }) => recordedBy)).toEqual(['officer-1', 'officer-1']);
  });

  it('keep the last word of A, B, A, and once more change nothing', async () => {
    await imported('households', households(1));
    const details = (members: number): string => `${commune}-0,,,details,,,2023-01-15,,,${members},,,\n`;
    const file = REVIEWS + details(5) + details(5) + details(6) + details(5) + details(5);
    expect(await imported('reviews', file)).toMatchObject({ accepted: 3, unchanged: 2 });
    const members = async (): Promise<unknown> =>
      (await server.ask<{ members: number }>(`/v1/households/${commune}-0`, { on: '2023-02-01' })).body
        .members;
    expect(await members()).toBe(5);
    expect(await imported('reviews', file)).toMatchObject({ accepted: 0, unchanged: 5 });
    expect(await members()).toBe(5);

    const total = (count: number): string => `${commune},2022-12-31,all,${count},register\n`;
    const totals = `unit_code,on,group,households,source\n${total(7)}${total(8)}${total(7)}`;
    expect(await imported('totals', totals)).toMatchObject({ accepted: 3 });
    expect(await imported('totals', totals)).toMatchObject({ accepted: 0, unchanged: 3 });
    expect((await rates()).totalHouseholds).toMatchObject({ count: 7 });
  });

  it('take a review sheet back that was filled in, blank rows and all', async () => {
    await imported('households', households(3));
    const start = [0, 1, 2].map((at) => review(`${commune}-${at}`)).join('');
    await imported('reviews', REVIEWS + start);
    const sheet = await server.ask<string>(
      `/v1/units/${commune}/households`,
      { on: '2022-12-31' },
      { accept: 'text/csv' },
    );
    const [header = '', ...rows] = sheet.body.trim().split('\n');
    expect(rows).toHaveLength(3);
    const columns = header.split(',');
    const filled = (row: string, fields: Readonly<Record<string, string>>): string =>
      row
        .split(',')
        .map((cell, at) => fields[columns[at] ?? ''] ?? cell)
        .join(';');
    const outcome = {
      standard: 'VN-2022',
      channel: 'periodic',
      effective_on: '2023-12-15',
      outcome: 'above',
      area_type: 'rural',
      decision_no: '30/QĐ',
      decision_date: '2023-12-12',
      decision_authority: 'UBND xã',
    };
    const file = [
      columns.join(';'),
      filled(rows[0] ?? '', outcome),
      filled(rows[1] ?? '', {}),
      filled(rows[2] ?? '', {}),
    ];
    expect(await imported('reviews', `\ufeff${file.join('\r\n')}\r\n`)).toMatchObject({
      read: 3,
      accepted: 1,
      blank: 2,
      refused: 0,
    });
    expect((await rates('2023-12-31')).poor.households).toBe(2);
  });

  it('name a household by its list, as it was on the day, moves of the same file included', async () => {
    const away = await world.commune((await world.region()).district);
    await imported('households', households(2));
    const row = (number: number, kind: string, on: string, outcome = '', members = ''): string =>
      `,${commune},${number},${kind},,,${on},${outcome},,${members},,,\n`;
    const file =
      REVIEWS +
      row(1, 'move', '2023-02-01', away) +
      row(1, 'details', '2023-01-31', '', '5') +
      row(1, 'details', '2023-02-02', '', '6') +
      row(0, 'details', '2023-02-02', '', '7');
    const answer = await imported('reviews', file);
    expect(answer).toMatchObject({ accepted: 3, refused: 1 });
    expect(answer.refusals).toMatchObject([{ line: 4, column: 3, code: 'row.nobody-listed' }]);
  });

  it('only try, with dryRun=true', async () => {
    const { position } = await rates();
    const file = `${households(3)}${commune}-0,${commune},2015-01-01,9,0\n`;
    const tried = await imported('households', file, { dryRun: 'true' });
    expect(tried).toMatchObject({ dryRun: true, read: 4, accepted: 3, refused: 1 });
    expect(tried.refusals).toMatchObject([{ line: 5, code: 'household.already-registered' }]);
    expect(tried).not.toHaveProperty('position');
    expect((await rates()).position).toBe(position);
    expect(await imported('households', file)).toMatchObject({ accepted: 3, refused: 1 });
  });

  it('take files far beyond the limit of other bodies, with refusals cut at 10,000', async () => {
    const rows = Array.from({ length: 12_000 }, (_none, at) => `x ${at},${commune},2015-01-01,4,${at}\n`);
    const file = households(500) + rows.join('');
    const answer = await imported('households', file, { dryRun: 'false' });
    expect(answer).toMatchObject({ read: 12_500, accepted: 500, refused: 12_000, refusalsLeftOut: 2_000 });
    expect(answer.refusals).toHaveLength(10_000);
    expect(answer.refusals.at(-1)).toMatchObject({ line: 10_501, code: 'body.id' });
  });

  describe('are refused as a whole', () => {
    it('when a column is unknown, naming it, before any row', async () => {
      const problem = refusedFor(
        await post('households', households(1).replace('members', 'phone')),
        'file.unknown-column',
        'phone',
      );
      expect(problem.errors[0]).toMatchObject({ line: 1, column: 4 });
      expect(problem).not.toHaveProperty('outcome');
      expect((await server.get(`/v1/households/${commune}-0`)).status).toBe(404);
    });

    it('when it is no text in UTF-8', async () => {
      refusedFor(await post('households', Buffer.from(households(1), 'utf16le')), 'file.not-text');
      refusedFor(await post('households', ''), 'file.empty');
    });

    it('when the rest cannot be read: rows before stay and are counted', async () => {
      const problem = refusedFor(
        await post('households', `${households(2)}x,"${commune},2015-01-01,4,9\n`),
        'file.quote-not-closed',
      );
      expect(problem).toMatchObject({ outcome: { read: 2, accepted: 2 }, errors: [{ line: 4 }] });
    });

    it('when it is of no such kind, sent as something else, or asked for wrongly', async () => {
      problemOf(await post('people', households(1)), 404);
      const json = { headers: { 'content-type': 'application/json' }, body: '{}' };
      const media = problemOf(await server.send('POST', '/v1/imports/units', json), 415);
      expect(media.detail).toContain('text/csv');
      problemOf(await server.send('POST', '/v1/imports/units'), 415);
      malformedAt(await post('units', households(1), { dryRun: 'perhaps' }), 'dryRun');
      malformedAt(await post('units', households(1), { dry: 'true' }), 'dry');
      malformedAt(await post('units', households(1), {}, { 'x-actor': '012345678901' }), 'X-Actor');
    });

    it('at any other address', async () => {
      const init = { headers: { 'content-type': 'text/csv' }, body: households(1) };
      problemOf(await server.send('POST', '/v1/households', init), 415);
    });
  });

  /** Sends the beginning of a file and then nothing, until it is told to end. */
  const slowly = (to: Server, beginning: string) => {
    const sending = request(`${to.url}/v1/imports/households`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
    });
    const answer = new Promise<{ status: number; body: string }>((resolve, reject) => {
      sending.on('error', reject);
      sending.on('response', (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => (body += text));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      });
    });
    sending.write(beginning);
    return { answer, sending };
  };

  /** More than the beginning that is looked through before any row is taken. */
  const MANY = 8_000;

  it('end with the client that goes away, and take the same file afterwards', async () => {
    const file = households(MANY);
    const { answer, sending } = slowly(server, `${file}half,${commune},20`);
    answer.catch(() => undefined);
    const last = `/v1/households/${commune}-4000`;
    for (let waited = 0; waited < 200 && (await server.get(last)).status !== 200; waited++) await pause(50);
    sending.destroy();
    await pause(500);
    const again = await imported('households', file);
    expect(again.accepted + again.unchanged).toBe(MANY);
    expect(again.unchanged).toBeGreaterThan(3_000);
    expect((await server.get(`/v1/households/half`)).status).toBe(404);
  }, 60_000);

  it('end when the server is told to stop: 503 with what was done, and it exits in time', async () => {
    const other = await Server.start();
    commune = (await new World(other).region()).communes[0] ?? '';
    const { answer } = slowly(other, households(MANY));
    const last = `/v1/households/${commune}-4000`;
    for (let waited = 0; waited < 200 && (await other.get(last)).status !== 200; waited++) await pause(50);
    const stopping = other.program.signal('SIGTERM');
    const { status, body } = await answer;
    expect(status).toBe(503);
    const { code, outcome } = JSON.parse(body) as { code: string; outcome: Imported };
    expect(code).toBe('import.interrupted');
    expect(outcome.accepted).toBeGreaterThan(4_000);
    expect(await stopping).toEqual({ code: 0, signal: null });

    const restarted = await Server.start({ dataDir: other.dataDir });
    const found = await restarted.get(`/v1/households/${commune}-${outcome.accepted - 1}`);
    expect(found.status).toBe(200);
    await restarted.stop();
  }, 60_000);
});
