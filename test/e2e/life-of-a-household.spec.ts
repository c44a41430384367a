import type { Flows, Items, Rates } from './support/answers';
import { tomorrow } from './support/days';
import { malformedAt, problemOf } from './support/problem';
import { Server } from './support/server';
import { BEGINNING, World } from './support/world';

/** Moves, changes of details, and the end of a household. */
describe('the life of a household', () => {
  let server: Server;
  let world: World;

  beforeAll(async () => {
    server = await Server.start();
    world = new World(server);
  });
  afterAll(() => server.stop());

  const poorOn = async (unit: string, on: string): Promise<Rates['poor']> =>
    (await server.ask<Rates>(`/v1/units/${unit}/rates`, { on })).body.poor;
  const shown = async (id: string, on: string) =>
    (await server.ask<Readonly<Record<string, unknown>>>(`/v1/households/${id}`, { on })).body;

  describe('moving', () => {
    it('takes its status from one commune to the other, and is no movement above them', async () => {
      const { district, communes } = await world.region(2);
      const [here = '', there = ''] = communes;
      const id = await world.classified(here, 'poor', '2022-12-15', { members: 3 });
      const answer = await world.tryOrder(id, 'moves', {
        effectiveOn: '2023-05-02',
        toUnit: there,
        village: 'Buôn 2',
        members: 5,
      });
      expect(answer.status).toBe(201);
      expect(await poorOn(here, '2023-05-01')).toMatchObject({ households: 1, persons: 3 });
      expect(await poorOn(here, '2023-05-02')).toMatchObject({ households: 0, persons: 0 });
      expect(await poorOn(there, '2023-05-02')).toMatchObject({ households: 1, persons: 5 });
      expect(await poorOn(district, '2023-05-02')).toMatchObject({ households: 1, persons: 5 });
      expect(await shown(id, '2023-05-02')).toMatchObject({
        unit: { code: there },
        village: 'Buôn 2',
        members: 5,
      });
      expect(await shown(id, '2023-05-01')).toMatchObject({ unit: { code: here }, members: 3 });
    });

    it('books a status change of the same day in the old place, then the move', async () => {
      const { communes } = await world.region(2);
      const [here = '', there = ''] = communes;
      const id = await world.classified(here, 'poor', '2022-12-15');
      await world.moved(id, there, '2023-06-20');
      await world.escaped(id, 'near-poor', '2023-06-20');
      const range = { from: '2023-01-01', to: '2023-12-31' };
      const flows = async (unit: string): Promise<Flows> =>
        (await server.ask<Flows>(`/v1/units/${unit}/flows`, range)).body;
      expect(await flows(here)).toMatchObject({
        poor: { households: { opening: 1, escapedToNearPoor: 1, otherDecrease: 0, closing: 0 } },
        nearPoor: { households: { becameNearPoorFromPoor: 1, otherDecrease: 1, closing: 0 } },
      });
      expect(await flows(there)).toMatchObject({
        poor: { households: { otherIncrease: 0, closing: 0 } },
        nearPoor: { households: { otherIncrease: 1, closing: 1 } },
      });
    });

    it('to an unknown unit is refused with 422 that names the field', async () => {
      const { communes, province } = await world.region();
      const id = await world.household(communes[0] ?? '');
      for (const toUnit of ['99999', province]) {
        const answer = await world.tryOrder(id, 'moves', { effectiveOn: '2023-05-02', toUnit });
        expect(problemOf(answer, 422).errors[0]).toMatchObject({ field: 'toUnit', got: toUnit });
      }
    });

    it('to a commune that has ended is refused, naming its days', async () => {
      const { district, communes } = await world.region();
      const ended = await world.commune(district, { validTo: '2022-12-31' });
      const id = await world.household(communes[0] ?? '');
      const problem = problemOf(
        await world.tryOrder(id, 'moves', { effectiveOn: '2023-05-02', toUnit: ended }),
        422,
      );
      expect(problem.errors[0]).toMatchObject({
        field: 'toUnit',
        message: expect.stringContaining('2022-12-31'),
      });
      expect((await world.tryOrder(id, 'moves', { effectiveOn: '2022-12-31', toUnit: ended })).status).toBe(
        201,
      );
    });

    it('again is unchanged', async () => {
      const { communes } = await world.region(2);
      const id = await world.household(communes[0] ?? '');
      const move = { effectiveOn: '2023-05-02', toUnit: communes[1] };
      const first = await world.tryOrder(id, 'moves', move);
      const again = await world.tryOrder(id, 'moves', { ...move, toUnit: `${communes[1]}@${BEGINNING}` });
      expect(again).toMatchObject({ status: 200, body: { ...first.body, unchanged: true } });
    });

    it('in the future or before the registration is refused', async () => {
      const { communes } = await world.region(2);
      const id = await world.household(communes[0] ?? '', { registeredOn: '2020-01-01' });
      for (const effectiveOn of [tomorrow(), '2019-12-31']) {
        const answer = await world.tryOrder(id, 'moves', { effectiveOn, toUnit: communes[1] });
        expect(problemOf(answer, 422).errors[0]?.field).toBe('effectiveOn');
      }
    });

    it.each([
      ['toUnit', undefined],
      ['toUnit', 12345],
      ['effectiveOn', undefined],
      ['members', 0],
      ['unit', '10000'],
      ['decision', 'x'],
    ])('refuses %s = %j with 400 that names it', async (field, value) => {
      const { communes } = await world.region(2);
      const id = await world.household(communes[0] ?? '');
      const move = { effectiveOn: '2023-05-02', toUnit: communes[1], [field]: value };
      malformedAt(await world.tryOrder(id, 'moves', move), field);
    });

    it('takes its number on the list no further than the place that gave it', async () => {
      const { communes } = await world.region(2);
      const [here = '', there = ''] = communes;
      const id = await world.household(here, { listNumber: '31' });
      await world.moved(id, there, '2023-05-02');
      const bearers = async (unit: string, on: string): Promise<unknown[]> => {
        const { body } = await server.ask<Items>('/v1/households', { unit, listNumber: '31', on });
        return body.items.map(({ householdId }) => householdId);
      };
      expect(await bearers(here, '2023-05-01')).toEqual([id]);
      expect(await bearers(here, '2023-05-02')).toEqual([]);
      expect(await bearers(there, '2023-05-02')).toEqual([]);
    });
  });

  describe('changing details', () => {
    it('changes what it says and nothing else, and [] is none', async () => {
      const { communes } = await world.region();
      const id = await world.household(communes[0] ?? '', {
        members: 4,
        groups: ['merit'],
        village: 'Thôn 1',
      });
      expect((await world.tryOrder(id, 'details', { effectiveOn: '2023-05-02', members: 6 })).status).toBe(
        201,
      );
      expect(await shown(id, '2023-05-02')).toMatchObject({
        members: 6,
        groups: ['merit'],
        village: 'Thôn 1',
      });
      await world.detailed(id, '2023-06-02', { groups: [], village: 'Thôn 2' });
      expect(await shown(id, '2023-06-02')).toMatchObject({ members: 6, groups: [], village: 'Thôn 2' });
      expect(await shown(id, '2023-05-01')).toMatchObject({
        members: 4,
        groups: ['merit'],
        village: 'Thôn 1',
      });
    });

    it('moves persons on the lists, and no household', async () => {
      const { communes } = await world.region();
      const [commune = ''] = communes;
      const id = await world.classified(commune, 'poor', '2022-12-15', { members: 4 });
      const { transitions } = await world.detailed(id, '2023-05-02', { members: 6 });
      expect(transitions).toEqual([]);
      const { body } = await server.ask<Flows>(`/v1/units/${commune}/flows`, {
        from: '2023-01-01',
        to: '2023-12-31',
      });
      expect(body.poor.households).toMatchObject({
        opening: 1,
        otherIncrease: 0,
        otherDecrease: 0,
        closing: 1,
      });
      expect(body.poor.persons).toMatchObject({ opening: 4, otherIncrease: 2, otherDecrease: 0, closing: 6 });
      expect(body.closes).toBe(true);
    });

    it('again is unchanged', async () => {
      const { communes } = await world.region();
      const id = await world.household(communes[0] ?? '');
      const details = { effectiveOn: '2023-05-02', members: 6 };
      const first = await world.tryOrder(id, 'details', details);
      const again = await world.tryOrder(id, 'details', details);
      expect(again).toMatchObject({ status: 200, body: { ...first.body, unchanged: true } });
    });

    it('refuses an order that says nothing', async () => {
      const { communes } = await world.region();
      const id = await world.household(communes[0] ?? '');
      const answer = await world.tryOrder(id, 'details', { effectiveOn: '2023-05-02' });
      expect([400, 422]).toContain(answer.status);
      problemOf(answer, answer.status);
    });

    it.each([
      ['members', '6'],
      ['groups', ['x']],
      ['groups', ['merit', 'merit']],
      ['village', ''],
      ['listNumber', '7'],
    ])('refuses %s = %j with 400 that names it', async (field, value) => {
      const { communes } = await world.region();
      const id = await world.household(communes[0] ?? '');
      malformedAt(await world.tryOrder(id, 'details', { effectiveOn: '2023-05-02', [field]: value }), field);
    });
  });

  describe('dissolving', () => {
    it.each(['died', 'left', 'other'])('because it %s is an other decrease, no escape', async (reason) => {
      const { communes } = await world.region();
      const [commune = ''] = communes;
      const id = await world.classified(commune, 'poor', '2022-12-15', { members: 1 });
      const answer = await world.tryOrder(id, 'dissolution', { effectiveOn: '2023-08-01', reason });
      expect(answer.status).toBe(201);
      expect(await poorOn(commune, '2023-07-31')).toMatchObject({ households: 1 });
      expect(await poorOn(commune, '2023-08-01')).toMatchObject({ households: 0, persons: 0 });
      const { body } = await server.ask<Flows>(`/v1/units/${commune}/flows`, {
        from: '2023-08-01',
        to: '2023-08-01',
      });
      expect(body.poor.households).toMatchObject({
        opening: 1,
        otherDecrease: 1,
        escapedAbove: 0,
        closing: 0,
      });
      expect(body.poor.persons).toMatchObject({ opening: 1, otherDecrease: 1, closing: 0 });
    });

    it('refuses another reason', async () => {
      const { communes } = await world.region();
      const id = await world.household(communes[0] ?? '');
      malformedAt(
        await world.tryOrder(id, 'dissolution', { effectiveOn: '2023-08-01', reason: 'split' }),
        'reason',
      );
    });

    it('leaves the days before open, and closes those from then on, naming the day', async () => {
      const { communes } = await world.region();
      const id = await world.household(communes[0] ?? '');
      await world.dissolved(id, '2023-08-01');
      expect((await world.tryOrder(id, 'reviews', world.review('poor', '2023-07-31'))).status).toBe(201);
      const problem = problemOf(await world.tryOrder(id, 'reviews', world.review('poor', '2023-08-01')), 422);
      expect(problem.detail).toContain('2023-08-01');
      problemOf(await world.tryOrder(id, 'details', { effectiveOn: '2024-01-01', members: 2 }), 422);
    });

    it('again is unchanged, and on another day refused', async () => {
      const { communes } = await world.region();
      const id = await world.household(communes[0] ?? '');
      const end = { effectiveOn: '2023-08-01', reason: 'left' };
      const first = await world.tryOrder(id, 'dissolution', end);
      const again = await world.tryOrder(id, 'dissolution', end);
      expect(again).toMatchObject({ status: 200, body: { ...first.body, unchanged: true } });
      problemOf(await world.tryOrder(id, 'dissolution', { ...end, effectiveOn: '2023-09-01' }), 422);
    });

    it('before later facts counts them no more, and warns', async () => {
      const { communes } = await world.region();
      const [commune = ''] = communes;
      const id = await world.classified(commune, 'poor', '2023-12-15');
      const { warnings } = await world.dissolved(id, '2023-08-01');
      expect(warnings).toHaveLength(1);
      const { households } = await poorOn(commune, '2024-01-01');
      expect(households ?? 0).toBe(0);
    });

    it('on the day on which it came contributes nothing', async () => {
      const { communes } = await world.region();
      const [commune = ''] = communes;
      await world.classified(commune, 'poor', '2022-12-15');
      const id = await world.household(commune, { registeredOn: '2023-03-15' });
      await world.reviewed(id, 'poor', '2023-03-15');
      const end = await world.tryOrder(id, 'dissolution', { effectiveOn: '2023-03-15', reason: 'died' });
      expect(end.status).toBe(201);
      const { body } = await server.ask<Flows>(`/v1/units/${commune}/flows`, {
        from: '2023-01-01',
        to: '2023-12-31',
      });
      expect(body.poor.households).toMatchObject({
        opening: 1,
        newlyArising: 0,
        otherDecrease: 0,
        closing: 1,
      });
    });
  });
});
