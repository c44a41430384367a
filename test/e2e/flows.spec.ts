import type { Flow, Flows } from './support/answers';
import { codesOf } from './support/answers';
import { malformedAt, problemOf } from './support/problem';
import type { Query } from './support/server';
import { Server } from './support/server';
import { BEGINNING, World } from './support/world';

const POOR = ['opening', 'escapedToNearPoor', 'escapedAbove', 'otherDecrease', 'becamePoorFromNearPoor', 'rePoor', 'newlyArising', 'otherIncrease', 'closing', 'opened', 'boundaryIn', 'boundaryOut']; // prettier-ignore
const NEAR_POOR = ['opening', 'escapedAbove', 'becamePoor', 'otherDecrease', 'becameNearPoorFromPoor', 'reNearPoor', 'newlyArising', 'otherIncrease', 'closing', 'opened', 'boundaryIn', 'boundaryOut']; // prettier-ignore
const YEAR = { from: '2023-01-01', to: '2023-12-31' };

/** All columns 0 but those given. */
const only = (columns: readonly string[], counts: Flow): Flow => ({
  ...Object.fromEntries(columns.map((column) => [column, 0])),
  ...counts,
});

describe('flows', () => {
  let server: Server;
  let world: World;

  beforeAll(async () => {
    server = await Server.start();
    world = new World(server);
  });
  afterAll(() => server.stop());

  const flows = async (unit: string, query: Query = YEAR): Promise<Flows> => {
    const { status, body } = await server.ask<Flows>(`/v1/units/${unit}/flows`, query);
    expect({ status, body }).toMatchObject({ status: 200, body: { closes: true } });
    return body;
  };
  const commune = async (): Promise<string> => (await world.region()).communes[0] ?? '';

  it('have every column of forms 2 and 3, and they close', async () => {
    const [here = '', there = ''] = (await world.region(2)).communes;
    const listed = async (unit: string, outcome: string): Promise<string> =>
      world.classified(unit, outcome, '2022-12-15', { members: 3 });
    const poor = [await listed(here, 'poor'), await listed(here, 'poor'), await listed(here, 'poor'), await listed(here, 'poor'), await listed(here, 'poor')]; // prettier-ignore
    const near = [await listed(here, 'near-poor'), await listed(here, 'near-poor'), await listed(here, 'near-poor'), await listed(here, 'near-poor')]; // prettier-ignore
    const [poorIn, nearIn] = [await listed(there, 'poor'), await listed(there, 'near-poor')];
    const [p1 = '', p2 = '', p3 = '', p4 = ''] = poor;
    const [n1 = '', n2 = '', n3 = ''] = near;

    await world.escaped(p1, 'near-poor', '2023-03-20');
    await world.escaped(p2, 'above', '2023-04-20');
    await world.dissolved(p3, '2023-05-01');
    await world.moved(p4, there, '2023-05-02');
    await world.reviewed(n1, 'poor', '2023-06-20', { channel: 'regular' });
    await world.escaped(n2, 'above', '2023-06-20');
    await world.dissolved(n3, '2023-07-01');
    await world.flagged(p2, '2023-10-20');
    await world.reviewed(n2, 'near-poor', '2023-11-20', { channel: 'regular' });
    await world.classified(here, 'poor', '2023-12-15', { members: 3 });
    await world.classified(here, 'near-poor', '2023-12-15', { members: 3 });
    await world.moved(poorIn, here, '2023-12-31');
    await world.moved(nearIn, here, '2023-12-31');

    const poorFlow = only(POOR, { opening: 5, escapedToNearPoor: 1, escapedAbove: 1, otherDecrease: 2, becamePoorFromNearPoor: 1, rePoor: 1, newlyArising: 1, otherIncrease: 1, closing: 5 }); // prettier-ignore
    const nearFlow = only(NEAR_POOR, { opening: 4, escapedAbove: 1, becamePoor: 1, otherDecrease: 1, becameNearPoorFromPoor: 1, reNearPoor: 1, newlyArising: 1, otherIncrease: 1, closing: 5 }); // prettier-ignore
    const inPersons = (flow: Flow): Flow =>
      Object.fromEntries(Object.entries(flow).map(([column, count]) => [column, count * 3]));
    const answer = await flows(here);
    expect(answer.poor).toEqual({ households: poorFlow, persons: inPersons(poorFlow) });
    expect(answer.nearPoor).toEqual({ households: nearFlow, persons: inPersons(nearFlow) });
    expect(answer).toMatchObject({
      unit: { code: here },
      ...YEAR,
      standard: 'VN-2022',
      group: 'all',
      breaks: [],
    });
  });

  it('open at the end of the day before and close at the end of the last day, both days included', async () => {
    const unit = await commune();
    const id = await world.classified(unit, 'poor', '2022-12-15');
    await world.escaped(id, 'above', '2023-06-20');
    const on = async (from: string, to: string): Promise<Flow> =>
      (await flows(unit, { from, to })).poor.households;
    expect(await on('2023-06-20', '2023-06-20')).toMatchObject({ opening: 1, escapedAbove: 1, closing: 0 });
    expect(await on('2023-06-19', '2023-06-19')).toMatchObject({ opening: 1, escapedAbove: 0, closing: 1 });
    expect(await on('2023-06-21', '2023-06-21')).toMatchObject({ opening: 0, escapedAbove: 0, closing: 0 });
    expect(await on('2022-12-15', '2023-06-19')).toMatchObject({ opening: 0, newlyArising: 1, closing: 1 });
  });

  it('agree with the rates at both ends, and with each other from year to year', async () => {
    const unit = await commune();
    const id = await world.classified(unit, 'poor', '2022-12-15', { members: 2 });
    await world.classified(unit, 'near-poor', '2022-12-15', { members: 5 });
    await world.escaped(id, 'near-poor', '2023-06-20');
    await world.flagged(id, '2024-06-20');
    const [first, second] = [await flows(unit), await flows(unit, { from: '2024-01-01', to: '2024-12-31' })];
    for (const list of ['poor', 'nearPoor'] as const) {
      for (const counted of ['households', 'persons'] as const) {
        expect(second[list][counted]['opening']).toBe(first[list][counted]['closing']);
      }
    }
    const { body } = await server.ask<{ poor: object }>(`/v1/units/${unit}/rates`, { on: '2023-12-31' });
    const closing = { households: first.poor.households['closing'], persons: first.poor.persons['closing'] };
    expect(body.poor).toMatchObject(closing);
  });

  it('are 0 in all columns where nothing is known', async () => {
    const { poor, nearPoor } = await flows(await commune());
    expect(poor.households).toEqual(only(POOR, {}));
    expect(nearPoor.persons).toEqual(only(NEAR_POOR, {}));
  });

  it('count events: a household that leaves and comes back counts in both columns', async () => {
    const unit = await commune();
    const id = await world.classified(unit, 'poor', '2022-12-15');
    await world.escaped(id, 'above', '2023-02-20');
    await world.flagged(id, '2023-05-20');
    await world.escaped(id, 'above', '2023-08-20');
    await world.flagged(id, '2023-11-20');
    const { poor } = await flows(unit);
    expect(poor.households).toEqual(only(POOR, { opening: 1, escapedAbove: 2, rePoor: 2, closing: 1 }));
  });

  it('follow a group, and a household that enters or leaves it', async () => {
    const unit = await commune();
    const id = await world.classified(unit, 'poor', '2022-12-15', { groups: ['merit'], members: 4 });
    await world.classified(unit, 'poor', '2022-12-15');
    await world.detailed(id, '2023-05-02', { groups: [] });
    const { poor, group } = await flows(unit, { ...YEAR, group: 'merit' });
    expect(group).toBe('merit');
    expect(poor.households).toEqual(only(POOR, { opening: 1, otherDecrease: 1, closing: 0 }));
    expect(poor.persons).toEqual(only(POOR, { opening: 4, otherDecrease: 4, closing: 0 }));
  });

  it('let a late fact change the columns of later days', async () => {
    const unit = await commune();
    const id = await world.classified(unit, 'above', '2022-03-15');
    await world.reviewed(id, 'poor', '2023-06-15', { channel: 'regular' });
    expect((await flows(unit)).poor.households).toMatchObject({ newlyArising: 1, rePoor: 0 });
    // It had been poor before, and escaped: what was new is re-poor.
    await world.reviewed(id, 'poor', '2021-12-15');
    expect((await flows(unit)).poor.households).toMatchObject({ newlyArising: 0, rePoor: 1 });
  });

  describe('under their standard', () => {
    it('have by default the one of the last day, and mark the change inside the range', async () => {
      const unit = await commune();
      const across = await flows(unit, { from: '2021-07-01', to: '2022-06-30' });
      expect(across.standard).toBe('VN-2022');
      expect(across.breaks).toEqual([expect.objectContaining({ on: '2022-01-01', reason: 'standard' })]);
      const within = await flows(unit, { from: '2021-01-01', to: '2021-12-31' });
      expect(within).toMatchObject({ standard: 'VN-2016', breaks: [] });
      const first = await flows(unit, { from: '2022-01-01', to: '2022-12-31' });
      expect(first.standard).toBe('VN-2022');
    });

    it('open the books without a movement of anybody', async () => {
      const unit = await commune();
      const id = await world.classified(unit, 'poor', '2020-12-15', { standard: 'VN-2016' });
      await world.reviewed(id, 'above', '2021-12-10', { standard: 'VN-2016' });
      await world.reviewed(id, 'near-poor', '2021-11-15', { standard: 'VN-2022' });
      await world.reviewed(id, 'poor', '2021-12-10', { standard: 'VN-2022' });
      await world.classified(unit, 'poor', '2022-02-28', { standard: 'VN-2022' });
      const { poor, nearPoor } = await flows(unit, {
        from: '2021-12-01',
        to: '2022-12-31',
        standard: 'VN-2022',
      });
      expect(poor.households).toEqual(only(POOR, { opening: 0, opened: 2, closing: 2 }));
      expect(nearPoor.households).toEqual(only(NEAR_POOR, { opening: 1, opened: -1, closing: 0 }));
      const before = await flows(unit, { from: '2021-01-01', to: '2021-12-31' });
      expect(before.poor.households).toEqual(only(POOR, { opening: 1, escapedAbove: 1, closing: 0 }));
    });

    it('that has ended are those up to its last day, with a warning', async () => {
      const unit = await commune();
      const id = await world.classified(unit, 'poor', '2020-12-15', { standard: 'VN-2016' });
      await world.escaped(id, 'above', '2022-06-20', { standard: 'VN-2016' });
      const after = await flows(unit, { ...YEAR, standard: 'VN-2016' });
      expect(after.poor.households).toEqual(only(POOR, { opening: 1, closing: 1 }));
      expect(codesOf(after.warnings)).toHaveLength(1);
    });
  });

  describe('over a changing area', () => {
    it('take out what a commune that ended takes with it', async () => {
      const { province, communes } = await world.region(2);
      await world.classified(communes[0] ?? '', 'poor', '2022-12-15', { members: 2 });
      await world.classified(communes[1] ?? '', 'near-poor', '2022-12-15', { members: 5 });
      for (const code of communes) {
        await server.post(`/v1/units/${code}/changes`, { effectiveOn: '2023-07-01', abolished: true });
      }
      const { poor, nearPoor, breaks } = await flows(province);
      expect(poor.households).toEqual(only(POOR, { opening: 1, boundaryOut: 1, closing: 0 }));
      expect(poor.persons).toEqual(only(POOR, { opening: 2, boundaryOut: 2, closing: 0 }));
      expect(nearPoor.persons).toEqual(only(NEAR_POOR, { opening: 5, boundaryOut: 5, closing: 0 }));
      expect(breaks).toEqual([expect.objectContaining({ on: '2023-07-01', reason: 'boundary' })]);
    });

    it('of a district that ended take its stock out; those of the province never notice', async () => {
      const { province, district, communes } = await world.region();
      const id = await world.classified(communes[0] ?? '', 'poor', '2022-12-15');
      await server.post(`/v1/units/${district}/changes`, { effectiveOn: '2023-07-01', abolished: true });
      await world.escaped(id, 'above', '2023-10-20');
      const ended = await flows(`${district}@${BEGINNING}`);
      expect(ended.poor.households).toEqual(only(POOR, { opening: 1, boundaryOut: 1, closing: 0 }));
      expect(ended.unit).toMatchObject({ code: district, validTo: '2023-06-30' });
      const whole = await flows(province);
      expect(whole.poor.households).toEqual(only(POOR, { opening: 1, escapedAbove: 1, closing: 0 }));
      expect(whole.breaks).toEqual([]);
    });

    it('have an opening of 0 before the unit began', async () => {
      const { district } = await world.region(0);
      const unit = await world.commune(district, { validFrom: '2023-07-01' });
      await world.classified(unit, 'poor', '2023-10-15', { registeredOn: '2023-07-01' });
      const { poor } = await flows(unit);
      expect(poor.households).toEqual(only(POOR, { opening: 0, newlyArising: 1, closing: 1 }));
    });

    it('mark every change of the source of the denominator, even where the first one comes back', async () => {
      const unit = await commune();
      for (const [on, source] of [
        ['2022-12-31', 'a'],
        ['2023-06-30', 'b'],
        ['2023-12-31', 'a'],
      ] as const) {
        await world.total(unit, on, 100, { source });
      }
      expect((await flows(unit)).breaks.map(({ on }) => on)).toEqual(['2023-06-30', '2023-12-31']);
    });

    it('are asked for by the code that is borne on the last day', async () => {
      const { district } = await world.region(0);
      const code = await world.commune(district, { validTo: '2023-06-30' });
      const { detail } = problemOf(await server.ask(`/v1/units/${code}/flows`, YEAR), 404);
      expect(detail).toContain('2023-06-30');
      await world.commune(district, { code, validFrom: '2023-07-01' });
      expect((await flows(code)).unit.id).toBe(`${code}@2023-07-01`);
    });
  });

  it.each([
    ['from', { to: '2023-12-31' }],
    ['to', { from: '2023-01-01' }],
    ['from', { from: '2023-1-1', to: '2023-12-31' }],
    ['standard', { ...YEAR, standard: 'vn-2022' }],
    ['step', { ...YEAR, step: 'year' }],
  ])('refuse a wrong %s', async (field, query) => {
    malformedAt(await server.get('/v1/units/VN/flows', query), field);
  });

  it('refuse a range that ends before it begins', async () => {
    problemOf(await server.get('/v1/units/VN/flows', { from: '2023-12-31', to: '2023-01-01' }), 400);
  });
});
