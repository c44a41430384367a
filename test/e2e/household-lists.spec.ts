import type { Items } from './support/answers';
import { problemOf } from './support/problem';
import type { Query } from './support/server';
import { Server } from './support/server';
import { BEGINNING, World } from './support/world';

const REVIEW_COLUMNS =
  'household_id,unit_code,list_number,kind,standard,channel,effective_on,outcome,area_type,income_score,' +
  'income_per_capita,deprivations,causes,groups,members,village,reason,override_reason,decision_no,' +
  'decision_date,decision_authority';

describe('lists of households', () => {
  let server: Server;
  let world: World;

  beforeAll(async () => {
    server = await Server.start();
    world = new World(server);
  });
  afterAll(() => server.stop());

  const list = async (unit: string, query: Query = {}): Promise<Items> => {
    const { status, body } = await server.ask<Items>(`/v1/units/${unit}/households`, {
      on: '2022-12-31',
      ...query,
    });
    expect({ status, body }).toMatchObject({ status: 200 });
    return body;
  };
  const idsOf = ({ items }: Items): unknown[] => items.map(({ householdId }) => householdId);

  describe('of a unit', () => {
    it('hold who has the status at the end of the day', async () => {
      const { province, communes } = await world.region(2);
      const poor = await world.classified(communes[0] ?? '', 'poor', '2022-12-15', { listNumber: '1' });
      const near = await world.classified(communes[1] ?? '', 'near-poor', '2022-12-15');
      const above = await world.classified(communes[1] ?? '', 'above', '2022-12-15');
      for (const [status, id] of [
        ['poor', poor],
        ['near-poor', near],
        ['above', above],
      ]) {
        expect(idsOf(await list(province, { status }))).toEqual([id]);
      }
      expect(await list(communes[0] ?? '', { status: 'poor' })).toMatchObject({
        unit: { code: communes[0] },
        standard: 'VN-2022',
        items: [{ householdId: poor, listNumber: '1', members: 4 }],
      });
      expect(idsOf(await list(communes[1] ?? '', { status: 'poor' }))).toEqual([]);
    });

    it('agree with the count of the day, whatever has happened since', async () => {
      const { communes } = await world.region(2);
      const [here = '', there = ''] = communes;
      const moved = await world.classified(here, 'poor', '2022-12-15');
      const escaped = await world.classified(here, 'poor', '2022-12-15');
      const ended = await world.classified(here, 'poor', '2022-12-15');
      await world.moved(moved, there, '2023-02-02');
      await world.escaped(escaped, 'above', '2023-04-20');
      await world.dissolved(ended, '2023-06-01');
      const on = async (unit: string, day: string): Promise<unknown[]> =>
        idsOf(await list(unit, { status: 'poor', on: day }));
      expect((await on(here, '2023-02-01')).sort()).toEqual([moved, escaped, ended].sort());
      expect((await on(here, '2023-02-02')).sort()).toEqual([escaped, ended].sort());
      expect(await on(there, '2023-02-02')).toEqual([moved]);
      expect(await on(here, '2023-04-20')).toEqual([ended]);
      expect(await on(here, '2023-06-01')).toEqual([]);
    });

    it('are those of a standard and of a group', async () => {
      const { communes } = await world.region();
      const [commune = ''] = communes;
      const id = await world.classified(commune, 'poor', '2021-12-15', {
        standard: 'VN-2016',
        groups: ['merit'],
      });
      await world.reviewed(id, 'above', '2021-12-15');
      const on = '2021-12-31';
      expect(idsOf(await list(commune, { status: 'poor', on }))).toEqual([id]);
      expect(idsOf(await list(commune, { status: 'poor', on, standard: 'VN-2022' }))).toEqual([]);
      expect(idsOf(await list(commune, { status: 'poor', on, group: 'merit' }))).toEqual([id]);
      expect(idsOf(await list(commune, { status: 'poor', on, group: 'no-labour' }))).toEqual([]);
    });

    it('come in pages, each household once', async () => {
      const { communes } = await world.region();
      const ids: string[] = [];
      for (let count = 0; count < 5; count++)
        ids.push(await world.classified(communes[0] ?? '', 'poor', '2022-12-15'));
      for (const limit of [1, 2, 5, 6]) {
        const seen: unknown[] = [];
        let cursor: string | undefined;
        let pages = 0;
        do {
          const page: Items = await list(communes[0] ?? '', { status: 'poor', limit, cursor });
          expect(page.items.length).toBeLessThanOrEqual(limit);
          seen.push(...idsOf(page));
          cursor = page.nextCursor ?? undefined;
          pages++;
        } while (cursor !== undefined);
        expect(seen.sort()).toEqual([...ids].sort());
        expect(pages).toBe(Math.ceil(5 / limit));
      }
    });

    it.each([
      ['limit', 0],
      ['limit', -1],
      ['limit', 'x'],
      ['limit', 1e9],
      ['cursor', '{"$gt": ""}'],
      ['status', 'rich'],
      ['page', 2],
    ])('refuse %s = %p', async (name, value) => {
      const answer = await server.get('/v1/units/VN/households', { status: 'poor', [name]: value });
      expect(problemOf(answer, 400).errors[0]?.field).toBe(name);
    });
  });

  describe('as a review sheet', () => {
    const sheet = async (unit: string, query: Query = {}) =>
      server.ask<string>(
        `/v1/units/${unit}/households`,
        { on: '2022-12-31', status: 'poor', ...query },
        { accept: 'text/csv' },
      );
    const linesOf = (text: string): string[] =>
      text
        .replace(/^\ufeff/, '')
        .trimEnd()
        .split(/\r?\n/);

    it('have the columns of a reviews file, filled in with what names the household', async () => {
      const { communes } = await world.region();
      const id = await world.classified(communes[0] ?? '', 'poor', '2022-12-15', { listNumber: '12' });
      const answer = await sheet(communes[0] ?? '');
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toMatch(/^text\/csv\b/);
      const [header = '', row = '', ...rest] = linesOf(answer.body);
      expect(rest).toEqual([]);
      const columns = header.split(',');
      expect(columns.filter((column) => column !== 'current_status')).toEqual(REVIEW_COLUMNS.split(','));
      const cells = Object.fromEntries(row.split(',').map((cell, index) => [columns[index] ?? '', cell]));
      const filled = Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== ''));
      expect(filled).toEqual({
        household_id: id,
        unit_code: communes[0],
        list_number: '12',
        current_status: 'poor',
      });
    });

    it('have only the header where nobody is on the list', async () => {
      const { communes } = await world.region();
      expect(linesOf((await sheet(communes[0] ?? '')).body)).toHaveLength(1);
    });

    it('of a province name the commune of each household', async () => {
      const { province, communes } = await world.region(2);
      for (const commune of communes) await world.classified(commune, 'poor', '2022-12-15');
      const rows = linesOf((await sheet(province)).body).slice(1);
      expect(rows.map((row) => row.split(',')[1]).sort()).toEqual([...communes].sort());
    });

    it('name the status that each household has now, not the one of the list asked for before', async () => {
      const { communes } = await world.region();
      await world.classified(communes[0] ?? '', 'near-poor', '2022-12-15');
      const [, row = ''] = linesOf((await sheet(communes[0] ?? '', { status: 'near-poor' })).body);
      expect(row.split(',')).toContain('near-poor');
    });
  });

  describe('by list number', () => {
    const bearers = async (unit: string, listNumber: string, query: Query = {}): Promise<Items> => {
      const { status, body } = await server.ask<Items>('/v1/households', {
        unit,
        listNumber,
        on: '2022-12-31',
        ...query,
      });
      expect({ status, body }).toMatchObject({ status: 200 });
      return body;
    };

    it('hold who bears the number in the unit on the day', async () => {
      const { district, communes } = await world.region(2);
      const [one = '', two = ''] = communes;
      const id = await world.household(one, { listNumber: '7' });
      const other = await world.household(two, { listNumber: '7' });
      await world.household(one, { listNumber: '8' });
      expect(idsOf(await bearers(one, '7'))).toEqual([id]);
      expect(idsOf(await bearers(`${one}@${BEGINNING}`, '7'))).toEqual([id]);
      expect(idsOf(await bearers(two, '7'))).toEqual([other]);
      expect(idsOf(await bearers(district, '7')).sort()).toEqual([id, other].sort());
      expect(idsOf(await bearers(one, '9'))).toEqual([]);
    });

    it('hold all of those that share one, since a number is no key', async () => {
      const { communes } = await world.region();
      const ids = [
        await world.household(communes[0] ?? '', { listNumber: '7' }),
        await world.household(communes[0] ?? '', { listNumber: '7' }),
      ];
      expect(idsOf(await bearers(communes[0] ?? '', '7')).sort()).toEqual(ids.sort());
    });

    it('hold nobody before the registration or after the end', async () => {
      const { communes } = await world.region();
      const [commune = ''] = communes;
      const id = await world.household(commune, { listNumber: '7', registeredOn: '2020-05-05' });
      await world.dissolved(id, '2023-08-01');
      const on = async (day: string): Promise<unknown[]> => idsOf(await bearers(commune, '7', { on: day }));
      expect(await on('2020-05-04')).toEqual([]);
      expect(await on('2020-05-05')).toEqual([id]);
      expect(await on('2023-07-31')).toEqual([id]);
      expect(await on('2023-08-01')).toEqual([]);
    });

    it('are of a unit that is known', async () => {
      problemOf(await server.ask('/v1/households', { unit: '99999', listNumber: '1' }), 404);
    });

    it.each(['unit', 'listNumber'])('need %s', async (field) => {
      const query: Record<string, string> = { unit: 'VN', listNumber: '1' };
      delete query[field];
      expect(problemOf(await server.get('/v1/households', query), 400).errors[0]?.field).toBe(field);
    });
  });
});
