import type { Items, OrderAnswer, Rates, UnitView } from './support/answers';
import { codesOf } from './support/answers';
import { daysAgo } from './support/days';
import { malformedAt, problemOf, refusedFor } from './support/problem';
import { Server } from './support/server';
import { BEGINNING, World } from './support/world';

interface UnitBody {
  readonly unit: UnitView;
}

describe('units', () => {
  let server: Server;
  let world: World;

  beforeAll(async () => {
    server = await Server.start();
    world = new World(server);
  });
  afterAll(() => server.stop());

  const nameOn = async (unit: string, on: string): Promise<string> =>
    (await server.ask<UnitBody>(`/v1/units/${unit}`, { on })).body.unit.name;

  describe('creating one', () => {
    it('answers 201 with its id, revision, position, fact and ETag', async () => {
      const code = world.freshCode('province');
      const body = { code, name: 'Tỉnh Đắk Nông', level: 'province', validFrom: '2004-01-01' };
      const answer = await server.post<OrderAnswer>('/v1/units', body);
      expect(answer.status).toBe(201);
      expect(answer.headers.get('etag')).toMatch(/^(W\/)?".+"$/);
      expect(answer.body).toMatchObject({
        id: `${code}@2004-01-01`,
        revision: expect.any(Number),
        position: expect.any(String),
        facts: [{ type: expect.any(String), effectiveOn: '2004-01-01' }],
      });
      expect(answer.body).not.toHaveProperty('unchanged');
    });

    it('puts a province without a parent under the country', async () => {
      const code = await world.unit('province');
      const { body } = await server.ask<Items<UnitView>>('/v1/units', { parent: 'VN', on: '2020-01-01' });
      expect(body.items.map((unit) => unit.code)).toContain(code);
    });

    it('puts a commune under its district, or since July 2025 under its province', async () => {
      const { province, district, communes } = await world.region();
      const later = await world.commune(province, { validFrom: '2025-07-01' });
      const below = async (parent: string): Promise<string[]> => {
        const { body } = await server.ask<Items<UnitView>>('/v1/units', { parent, on: '2025-12-31' });
        return body.items.map((unit) => unit.code);
      };
      expect(await below(district)).toEqual(communes);
      expect(await below(province)).toEqual(expect.arrayContaining([district, later]));
    });

    it('lets two units bear one code one after the other', async () => {
      const { district, communes } = await world.region(0);
      expect(communes).toEqual([]);
      const code = await world.commune(district, { name: 'Phường Nghĩa Đức', validTo: '2025-06-30' });
      await world.commune(district, { code, name: 'Phường Bắc Gia Nghĩa', validFrom: '2025-07-01' });
      expect(await nameOn(code, '2025-06-30')).toBe('Phường Nghĩa Đức');
      expect(await nameOn(code, '2025-07-01')).toBe('Phường Bắc Gia Nghĩa');
      expect(await nameOn(`${code}@2025-07-01`, '2026-01-01')).toBe('Phường Bắc Gia Nghĩa');
      expect(await nameOn(`${code}@${BEGINNING}`, '2024-01-01')).toBe('Phường Nghĩa Đức');
    });

    it('refuses a code that another unit bears on one of the days', async () => {
      const { district, communes } = await world.region();
      const body = {
        code: communes[0],
        name: 'Khác',
        level: 'commune',
        parentCode: district,
        validFrom: '2020-01-01',
      };
      problemOf(await server.post('/v1/units', body), 422);
    });

    it('answers the same unit again with 200, unchanged, and what it answered before', async () => {
      const code = world.freshCode('province');
      const body = { code, name: 'Tỉnh', level: 'province', validFrom: BEGINNING };
      const first = await server.post<OrderAnswer>('/v1/units', body);
      const second = await server.post<OrderAnswer>('/v1/units', body);
      expect(second.status).toBe(200);
      expect(second.body).toEqual({ ...first.body, unchanged: true });
    });

    it('refuses the same id with another content', async () => {
      const code = await world.unit('province');
      const body = { code, name: 'Tên khác', level: 'province', validFrom: BEGINNING };
      problemOf(await server.post('/v1/units', body), 422);
    });

    it('refuses an unknown parent with 422 that names the field', async () => {
      const body = { code: '99999', name: 'Xã', level: 'commune', parentCode: '998', validFrom: BEGINNING };
      const problem = problemOf(await server.post('/v1/units', body), 422);
      expect(problem.errors[0]).toMatchObject({ field: 'parentCode', got: '998' });
    });

    it('refuses a parent of the wrong level', async () => {
      const { communes } = await world.region();
      const body = {
        code: '99998',
        name: 'Xã',
        level: 'commune',
        parentCode: communes[0],
        validFrom: BEGINNING,
      };
      expect(problemOf(await server.post('/v1/units', body), 422).errors[0]?.field).toBe('parentCode');
    });

    it.each([
      ['province', '123'],
      ['district', '12'],
      ['commune', '123'],
    ])('refuses a %s with the code %s', async (level, code) => {
      const answer = await server.post('/v1/units', { code, name: 'X', level, validFrom: BEGINNING });
      expect([400, 422]).toContain(answer.status);
      expect(problemOf(answer, answer.status).errors[0]?.field).toBe('code');
    });

    it('refuses a field that it does not know, by name', async () => {
      const body = { code: '98', name: 'X', level: 'province', validFrom: BEGINNING, nam: 'Y' };
      malformedAt(await server.post('/v1/units', body), 'nam');
    });

    it('names every field that is missing', async () => {
      const problem = problemOf(await server.post('/v1/units', {}), 400);
      expect(problem.errors.map(({ field }) => field).sort()).toEqual(['code', 'level', 'name', 'validFrom']);
    });
  });

  describe('changing one', () => {
    it('renames it from a day on, and its id stays', async () => {
      const { communes } = await world.region();
      const [code = ''] = communes;
      const id = `${code}@${BEGINNING}`;
      const change = { effectiveOn: '2025-01-01', name: 'Quận Thuận Hóa', legalBasis: '175/2024/QH15' };
      const answer = await server.post<OrderAnswer>(`/v1/units/${code}/changes`, change);
      expect(answer.status).toBe(201);
      expect(answer.body).toMatchObject({ id, facts: [{ effectiveOn: '2025-01-01' }] });
      expect(await nameOn(code, '2024-12-31')).toBe(`Đơn vị ${code}`);
      expect(await nameOn(code, '2025-01-01')).toBe('Quận Thuận Hóa');
      expect(await nameOn(id, '2026-01-01')).toBe('Quận Thuận Hóa');
    });

    it('shows the unit in every answer as it was on the day', async () => {
      const { communes } = await world.region();
      const [code = ''] = communes;
      await server.post(`/v1/units/${code}/changes`, { effectiveOn: '2023-01-01', name: 'Tên mới' });
      const on = async (day: string): Promise<UnitView> =>
        (await server.ask<Rates>(`/v1/units/${code}/rates`, { on: day })).body.unit;
      expect(await on('2022-12-31')).toMatchObject({
        name: `Đơn vị ${code}`,
        id: `${code}@${BEGINNING}`,
        code,
      });
      expect(await on('2023-01-01')).toMatchObject({
        id: `${code}@${BEGINNING}`,
        name: 'Tên mới',
        level: 'commune',
        validFrom: BEGINNING,
        validTo: null,
      });
    });

    it('gives it another area type from a day on', async () => {
      const { communes } = await world.region();
      const [code = ''] = communes;
      const change = { effectiveOn: '2020-01-01', areaType: 'urban' };
      expect((await server.post(`/v1/units/${code}/changes`, change)).status).toBe(201);
      const on = (day: string) => server.ask(`/v1/units/${code}`, { on: day });
      expect((await on('2019-12-31')).body).toMatchObject({ unit: { areaType: 'rural' } });
      expect((await on('2020-01-01')).body).toMatchObject({ unit: { areaType: 'urban' } });
    });

    it('shows a unit with its dated attributes: each name and the day from which it has it', async () => {
      const { communes } = await world.region();
      const [code = ''] = communes;
      await server.post(`/v1/units/${code}/changes`, { effectiveOn: '2023-05-06', name: 'Xã Tên Mới' });
      const shown = JSON.stringify((await server.ask(`/v1/units/${code}`, { on: '2024-01-01' })).body);
      expect(shown).toContain('Xã Tên Mới');
      expect(shown).toContain(`Đơn vị ${code}`);
      expect(shown).toContain('2023-05-06');
    });

    it('answers the same change again with 200, unchanged', async () => {
      const { communes } = await world.region();
      const change = { effectiveOn: '2021-01-01', name: 'Tên' };
      const first = await server.post<OrderAnswer>(`/v1/units/${communes[0]}/changes`, change);
      const second = await server.post<OrderAnswer>(`/v1/units/${communes[0]}/changes`, change);
      expect(second).toMatchObject({ status: 200, body: { ...first.body, unchanged: true } });
    });

    it('resolves a code as of the day of the change', async () => {
      const { district } = await world.region(0);
      const code = await world.commune(district, { validTo: '2025-06-30' });
      await world.commune(district, { code, validFrom: '2025-07-01' });
      const change = { effectiveOn: '2025-08-01', name: 'Sau' };
      const { body } = await server.post<OrderAnswer>(`/v1/units/${code}/changes`, change);
      expect(body.id).toBe(`${code}@2025-07-01`);
    });

    it('refuses another parent: that is an act of another order', async () => {
      const { communes, district } = await world.region();
      const change = { effectiveOn: '2025-07-01', parentCode: district };
      malformedAt(await server.post(`/v1/units/${communes[0]}/changes`, change), 'parentCode');
    });

    it('answers 404 for a unit that nobody knows', async () => {
      problemOf(await server.post('/v1/units/99990/changes', { effectiveOn: '2025-07-01', name: 'X' }), 404);
    });
  });

  describe('abolishing one', () => {
    it('ends it with the day before, and answers 404 naming its days from then on', async () => {
      const { communes } = await world.region();
      const [code = ''] = communes;
      const end = { effectiveOn: '2025-07-01', abolished: true };
      expect((await server.post(`/v1/units/${code}/changes`, end)).status).toBe(201);
      const before = await server.ask<UnitBody>(`/v1/units/${code}`, { on: '2025-06-30' });
      expect(before.body.unit).toMatchObject({ validFrom: BEGINNING, validTo: '2025-06-30' });
      for (const ref of [code, `${code}@${BEGINNING}`]) {
        for (const route of ['', '/rates', '/totals', '/households']) {
          const problem = problemOf(await server.ask(`/v1/units/${ref}${route}`, { on: '2025-07-01' }), 404);
          expect(problem.detail).toContain(BEGINNING);
          expect(problem.detail).toContain('2025-06-30');
        }
      }
    });

    it('answers the same end of a full id again with 200, unchanged', async () => {
      const { communes } = await world.region();
      const path = `/v1/units/${communes[0]}@${BEGINNING}/changes`;
      const end = { effectiveOn: '2025-07-01', abolished: true };
      const first = await server.post<OrderAnswer>(path, end);
      expect(first.status).toBe(201);
      const again = await server.post(path, end);
      expect(again).toMatchObject({ status: 200, body: { ...first.body, unchanged: true } });
    });

    it('answers a retry by code with the same key as the first time', async () => {
      const { communes } = await world.region();
      const path = `/v1/units/${communes[0]}/changes`;
      const end = { effectiveOn: '2025-07-01', abolished: true };
      const key = { 'idempotency-key': 'end-of-a-commune' };
      const first = await server.post<OrderAnswer>(path, end, key);
      expect(first.status).toBe(201);
      const retry = await server.post(path, end, key);
      expect(retry).toMatchObject({ status: 200, body: { ...first.body, unchanged: true } });
    });

    it('lets the communes of a district that ends belong to the province', async () => {
      const { province, district, communes } = await world.region(2);
      const end = { effectiveOn: '2025-07-01', abolished: true };
      expect((await server.post(`/v1/units/${district}/changes`, end)).status).toBe(201);
      const { body } = await server.ask<Items<UnitView>>('/v1/units', { parent: province, on: '2025-07-01' });
      expect(body.items.map((unit) => unit.code)).toEqual(communes);
    });
  });

  describe('asking for one', () => {
    it('answers 404 naming its days before it began', async () => {
      const { district } = await world.region(0);
      const code = await world.commune(district, { validFrom: '2020-03-01', validTo: '2025-06-30' });
      const { detail } = problemOf(await server.ask(`/v1/units/${code}/rates`, { on: '2020-02-29' }), 404);
      expect(detail).toContain('2020-03-01');
      expect(detail).toContain('2025-06-30');
    });

    it('names the days of every unit that bore the code', async () => {
      const { district } = await world.region(0);
      const code = await world.commune(district, { validTo: '2019-12-31' });
      await world.commune(district, { code, validFrom: '2025-07-01' });
      const { detail } = problemOf(await server.ask(`/v1/units/${code}/rates`, { on: '2022-01-01' }), 404);
      for (const day of [BEGINNING, '2019-12-31', '2025-07-01']) expect(detail).toContain(day);
    });

    it.each(['88888', '88888@2010-01-01', '1', 'Xã', 'vn'])('answers 404 for %s', async (ref) => {
      problemOf(await server.ask(`/v1/units/${encodeURIComponent(ref)}/rates`), 404);
    });

    it('answers 404 for a day of knowledge before it was recorded, and says so', async () => {
      const { communes } = await world.region();
      for (const ref of [communes[0], `${communes[0]}@${BEGINNING}`]) {
        const answer = await server.ask(`/v1/units/${ref}/rates`, { on: '2022-12-31', knownOn: daysAgo(1) });
        expect(problemOf(answer, 404).code).toBe('unit.unknown-on-that-day');
      }
    });

    it('knows the country from the start', async () => {
      const { status, body } = await server.ask<Rates>('/v1/units/VN/rates', {
        on: '2022-12-31',
        knownOn: '2015-01-01',
      });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        unit: { code: 'VN' },
        knownOn: '2015-01-01',
        totalHouseholds: null,
        poor: { households: null, persons: null, rate: null },
      });
    });

    it('lists the units of a level alive on the day', async () => {
      const { district } = await world.region(0);
      const ended = await world.commune(district, { validTo: '2025-06-30' });
      const codesOn = async (on: string): Promise<string[]> => {
        const { body } = await server.ask<Items<UnitView>>('/v1/units', {
          parent: district,
          level: 'commune',
          on,
        });
        return body.items.map(({ code }) => code);
      };
      expect(await codesOn('2025-06-30')).toEqual([ended]);
      expect(await codesOn('2025-07-01')).toEqual([]);
    });

    it('answers 404 for the parts of a unit that nobody knows', async () => {
      problemOf(await server.ask('/v1/units', { parent: '99999' }), 404);
    });

    it('sees a unit in an order as soon as its creation was acknowledged', async () => {
      const { district } = await world.region(0);
      for (let round = 0; round < 5; round++) {
        const commune = await world.commune(district);
        const body = { unit: commune, registeredOn: '2020-01-01', members: 1 };
        expect((await server.post('/v1/households', body)).status).toBe(201);
      }
    });
  });

  it('keeps a personal number out of its names', async () => {
    const body = { code: '97', name: 'Tỉnh 012345678901', level: 'province', validFrom: BEGINNING };
    const problem = refusedFor(await server.post('/v1/units', body), 'text.personal-number', 'name');
    expect(JSON.stringify(problem)).not.toContain('012345678901');
  });

  it('warns of nothing where nothing is unusual', async () => {
    const code = world.freshCode('province');
    const body = { code, name: 'Tỉnh', level: 'province', validFrom: BEGINNING };
    const answer = await server.post<OrderAnswer>('/v1/units', body);
    expect(codesOf(answer.body.warnings ?? [])).toEqual([]);
  });
});
