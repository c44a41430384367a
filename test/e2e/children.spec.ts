import type { Children, ChildrenFlows, Rates } from './support/answers';
import { problemOf } from './support/problem';
import { Server } from './support/server';
import { World } from './support/world';

describe('the units below a unit', () => {
  let server: Server;
  let world: World;

  beforeAll(async () => {
    server = await Server.start();
    world = new World(server);
  });
  afterAll(() => server.stop());

  const childrenOf = async (unit: string, on: string) =>
    (await server.ask<Children<Rates> & Rates>(`/v1/units/${unit}/children/rates`, { on })).body;

  describe('their rates', () => {
    it('stand beside those of the unit, each as when asked alone', async () => {
      const { district, communes } = await world.region(2);
      const [one = '', two = ''] = communes;
      await world.classified(one, 'poor', '2022-12-15');
      await world.classified(two, 'near-poor', '2022-12-15');
      await world.total(one, '2022-12-31', 50);
      await world.total(two, '2022-12-31', 100);
      const answer = await childrenOf(district, '2022-12-31');
      expect(answer).toMatchObject({ unit: { code: district }, on: '2022-12-31', standard: 'VN-2022' });
      expect(answer.children.map(({ unit }) => unit.code)).toEqual(communes);
      for (const child of answer.children) {
        const alone = await server.ask<Rates>(`/v1/units/${child.unit.code}/rates`, { on: '2022-12-31' });
        expect(child).toEqual(alone.body);
      }
      expect(answer.children[0]?.poor).toEqual({ households: 1, persons: 4, rate: 2 });
    });

    it('tell what does not add up', async () => {
      const { district, communes } = await world.region(2);
      await world.total(communes[0] ?? '', '2022-12-31', 50);
      await world.total(communes[1] ?? '', '2022-12-31', 100);
      const fine = await childrenOf(district, '2022-12-31');
      expect(fine).toMatchObject({ doesNotAddUp: [] });
      await world.total(district, '2022-12-31', 160);
      const { doesNotAddUp } = (await childrenOf(district, '2022-12-31')) as unknown as {
        doesNotAddUp: unknown;
      };
      expect(JSON.stringify(doesNotAddUp)).toMatch(/160.*150|150.*160/);
    });

    it('are of the units that were below on the day', async () => {
      const { province, district, communes } = await world.region(2);
      const end = { effectiveOn: '2025-07-01', abolished: true };
      expect((await server.post(`/v1/units/${district}/changes`, end)).status).toBe(201);
      const codes = async (on: string): Promise<string[]> =>
        (await childrenOf(province, on)).children.map(({ unit }) => unit.code);
      expect(await codes('2025-06-30')).toEqual([district]);
      expect(await codes('2025-07-01')).toEqual(communes);
    });

    it('are none below a commune', async () => {
      const { communes } = await world.region();
      expect((await childrenOf(communes[0] ?? '', '2022-12-31')).children).toEqual([]);
    });
  });

  describe('their flows', () => {
    const flowsOf = async (unit: string, query = { from: '2023-01-01', to: '2023-12-31' }) =>
      (await server.ask<ChildrenFlows>(`/v1/units/${unit}/children/flows`, query)).body;

    it('add up to those of the unit, but for the moves inside it', async () => {
      const { province, district, communes } = await world.region(3);
      const [one = '', two = '', three = ''] = communes;
      const [other = ''] = (await world.region()).communes;
      const mover = await world.classified(one, 'poor', '2022-12-15', { members: 2 });
      const leaver = await world.classified(one, 'poor', '2022-12-15', { members: 3 });
      const near = await world.classified(two, 'near-poor', '2022-12-15', { members: 5 });
      await world.moved(mover, two, '2023-03-02', { members: 3 });
      await world.moved(mover, three, '2023-09-02');
      await world.moved(leaver, other, '2023-04-02');
      await world.moved(near, one, '2023-05-02');
      await world.classified(three, 'poor', '2023-10-15', { members: 7 });
      const { children, parent, movedInside } = await flowsOf(district);
      expect(children.map(({ unit }) => unit.code)).toEqual(communes);
      expect(parent.unit.code).toBe(district);
      expect(movedInside).toMatchObject({ poor: { households: 2 }, nearPoor: { households: 1, persons: 5 } });
      expect(parent.poor.households).toMatchObject({
        opening: 2,
        otherDecrease: 1,
        otherIncrease: 0,
        closing: 2,
      });
      for (const list of ['poor', 'nearPoor'] as const) {
        const inside = movedInside[list] as { households: number; persons: number };
        for (const counted of ['households', 'persons'] as const) {
          const sum = (column: string): number =>
            children.reduce((total, child) => total + (child[list][counted][column] ?? 0), 0);
          for (const [column, whole] of Object.entries(parent[list][counted])) {
            const moved = column.startsWith('other') ? inside[counted] : 0;
            expect([column, sum(column)]).toEqual([column, whole + moved]);
          }
        }
      }
      for (const flows of [parent, ...children]) expect(flows.closes).toBe(true);
      const above = await flowsOf(province);
      expect(above.movedInside).toMatchObject({ poor: { households: 0 }, nearPoor: { households: 0 } });
    });

    it('keep persons in step on both sides when nobody changes in size', async () => {
      const { district, communes } = await world.region(2);
      const id = await world.classified(communes[0] ?? '', 'poor', '2022-12-15', { members: 6 });
      await world.moved(id, communes[1] ?? '', '2023-03-02');
      const { children, parent, movedInside } = await flowsOf(district);
      expect(movedInside).toMatchObject({ poor: { households: 1, persons: 6 } });
      expect(children[0]?.poor.persons).toMatchObject({ otherDecrease: 6, otherIncrease: 0 });
      expect(children[1]?.poor.persons).toMatchObject({ otherDecrease: 0, otherIncrease: 6 });
      expect(parent.poor.persons).toMatchObject({ otherDecrease: 0, otherIncrease: 0, closing: 6 });
    });

    it('show districts that ended inside the range beside what came after them', async () => {
      const { province, district, communes } = await world.region();
      await world.classified(communes[0] ?? '', 'poor', '2022-12-15');
      const end = { effectiveOn: '2025-07-01', abolished: true };
      expect((await server.post(`/v1/units/${district}/changes`, end)).status).toBe(201);
      const { children, parent } = await flowsOf(province, { from: '2025-01-01', to: '2025-12-31' });
      expect(parent.poor.households).toMatchObject({ opening: 1, boundaryIn: 0, boundaryOut: 0, closing: 1 });
      const codes = children.map(({ unit }) => unit.code);
      expect(codes).toEqual(expect.arrayContaining([communes[0]]));
      for (const child of children) expect(child.closes).toBe(true);
    });

    it('need a range', async () => {
      const problem = problemOf(await server.get('/v1/units/VN/children/flows'), 400);
      expect(problem.errors.map(({ field }) => field).sort()).toEqual(['from', 'to']);
    });
  });
});
