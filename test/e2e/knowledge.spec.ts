import type { Facts, Flows, Items, Rates, RePoverty, Series, Timeline } from './support/answers';
import { daysAgo, today } from './support/days';
import { problemOf } from './support/problem';
import type { Query } from './support/server';
import { Server, temporaryFolder } from './support/server';
import { BEGINNING, World } from './support/world';

/**
 * What was true on a day, as it was known on another. The books of these tests were written ten, five and
 * three days ago, by servers whose clock stood on those days.
 */
describe('as known on a day', () => {
  const folder = temporaryFolder();
  let server: Server;
  let province: string;
  let commune: string;
  let known: string;
  let late: string;

  const recording = async (ago: number, orders: (world: World) => Promise<void>): Promise<void> => {
    const past = await Server.start({ dataDir: folder, daysAgo: ago });
    await orders(new World(past));
    expect(await past.halt()).toMatchObject({ code: 0 });
  };

  beforeAll(async () => {
    await recording(10, async (world) => {
      const region = await world.region();
      province = region.province;
      [commune = ''] = region.communes;
      await world.total(commune, '2022-12-31', 100);
      known = await world.classified(commune, 'poor', '2022-12-15');
    });
    await recording(5, async (world) => {
      world.server.position = undefined;
      late = await world.classified(commune, 'poor', '2022-12-15', { listNumber: '5' });
      await world.escaped(known, 'above', '2023-06-20');
      await world.total(commune, '2022-12-31', 80);
    });
    await recording(3, async ({ server: past }) => {
      const change = { effectiveOn: '2022-01-01', name: 'Tên mới' };
      await past.post(`/v1/units/${commune}/changes`, change);
    });
    server = await Server.start({ dataDir: folder });
  });

  afterAll(() => server.stop());

  const ask = async <Body>(path: string, query: Query): Promise<Body> => {
    const { status, body } = await server.ask<Body>(path, query);
    expect({ status, body }).toMatchObject({ status: 200 });
    return body;
  };
  const ratesOn = (on: string, knownOn?: string): Promise<Rates> =>
    ask(`/v1/units/${commune}/rates`, { on, knownOn });

  it('an answer is the one of the facts recorded by then', async () => {
    for (const ago of [10, 7, 6]) {
      expect(await ratesOn('2022-12-31', daysAgo(ago))).toMatchObject({
        knownOn: daysAgo(ago),
        totalHouseholds: { count: 100 },
        poor: { households: 1, persons: 4, rate: 1 },
      });
    }
    for (const knownOn of [daysAgo(5), daysAgo(4), daysAgo(3), daysAgo(1), today(), undefined]) {
      expect(await ratesOn('2022-12-31', knownOn)).toMatchObject({
        totalHouseholds: { count: 80 },
        poor: { households: 2, persons: 8, rate: 2.5 },
      });
    }
  });

  it('an answer says which day of knowledge it is of, also where nothing was recorded since', async () => {
    for (const ago of [4, 2, 1])
      expect((await ratesOn('2022-12-31', daysAgo(ago))).knownOn).toBe(daysAgo(ago));
    expect((await ratesOn('2022-12-31')).knownOn).toBe(today());
  });

  it('a unit has the name that was known', async () => {
    expect((await ratesOn('2022-12-31', daysAgo(4))).unit.name).toBe(`Đơn vị ${commune}`);
    expect((await ratesOn('2022-12-31', daysAgo(3))).unit.name).toBe('Tên mới');
    expect((await ratesOn('2021-12-31')).unit.name).toBe(`Đơn vị ${commune}`);
  });

  it('a unit of which nothing was known answers 404', async () => {
    for (const ref of [commune, province, `${commune}@${BEGINNING}`]) {
      const query = { on: '2022-12-31', knownOn: daysAgo(11) };
      const problem = problemOf(await server.ask(`/v1/units/${ref}/rates`, query), 404);
      expect(problem.code).toBe('unit.unknown-on-that-day');
      expect(problem.detail).toContain(daysAgo(11));
    }
  });

  it('a unit that nobody has known since either is simply unknown', async () => {
    const query = { on: '2022-12-31', knownOn: daysAgo(11) };
    expect(problemOf(await server.ask('/v1/units/99999/rates', query), 404).code).not.toBe(
      'unit.unknown-on-that-day',
    );
  });

  it('the province sums what was known of its communes', async () => {
    const rates = (knownOn: string): Promise<Rates> =>
      ask(`/v1/units/${province}/rates`, { on: '2022-12-31', knownOn });
    expect(await rates(daysAgo(6))).toMatchObject({
      totalHouseholds: { count: 100 },
      poor: { households: 1 },
    });
    expect(await rates(daysAgo(5))).toMatchObject({
      totalHouseholds: { count: 80 },
      poor: { households: 2 },
    });
  });

  it('flows, series, re-poverty and children are those that were known', async () => {
    const path = `/v1/units/${commune}`;
    const range = { from: '2023-01-01', to: '2023-12-31' };
    const [early, now] = [{ ...range, knownOn: daysAgo(6) }, range];
    const flows = async (query: Query) => (await ask<Flows>(`${path}/flows`, query)).poor.households;
    expect(await flows(early)).toMatchObject({ opening: 1, escapedAbove: 0, closing: 1 });
    expect(await flows(now)).toMatchObject({ opening: 2, escapedAbove: 1, closing: 1 });
    const series = async (query: Query): Promise<unknown> =>
      (await ask<Series>(`${path}/rates/series`, { ...query, step: 'year' })).points.map(
        ({ poor }) => poor.households,
      );
    expect(await series({ ...early, from: '2022-12-31' })).toEqual([1, 1]);
    expect(await series({ ...now, from: '2022-12-31' })).toEqual([2, 1]);
    const escaped = async (query: Query) =>
      (await ask<RePoverty>(`${path}/re-poverty`, query)).ofEscaped.denominator;
    expect([await escaped(early), await escaped(now)]).toEqual([0, 1]);
    const children = async (query: Query) =>
      (await ask<{ children: Rates[] }>(`/v1/units/${province}/children/rates`, query)).children[0]?.poor
        .households;
    expect([
      await children({ on: '2022-12-31', knownOn: daysAgo(6) }),
      await children({ on: '2022-12-31' }),
    ]).toEqual([1, 2]);
  });

  it('the declared totals are those that were known', async () => {
    const counts = async (knownOn?: string): Promise<unknown[]> =>
      (await ask<Items>(`/v1/units/${commune}/totals`, { on: '2023-01-01', knownOn })).items.map(
        ({ households }) => households,
      );
    expect(await counts(daysAgo(6))).toEqual([100]);
    expect(await counts()).toContain(80);
  });

  it('lists hold who was known to be on them', async () => {
    const ids = async (knownOn?: string): Promise<unknown[]> => {
      const { items } = await ask<Items>(`/v1/units/${commune}/households`, {
        on: '2022-12-31',
        status: 'poor',
        knownOn,
      });
      return items.map(({ householdId }) => householdId);
    };
    expect(await ids(daysAgo(6))).toEqual([known]);
    expect((await ids()).sort()).toEqual([known, late].sort());
    const bearers = async (knownOn?: string): Promise<number> => {
      const query = { unit: commune, listNumber: '5', on: '2022-12-31', knownOn };
      return (await ask<Items>('/v1/households', query)).items.length;
    };
    expect([await bearers(daysAgo(6)), await bearers(daysAgo(5))]).toEqual([0, 1]);
  });

  it('a household has the timeline and the facts that were known', async () => {
    const timeline = async (knownOn?: string) =>
      (await ask<Timeline>(`/v1/households/${known}/timeline`, { knownOn })).spells;
    expect(await timeline(daysAgo(6))).toMatchObject([{ status: 'poor', to: null }]);
    expect(await timeline()).toMatchObject([
      { status: 'poor', to: '2023-06-19' },
      { status: 'above', to: null },
    ]);
    const facts = async (knownOn?: string) =>
      (await ask<Facts>(`/v1/households/${known}/facts`, { knownOn })).facts;
    expect(await facts(daysAgo(6))).toHaveLength(2);
    expect(await facts()).toHaveLength(3);
    problemOf(await server.ask(`/v1/households/${late}`, { knownOn: daysAgo(6) }), 404);
  });

  it('nothing changes when a clock steps back: what it records is known from the last recorded day on', async () => {
    const before = await ratesOn('2022-12-31', daysAgo(6));
    await server.halt();
    await recording(8, async (world) => {
      await world.classified(commune, 'poor', '2022-12-15');
    });
    server = await Server.start({ dataDir: folder });
    for (const ago of [8, 7, 6])
      expect((await ratesOn('2022-12-31', daysAgo(ago))).poor).toEqual(before.poor);
    expect((await ratesOn('2022-12-31', daysAgo(4))).poor.households).toBe(2);
    expect((await ratesOn('2022-12-31')).poor.households).toBe(3);
  });
});

