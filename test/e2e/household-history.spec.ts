import type { Facts, HouseholdOrderAnswer, Timeline } from './support/answers';
import { daysAgo, today } from './support/days';
import { problemOf } from './support/problem';
import type { Query } from './support/server';
import { Server } from './support/server';
import { BEGINNING, World } from './support/world';

type Fields = Readonly<Record<string, unknown>>;

describe('the history of a household', () => {
  let server: Server;
  let world: World;

  beforeAll(async () => {
    server = await Server.start();
    world = new World(server);
  });
  afterAll(() => server.stop());

  const ask = async <Body>(id: string, what = '', query: Query = {}): Promise<Body> => {
    const { status, body } = await server.ask<Body>(`/v1/households/${id}${what}`, query);
    expect({ status, body }).toMatchObject({ status: 200 });
    return body;
  };

  describe('as a timeline', () => {
    it('tells from day to day what it was, where, how it came and how it left', async () => {
      const { communes } = await world.region(2);
      const [here, there] = communes.map((code) => `${code}@${BEGINNING}`);
      const id = await world.classified(communes[0] ?? '', 'poor', '2022-12-15');
      await world.escaped(id, 'near-poor', '2023-06-20');
      await world.escaped(id, 'above', '2024-06-20');
      await world.moved(id, communes[1] ?? '', '2024-08-01');
      await world.flagged(id, '2025-09-20');
      const { spells } = await ask<Timeline>(id, '/timeline');
      expect(spells).toMatchObject([
        {
          status: 'poor',
          from: '2022-12-15',
          to: '2023-06-19',
          unit: here,
          enteredBy: 'newlyArising',
          leftBy: 'escapedToNearPoor',
        },
        {
          status: 'near-poor',
          from: '2023-06-20',
          to: '2024-06-19',
          unit: here,
          enteredBy: 'escapedToNearPoor',
          leftBy: 'escapedAbove',
        },
        {
          status: 'above',
          from: '2024-06-20',
          to: '2024-07-31',
          unit: here,
          enteredBy: 'escapedAbove',
          leftBy: 'otherDecrease',
        },
        {
          status: 'above',
          from: '2024-08-01',
          to: '2025-09-19',
          unit: there,
          enteredBy: 'otherIncrease',
          leftBy: 'rePoor',
        },
        { status: 'poor', from: '2025-09-20', to: null, unit: there, enteredBy: 'rePoor', leftBy: null },
      ]);
      for (const spell of spells) expect(spell.standard).toBe('VN-2022');
    });

    it('names the facts behind each spell', async () => {
      const { communes } = await world.region();
      const id = await world.classified(communes[0] ?? '', 'poor', '2022-12-15');
      await world.reviewed(id, 'poor', '2023-12-15');
      await world.escaped(id, 'above', '2024-06-20');
      const { facts } = await ask<Facts>(id, '/facts');
      const { spells } = await ask<Timeline>(id, '/timeline');
      const behind = spells.map(({ factIds }) =>
        factIds.map((factId) => facts.find((fact) => fact.id === factId)?.effectiveOn),
      );
      expect(behind).toEqual([['2022-12-15', '2023-12-15'], ['2024-06-20']]);
    });

    it('keeps standards apart', async () => {
      const { communes } = await world.region();
      const id = await world.classified(communes[0] ?? '', 'poor', '2020-12-15', { standard: 'VN-2016' });
      await world.reviewed(id, 'above', '2021-12-10', { standard: 'VN-2022' });
      const { spells } = await ask<Timeline>(id, '/timeline');
      expect(spells.map(({ standard, status, from, to }) => [standard, status, from, to])).toEqual(
        expect.arrayContaining([
          ['VN-2016', 'poor', '2020-12-15', null],
          ['VN-2022', 'above', '2021-12-10', null],
        ]),
      );
      const only = await ask<Timeline>(id, '/timeline', { standard: 'VN-2022' });
      expect(only.spells.map(({ standard }) => standard)).toEqual(['VN-2022']);
    });

    it('is that of the day asked for', async () => {
      const { communes } = await world.region();
      const id = await world.classified(communes[0] ?? '', 'poor', '2022-12-15');
      await world.escaped(id, 'above', '2024-06-20');
      const { spells } = await ask<Timeline>(id, '/timeline', { on: '2024-06-19' });
      expect(spells).toMatchObject([{ status: 'poor', from: '2022-12-15', to: null, leftBy: null }]);
      expect((await ask<Timeline>(id, '/timeline', { on: '2022-12-14' })).spells).toEqual([]);
    });

    it('ends with the household', async () => {
      const { communes } = await world.region();
      const id = await world.classified(communes[0] ?? '', 'poor', '2022-12-15');
      await world.dissolved(id, '2023-08-01');
      const { spells } = await ask<Timeline>(id, '/timeline');
      expect(spells).toMatchObject([{ status: 'poor', to: '2023-07-31', leftBy: 'otherDecrease' }]);
    });

    it('is derived anew when a late fact comes', async () => {
      const { communes } = await world.region();
      const id = await world.classified(communes[0] ?? '', 'poor', '2023-12-15');
      await world.reviewed(id, 'poor', '2022-12-15');
      await world.escaped(id, 'above', '2023-03-20');
      const { spells } = await ask<Timeline>(id, '/timeline');
      expect(spells.map(({ status, from, enteredBy }) => [status, from, enteredBy])).toEqual([
        ['poor', '2022-12-15', 'newlyArising'],
        ['above', '2023-03-20', 'escapedAbove'],
        ['poor', '2023-12-15', 'rePoor'],
      ]);
    });
  });

  describe('as facts', () => {
    it('is every fact in order, with who recorded it, when and on what paper', async () => {
      const { communes } = await world.region();
      const [commune = ''] = communes;
      const registered = await server.post<HouseholdOrderAnswer>(
        '/v1/households',
        { unit: commune, registeredOn: '2015-01-01', members: 4 },
        { 'x-actor': 'officer-1' },
      );
      const id = registered.body.householdId;
      const decision = world.decision('2022-12-15', { authority: 'UBND xã Đắk Nia' });
      const review = world.review('poor', '2022-12-15', {
        incomeScore: 120,
        deprivations: [1, 2, 3],
        decision,
      });
      await world.order(id, 'reviews', review, { 'x-actor': 'officer-2' });
      await world.detailed(id, '2021-01-01', { members: 5 });
      const { facts } = await ask<Facts>(id, '/facts');
      expect(facts.map(({ effectiveOn }) => effectiveOn)).toEqual(['2015-01-01', '2022-12-15', '2021-01-01']);
      expect(facts.map(({ recordedBy }) => recordedBy)).toEqual(['officer-1', 'officer-2', 'anonymous']);
      expect(new Set(facts.map(({ id: factId }) => factId)).size).toBe(3);
      expect(facts[1]).toMatchObject({
        decision,
        data: { incomeScore: 120, deprivations: [1, 2, 3], outcome: 'poor' },
      });
      for (const { type, recordedAt } of facts) {
        expect(type).toMatch(/^[A-Z]\w+$/);
        expect(Math.abs(Date.parse(recordedAt) - Date.now())).toBeLessThan(60_000);
      }
    });

    it('holds what the answer to the order said', async () => {
      const { communes } = await world.region();
      const { householdId: id, facts: said } = (
        await server.post<HouseholdOrderAnswer>('/v1/households', {
          unit: communes[0],
          registeredOn: '2015-01-01',
          members: 1,
        })
      ).body;
      const { facts } = await ask<Facts>(id, '/facts');
      expect(facts).toMatchObject(said);
    });

    it('grows by nothing when an order repeats another', async () => {
      const { communes } = await world.region();
      const id = await world.household(communes[0] ?? '');
      const review = world.review('poor', '2022-12-15');
      for (let round = 0; round < 3; round++) await world.tryOrder(id, 'reviews', review);
      await world.tryOrder(id, 'reviews', { ...review, outcome: 'above' });
      expect((await ask<Facts>(id, '/facts')).facts).toHaveLength(2);
    });
  });

  describe('as what it is on the day', () => {
    it('tells where and what', async () => {
      const { communes } = await world.region();
      const id = await world.classified(communes[0] ?? '', 'poor', '2022-12-15', {
        listNumber: '3',
        groups: ['merit'],
      });
      expect(await ask<Fields>(id, '', { on: '2023-01-01' })).toMatchObject({
        householdId: id,
        unit: { code: communes[0] },
        on: '2023-01-01',
        knownOn: today(),
        members: 4,
        groups: ['merit'],
        listNumber: '3',
      });
      expect(JSON.stringify(await ask<Fields>(id, '', { on: '2023-01-01' }))).toContain('poor');
    });

    it('names the unit as it was on the day', async () => {
      const { communes } = await world.region();
      const id = await world.household(communes[0] ?? '');
      await server.post(`/v1/units/${communes[0]}/changes`, { effectiveOn: '2023-01-01', name: 'Tên mới' });
      expect(await ask(id, '', { on: '2022-12-31' })).toMatchObject({
        unit: { name: `Đơn vị ${communes[0]}` },
      });
      expect(await ask(id, '', { on: '2023-01-01' })).toMatchObject({ unit: { name: 'Tên mới' } });
    });

    it('has an ETag', async () => {
      const { communes } = await world.region();
      const id = await world.household(communes[0] ?? '');
      const first = (await server.ask(`/v1/households/${id}`)).headers.get('etag');
      await world.detailed(id, '2023-01-01', { members: 9 });
      const second = (await server.ask(`/v1/households/${id}`)).headers.get('etag');
      expect(first).toMatch(/".+"/);
      expect(second).not.toBe(first);
    });
  });

  it.each(['', '/timeline', '/facts'])('is unknown where nobody knows the household: %s', async (what) => {
    problemOf(await server.ask(`/v1/households/nobody${what}`), 404);
    const { communes } = await world.region();
    const id = await world.household(communes[0] ?? '');
    problemOf(await server.ask(`/v1/households/${id}${what}`, { knownOn: daysAgo(1) }), 404);
  });
});
