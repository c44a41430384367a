import type { Items, OrderAnswer, Rates } from './support/answers';
import { codesOf } from './support/answers';
import { tomorrow } from './support/days';
import { malformedAt, problemOf } from './support/problem';
import { Server } from './support/server';
import { BEGINNING, World } from './support/world';

/** The denominator (rule 15): declared totals, the sums over communes, and what is unknown. */
describe('totals of households', () => {
  let server: Server;
  let world: World;

  beforeAll(async () => {
    server = await Server.start();
    world = new World(server);
  });
  afterAll(() => server.stop());

  const ratesOn = async (unit: string, on: string, group?: string): Promise<Rates> =>
    (await server.ask<Rates>(`/v1/units/${unit}/rates`, { on, group })).body;

  describe('declaring one', () => {
    it('answers 201 with the fact on its day', async () => {
      const { communes } = await world.region();
      const body = {
        on: '2023-12-31',
        group: 'all',
        households: 2104,
        persons: 8416,
        source: 'register-2023',
      };
      const answer = await server.post<OrderAnswer>(`/v1/units/${communes[0]}/totals`, body);
      expect(answer.status).toBe(201);
      expect(answer.headers.get('etag')).toMatch(/".+"/);
      expect(answer.body).toMatchObject({ facts: [{ effectiveOn: '2023-12-31' }] });
      const { items } = (await server.ask<Items>(`/v1/units/${communes[0]}/totals`, { on: '2024-01-01' }))
        .body;
      expect(items).toEqual([expect.objectContaining(body)]);
    });

    it('answers the same again with 200, unchanged', async () => {
      const { communes } = await world.region();
      const path = `/v1/units/${communes[0]}/totals`;
      const body = { on: '2023-12-31', group: 'all', households: 5, source: 'register' };
      const first = await server.post<OrderAnswer>(path, body);
      expect(await server.post(path, body)).toMatchObject({
        status: 200,
        body: { ...first.body, unchanged: true },
      });
    });

    it('resolves a code as of its own day', async () => {
      const { district } = await world.region(0);
      const code = await world.commune(district, { validTo: '2025-06-30' });
      await world.commune(district, { code, validFrom: '2025-07-01' });
      await world.total(code, '2024-12-31', 700);
      await world.total(code, '2025-12-31', 900);
      expect((await ratesOn(code, '2025-06-30')).totalHouseholds).toMatchObject({ count: 700 });
      expect((await ratesOn(`${code}@2025-07-01`, '2025-12-31')).totalHouseholds).toMatchObject({
        count: 900,
      });
      expect((await ratesOn(code, '2025-12-30')).totalHouseholds).toBeNull();
    });

    it('may be of the country itself', async () => {
      await world.total('VN', '2012-12-31', 22_000_000, { source: 'statistics-office' });
      expect((await ratesOn('VN', '2013-06-30')).totalHouseholds).toMatchObject({
        count: 22_000_000,
        basis: 'declared',
      });
    });

    it.each(['on', 'group', 'households', 'source'])('needs %s', async (field) => {
      const body: Record<string, unknown> = { on: '2023-12-31', group: 'all', households: 5, source: 'x' };
      delete body[field];
      malformedAt(await server.post('/v1/units/VN/totals', body), field);
    });

    it.each([-1, 1.5, '12', null, 2 ** 53])('refuses %p households', async (households) => {
      const body = { on: '2023-12-31', group: 'all', households, source: 'x' };
      malformedAt(await server.post('/v1/units/VN/totals', body), 'households');
    });

    it('refuses a group that it does not know', async () => {
      const body = { on: '2023-12-31', group: 'poor', households: 1, source: 'x' };
      const answer = await server.post('/v1/units/VN/totals', body);
      expect([400, 422]).toContain(answer.status);
      expect(problemOf(answer, answer.status).errors[0]?.field).toBe('group');
    });

    it('refuses a day in the future', async () => {
      const body = { on: tomorrow(), group: 'all', households: 1, source: 'x' };
      expect(problemOf(await server.post('/v1/units/VN/totals', body), 422).errors[0]?.field).toBe('on');
    });

    it('answers 404 for a unit that nobody knows, and for one that was not there on the day', async () => {
      const body = { on: '2005-12-31', group: 'all', households: 1, source: 'x' };
      problemOf(await server.post('/v1/units/77777/totals', body), 404);
      const { communes } = await world.region();
      const { detail } = problemOf(await server.post(`/v1/units/${communes[0]}/totals`, body), 404);
      expect(detail).toContain(BEGINNING);
    });
  });

  describe('as denominator', () => {
    it('is the last declaration up to the day', async () => {
      const { communes } = await world.region();
      const [commune = ''] = communes;
      await world.total(commune, '2022-12-31', 400, { source: 'a' });
      await world.total(commune, '2023-12-31', 500, { source: 'b' });
      expect((await ratesOn(commune, '2022-12-30')).totalHouseholds).toBeNull();
      const first = { count: 400, on: '2022-12-31', source: 'a', basis: 'declared' };
      expect((await ratesOn(commune, '2022-12-31')).totalHouseholds).toMatchObject(first);
      expect((await ratesOn(commune, '2023-12-30')).totalHouseholds).toMatchObject(first);
      expect((await ratesOn(commune, '2023-12-31')).totalHouseholds).toMatchObject({
        count: 500,
        source: 'b',
      });
    });

    it('is superseded by a later declaration for the same unit, day and group', async () => {
      const { communes } = await world.region();
      const [commune = ''] = communes;
      await world.total(commune, '2022-12-31', 400);
      await world.total(commune, '2022-12-31', 390);
      await world.total(commune, '2022-12-31', 90, { group: 'merit' });
      expect((await ratesOn(commune, '2023-01-01')).totalHouseholds).toMatchObject({ count: 390 });
      // A declaration for an earlier day that arrives later takes nothing over.
      await world.total(commune, '2021-12-31', 300);
      expect((await ratesOn(commune, '2023-01-01')).totalHouseholds).toMatchObject({ count: 390 });
    });

    it('takes a superseded figure up again when it is declared again', async () => {
      const { communes } = await world.region();
      const [commune = ''] = communes;
      for (const count of [400, 390, 400]) await world.total(commune, '2022-12-31', count);
      expect((await ratesOn(commune, '2023-01-01')).totalHouseholds).toMatchObject({ count: 400 });
    });

    it('belongs to a group, and is unknown for every other', async () => {
      const { communes } = await world.region();
      const [commune = ''] = communes;
      await world.classified(commune, 'poor', '2022-12-15', { groups: ['ethnic-minority'] });
      await world.total(commune, '2022-12-31', 50, { group: 'ethnic-minority' });
      const minority = await ratesOn(commune, '2022-12-31', 'ethnic-minority');
      expect(minority).toMatchObject({
        group: 'ethnic-minority',
        totalHouseholds: { count: 50 },
        poor: { rate: 2 },
      });
      const all = await ratesOn(commune, '2022-12-31');
      expect(all).toMatchObject({ group: 'all', totalHouseholds: null, poor: { households: 1, rate: null } });
    });

    it('is unknown where none is declared: the counts stay, the rates are null', async () => {
      const { communes } = await world.region();
      await world.classified(communes[0] ?? '', 'poor', '2022-12-15');
      const rates = await ratesOn(communes[0] ?? '', '2022-12-31');
      expect(rates).toMatchObject({
        totalHouseholds: null,
        poor: { households: 1, persons: 4, rate: null },
        nearPoor: { households: 0, persons: 0, rate: null },
        multidimensionallyPoor: { households: 1, persons: 4, rate: null },
      });
    });

    it('makes zero poor a rate of 0', async () => {
      const { communes } = await world.region();
      await world.classified(communes[0] ?? '', 'above', '2022-12-15');
      await world.total(communes[0] ?? '', '2022-12-31', 120);
      expect(await ratesOn(communes[0] ?? '', '2022-12-31')).toMatchObject({
        poor: { households: 0, persons: 0, rate: 0 },
        nearPoor: { households: 0, persons: 0, rate: 0 },
        multidimensionallyPoor: { households: 0, persons: 0, rate: 0 },
      });
    });

    it('never divides by zero', async () => {
      const { communes } = await world.region();
      await world.classified(communes[0] ?? '', 'above', '2022-12-15');
      await world.total(communes[0] ?? '', '2022-12-31', 0);
      const { poor } = await ratesOn(communes[0] ?? '', '2022-12-31');
      expect(poor).toMatchObject({ households: 0, rate: null });
    });

    it('rounds halves up where binary fractions would not', async () => {
      const { communes } = await world.region();
      const [commune = ''] = communes;
      const rateWith = async (poor: number, on: string, total: number): Promise<number | null> => {
        for (let count = 0; count < poor; count++) await world.classified(commune, 'poor', '2022-03-15');
        await world.total(commune, on, total);
        return (await ratesOn(commune, on)).poor.rate;
      };
      expect(await rateWith(23, '2022-06-30', 160)).toBe(14.38);
      expect(await rateWith(29 - 23, '2022-12-31', 800)).toBe(3.63);
    });

    it.each([
      [160, 0.63],
      [800, 0.13],
      [32, 3.13],
      [3, 33.33],
      [1000, 0.1],
      [1600, 0.06],
      [20000, 0.01],
      [20001, 0],
    ])('rounds 1 of %i half up to %d per cent', async (count, rate) => {
      const { communes } = await world.region();
      await world.classified(communes[0] ?? '', 'poor', '2022-12-15');
      await world.total(communes[0] ?? '', '2022-12-31', count);
      expect((await ratesOn(communes[0] ?? '', '2022-12-31')).poor.rate).toBe(rate);
    });
  });

  describe('summed over communes', () => {
    it('counts when every commune alive on the day has one, dated with the oldest', async () => {
      const { province, district, communes } = await world.region(2);
      const [one = '', two = ''] = communes;
      await world.total(one, '2022-10-01', 300);
      await world.total(two, '2022-12-31', 200);
      for (const unit of [province, district]) {
        expect((await ratesOn(unit, '2022-12-31')).totalHouseholds).toMatchObject({
          count: 500,
          on: '2022-10-01',
          source: 'register',
          basis: 'summed',
        });
        expect((await ratesOn(unit, '2022-12-30')).totalHouseholds).toBeNull();
      }
    });

    it('has a mixed source when the parts do not agree', async () => {
      const { province, communes } = await world.region(2);
      await world.total(communes[0] ?? '', '2022-12-31', 300, { source: 'a' });
      await world.total(communes[1] ?? '', '2022-12-31', 200, { source: 'b' });
      expect((await ratesOn(province, '2022-12-31')).totalHouseholds).toMatchObject({
        count: 500,
        source: 'mixed',
      });
    });

    it('is unknown while a commune misses, with how many miss', async () => {
      const { province, communes } = await world.region(3);
      await world.total(communes[0] ?? '', '2022-12-31', 300);
      await world.classified(communes[0] ?? '', 'poor', '2022-12-15');
      const { totalHouseholds, poor, warnings } = await ratesOn(province, '2022-12-31');
      expect(totalHouseholds).toBeNull();
      expect(poor).toMatchObject({ households: 1, rate: null });
      expect(warnings.map(({ message }) => message).join(' ')).toMatch(/\b2\b/);
    });

    it('asks only for communes alive on the day', async () => {
      const { province, district, communes } = await world.region();
      await world.commune(district, { validTo: '2020-12-31' });
      await world.commune(district, { validFrom: '2025-07-01' });
      await world.total(communes[0] ?? '', '2022-12-31', 300);
      expect((await ratesOn(province, '2022-12-31')).totalHouseholds).toMatchObject({
        count: 300,
        basis: 'summed',
      });
      expect((await ratesOn(province, '2025-07-01')).totalHouseholds).toBeNull();
    });

    it("gives way to the unit's own declaration, and says so when they differ", async () => {
      const { province, communes } = await world.region(2);
      await world.total(communes[0] ?? '', '2022-12-31', 300);
      await world.total(communes[1] ?? '', '2022-12-31', 200);
      await world.total(province, '2022-12-31', 490, { source: 'statistics-office' });
      const { totalHouseholds, warnings } = await ratesOn(province, '2022-12-31');
      expect(totalHouseholds).toMatchObject({ count: 490, source: 'statistics-office', basis: 'declared' });
      const said = warnings.map(({ message }) => message).join(' ');
      expect(said).toMatch(/490/);
      expect(said).toMatch(/500/);
    });

    it("takes the place of the unit's own declaration once every part is younger", async () => {
      const { province, communes } = await world.region(2);
      await world.total(province, '2021-12-31', 490);
      await world.total(communes[0] ?? '', '2022-06-30', 300);
      expect((await ratesOn(province, '2022-12-31')).totalHouseholds).toMatchObject({ count: 490 });
      await world.total(communes[1] ?? '', '2021-12-30', 200);
      expect((await ratesOn(province, '2022-12-31')).totalHouseholds).toMatchObject({ count: 490 });
      await world.total(communes[1] ?? '', '2022-12-31', 210);
      expect((await ratesOn(province, '2022-12-31')).totalHouseholds).toMatchObject({
        count: 510,
        basis: 'summed',
      });
    });

    it('says nothing of a difference where there is none', async () => {
      const { province, communes } = await world.region();
      await world.total(communes[0] ?? '', '2022-12-31', 300);
      await world.total(province, '2022-12-31', 300);
      expect((await ratesOn(province, '2022-12-31')).warnings).toEqual([]);
    });
  });

  it('is old after a year, and the answer says so', async () => {
    const { communes } = await world.region();
    await world.total(communes[0] ?? '', '2022-12-31', 300);
    expect(codesOf((await ratesOn(communes[0] ?? '', '2023-12-31')).warnings)).not.toContain('total.old');
    const older = await ratesOn(communes[0] ?? '', '2024-01-01');
    expect(codesOf(older.warnings)).toContain('total.old');
    expect(older.totalHouseholds).toMatchObject({ count: 300, on: '2022-12-31' });
  });
});