describe('today', () => {
  it('is the day in Vietnam, where it begins seven hours earlier than in Greenwich', async () => {
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const evening = Date.parse(`${yesterday}T18:30:00Z`);
    const dayInVietnam = new Date(evening + 86_400_000).toISOString().slice(0, 10);
    const dayAfter = new Date(evening + 2 * 86_400_000).toISOString().slice(0, 10);
    const server = await Server.start({ daysAgo: (Date.now() - evening) / 86_400_000 });
    const world = new World(server);
    const [commune = ''] = (await world.region()).communes;
    const id = await world.household(commune);
    expect((await world.tryOrder(id, 'reviews', world.review('poor', dayInVietnam))).status).toBe(201);
    problemOf(await world.tryOrder(id, 'reviews', world.review('poor', dayAfter)), 422);
    const { body } = await server.ask<Rates>(`/v1/units/${commune}/rates`);
    expect(body).toMatchObject({ on: dayInVietnam, knownOn: dayInVietnam, poor: { households: 1 } });
    const query = { on: dayInVietnam, knownOn: yesterday };
    problemOf(await server.ask(`/v1/units/${commune}/rates`, query), 404);
    await server.stop();
  });
});

describe('a position', () => {
  let server: Server;
  let world: World;

  beforeAll(async () => {
    server = await Server.start();
    world = new World(server);
  });
  afterAll(() => server.stop());

  it('of an empty log is one too', async () => {
    const { status, body } = await server.get<Rates>('/v1/units/VN/rates');
    expect(status).toBe(200);
    expect((await server.get('/v1/units/VN/rates', { atLeast: body.position })).status).toBe(200);
  });

  it('of an order just answered, waited for, shows what it did', async () => {
    const [commune = ''] = (await world.region()).communes;
    for (let count = 1; count <= 20; count++) {
      await world.classified(commune, 'poor', '2022-12-15');
      const query = { on: '2022-12-31', atLeast: server.position };
      const { body } = await server.get<Rates>(`/v1/units/${commune}/rates`, query);
      expect(body.poor.households).toBe(count);
      expect(body.position >= (server.position ?? '')).toBe(true);
    }
  });

  it('of an answer may be waited for in any question', async () => {
    const { position } = (await server.ask<Rates>('/v1/units/VN/rates')).body;
    for (const path of ['/v1/units/VN/rates', '/v1/units/VN', '/v1/units']) {
      expect((await server.get(path, { atLeast: position })).status).toBe(200);
    }
  });

  it('that is never reached answers 503 with Retry-After, and the server goes on', async () => {
    const never = (server.position ?? '').replace(/\d/g, '9');
    const answer = await server.get('/v1/units/VN/rates', { atLeast: never });
    problemOf(answer, 503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await server.get('/v1/units/VN/rates')).status).toBe(200);
  });
});
