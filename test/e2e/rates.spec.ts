import type { Rates } from './support/answers';
import { codesOf } from './support/answers';
import { problemOf } from './support/problem';
import type { Query } from './support/server';
import { Server } from './support/server';
import { World } from './support/world';

describe('rates', () => {
  let server: Server;
  let world: World;

  beforeAll(async () => {
    server = await Server.start();
    world = new World(server);
  });
  afterAll(() => server.stop());

  const rates = async (unit: string, on: string, query: Query = {}): Promise<Rates> => {
    const { status, body } = await server.ask<Rates>(`/v1/units/${unit}/rates`, { on, ...query });
    expect({ status, body }).toMatchObject({ status: 200 });
    return body;
  };

  it('count households and persons, and relate households to all households of the unit', async () => {
    const { province, district, communes } = await world.region(2);
    const [one = '', two = ''] = communes;
    await world.classified(one, 'poor', '2022-12-15', { members: 4 });
    await world.classified(two, 'poor', '2022-12-15', { members: 3 });
    await world.classified(two, 'near-poor', '2022-12-15', { members: 5 });
    await world.classified(two, 'above', '2022-12-15', { members: 9 });
    await world.total(one, '2022-12-31', 20);
    await world.total(two, '2022-12-31', 100);
    for (const unit of [province, district]) {
      const answer = await rates(unit, '2022-12-31');
      expect(answer).toMatchObject({
        unit: { code: unit },
        on: '2022-12-31',
        standard: 'VN-2022',
        group: 'all',
        totalHouseholds: { count: 120, on: '2022-12-31', source: 'register', basis: 'summed' },
        breaks: [],
        warnings: [],
      });
      expect(answer.poor).toEqual({ households: 2, persons: 7, rate: 1.67 });
      expect(answer.nearPoor).toEqual({ households: 1, persons: 5, rate: 0.83 });
      expect(answer.multidimensionallyPoor).toEqual({ households: 3, persons: 12, rate: 2.5 });
    }
    expect((await rates(one, '2022-12-31')).poor).toEqual({ households: 1, persons: 4, rate: 5 });
  });

  it('are the position at the end of the day', async () => {
    const { communes } = await world.region();
    const [commune = ''] = communes;
    await world.classified(commune, 'above', '2022-03-15');
    await world.classified(commune, 'poor', '2022-12-15');
    expect((await rates(commune, '2022-12-14')).poor.households).toBe(0);
    expect((await rates(commune, '2022-12-15')).poor.households).toBe(1);
  });

  it('are unknown, not 0, before anything was classified', async () => {
    const { province, communes } = await world.region();
    const [commune = ''] = communes;
    await world.total(commune, '2021-12-31', 100);
    await world.classified(commune, 'above', '2022-12-15');
    for (const unit of [commune, province]) {
      const before = await rates(unit, '2022-12-14');
      const unknown = { households: null, persons: null, rate: null };
      expect(before).toMatchObject({ poor: unknown, nearPoor: unknown, multidimensionallyPoor: unknown });
      expect(before.totalHouseholds).toMatchObject({ count: 100 });
      expect((await rates(unit, '2022-12-15')).poor).toEqual({ households: 0, persons: 0, rate: 0 });
    }
  });

  it('sum the communes that are classified, and say how many are not', async () => {
    const { province, communes } = await world.region(3);
    await world.classified(communes[0] ?? '', 'poor', '2022-12-15');
    const answer = await rates(province, '2022-12-31');
    expect(answer.poor).toMatchObject({ households: 1 });
    expect(answer.completeness.unclassifiedCommunes).toBe(2);
    expect((await rates(communes[1] ?? '', '2022-12-31')).completeness.unclassifiedCommunes).toBe(1);
    expect((await rates(communes[0] ?? '', '2022-12-31')).completeness.unclassifiedCommunes).toBe(0);
  });

  it('are those of a group where one is named', async () => {
    const { communes } = await world.region();
    const [commune = ''] = communes;
    await world.classified(commune, 'poor', '2022-12-15', {
      groups: ['ethnic-minority', 'merit'],
      members: 2,
    });
    await world.classified(commune, 'poor', '2022-12-15', { groups: ['merit'], members: 3 });
    expect((await rates(commune, '2022-12-31', { group: 'merit' })).poor).toMatchObject({
      households: 2,
      persons: 5,
    });
    expect((await rates(commune, '2022-12-31', { group: 'ethnic-minority' })).poor).toMatchObject({
      households: 1,
    });
    expect((await rates(commune, '2022-12-31', { group: 'no-labour' })).poor).toMatchObject({
      households: 0,
    });
    expect((await rates(commune, '2022-12-31', { group: 'all' })).poor).toMatchObject({
      households: 2,
      persons: 5,
    });
  });

  it('follow a change of groups from its day on', async () => {
    const { communes } = await world.region();
    const [commune = ''] = communes;
    const id = await world.classified(commune, 'poor', '2022-12-15', { groups: ['merit'] });
    await world.detailed(id, '2023-05-02', { groups: ['no-labour'] });
    const poorIn = async (group: string, on: string): Promise<number | null> =>
      (await rates(commune, on, { group })).poor.households;
    expect([await poorIn('merit', '2023-05-01'), await poorIn('merit', '2023-05-02')]).toEqual([1, 0]);
    expect([await poorIn('no-labour', '2023-05-01'), await poorIn('no-labour', '2023-05-02')]).toEqual([
      0, 1,
    ]);
  });

  describe('under a standard', () => {
    it.each([
      ['2011-01-01', 'VN-2011'],
      ['2015-12-31', 'VN-2011'],
      ['2016-01-01', 'VN-2016'],
      ['2021-12-31', 'VN-2016'],
      ['2022-01-01', 'VN-2022'],
      ['2026-11-01', 'VN-2022'],
    ])('on %s are by default those under %s', async (on, standard) => {
      const { communes } = await world.region();
      expect((await rates(communes[0] ?? '', on)).standard).toBe(standard);
    });

    it('never mix two', async () => {
      const { communes } = await world.region();
      const [commune = ''] = communes;
      const id = await world.classified(commune, 'above', '2021-12-10', { standard: 'VN-2016' });
      await world.reviewed(id, 'poor', '2021-12-10', { standard: 'VN-2022' });
      const poor = async (on: string, standard?: string): Promise<number | null> =>
        (await rates(commune, on, { standard })).poor.households;
      expect(await poor('2021-12-31')).toBe(0);
      expect(await poor('2021-12-31', 'VN-2022')).toBe(1);
      expect(await poor('2022-01-01')).toBe(1);
      expect(await poor('2022-01-01', 'VN-2016')).toBe(0);
    });

    it('are null before its opening', async () => {
      const { communes } = await world.region();
      const [commune = ''] = communes;
      await world.classified(commune, 'poor', '2021-09-01', { standard: 'VN-2022' });
      const before = await rates(commune, '2021-08-31', { standard: 'VN-2022' });
      expect(before).toMatchObject({
        standard: 'VN-2022',
        poor: { households: null, persons: null, rate: null },
      });
      expect((await rates(commune, '2021-09-01', { standard: 'VN-2022' })).poor.households).toBe(1);
    });

    it('after its end are those of its last day, with a warning', async () => {
      const { communes } = await world.region();
      const [commune = ''] = communes;
      const id = await world.classified(commune, 'poor', '2020-12-15', { standard: 'VN-2016' });
      await world.classified(commune, 'poor', '2020-12-15', { standard: 'VN-2016' });
      await world.escaped(id, 'above', '2022-06-20', { standard: 'VN-2016' });
      await world.total(commune, '2021-12-31', 100);
      await world.total(commune, '2022-12-31', 400);
      const last = await rates(commune, '2021-12-31', { standard: 'VN-2016' });
      expect(last).toMatchObject({ poor: { households: 2, rate: 2 }, warnings: [] });
      const after = await rates(commune, '2023-06-30', { standard: 'VN-2016' });
      expect(after).toMatchObject({
        on: '2023-06-30',
        standard: 'VN-2016',
        poor: last.poor,
        totalHouseholds: { count: 100 },
        completeness: last.completeness,
      });
      expect(after.warnings).toHaveLength(1);
    });

    it('that does not exist are refused', async () => {
      const answer = await server.ask('/v1/units/VN/rates', { standard: 'VN-1998' });
      expect(problemOf(answer, 400).errors[0]?.field).toBe('standard');
    });
  });

  describe('say how complete the reviews behind them are', () => {
    const completeness = async (unit: string, on: string, query: Query = {}) =>
      (await rates(unit, on, query)).completeness;

    it('of the households on the lists on the eve of the campaign, those decided on since', async () => {
      const { communes } = await world.region();
      const [commune = ''] = communes;
      const reviewed = await world.classified(commune, 'poor', '2022-12-15');
      const escaped = await world.classified(commune, 'near-poor', '2022-12-15');
      await world.classified(commune, 'poor', '2022-12-15');
      await world.classified(commune, 'above', '2022-12-15');
      expect(await completeness(commune, '2023-09-01')).toMatchObject({ reviewed: 0, expected: 3 });
      await world.reviewed(reviewed, 'poor', '2023-09-01');
      await world.escaped(escaped, 'above', '2023-10-20');
      // Not on a list on the eve: nobody expected it.
      await world.classified(commune, 'poor', '2023-11-15');
      expect(await completeness(commune, '2023-08-31')).toMatchObject({ reviewed: 0, expected: 0 });
      expect(await completeness(commune, '2023-09-01')).toMatchObject({ reviewed: 1, expected: 3 });
      expect(await completeness(commune, '2023-12-31')).toMatchObject({ reviewed: 2, expected: 3 });
      expect(await completeness(commune, '2024-08-31')).toMatchObject({ reviewed: 2, expected: 3 });
      expect(await completeness(commune, '2024-09-01')).toMatchObject({ reviewed: 0, expected: 3 });
    });

    it('counts a household once, however often it was decided on', async () => {
      const { communes } = await world.region();
      const id = await world.classified(communes[0] ?? '', 'poor', '2022-12-15');
      await world.reviewed(id, 'near-poor', '2023-10-15');
      await world.reviewed(id, 'poor', '2023-12-15');
      expect(await completeness(communes[0] ?? '', '2023-12-31')).toMatchObject({ reviewed: 1, expected: 1 });
    });

    it('leaves out who was dissolved since', async () => {
      const { communes } = await world.region();
      const [commune = ''] = communes;
      const reviewed = await world.classified(commune, 'poor', '2022-12-15');
      const gone = await world.classified(commune, 'poor', '2022-12-15');
      await world.reviewed(reviewed, 'poor', '2023-10-15');
      await world.dissolved(reviewed, '2023-11-01');
      await world.dissolved(gone, '2023-11-01');
      expect(await completeness(commune, '2023-10-31')).toMatchObject({ reviewed: 1, expected: 2 });
      expect(await completeness(commune, '2023-12-31')).toMatchObject({ reviewed: 0, expected: 0 });
    });

    it('counts in the unit of the eve', async () => {
      const { communes } = await world.region(2);
      const [here = '', there = ''] = communes;
      const id = await world.classified(here, 'poor', '2022-12-15');
      await world.classified(there, 'above', '2022-12-15');
      await world.moved(id, there, '2023-10-02');
      await world.reviewed(id, 'poor', '2023-12-15');
      expect(await completeness(here, '2023-12-31')).toMatchObject({ reviewed: 1, expected: 1 });
      expect(await completeness(there, '2023-12-31')).toMatchObject({ reviewed: 0, expected: 0 });
    });

    it('expects the lists of the old standard in the first campaign of a new one', async () => {
      const { communes } = await world.region();
      const [commune = ''] = communes;
      const id = await world.classified(commune, 'poor', '2020-12-15', { standard: 'VN-2016' });
      await world.classified(commune, 'near-poor', '2020-12-15', { standard: 'VN-2016' });
      await world.reviewed(id, 'poor', '2021-12-10', { standard: 'VN-2022' });
      const query = { standard: 'VN-2022' };
      expect(await completeness(commune, '2021-12-31', query)).toMatchObject({ reviewed: 1, expected: 2 });
      expect(await completeness(commune, '2022-02-28')).toMatchObject({ reviewed: 1, expected: 2 });
    });
  });

  it('of a commune that ended without a successor leave the province', async () => {
    const { province, communes } = await world.region(2);
    await world.classified(communes[0] ?? '', 'poor', '2022-12-15');
    await world.classified(communes[1] ?? '', 'poor', '2022-12-15');
    const end = { effectiveOn: '2024-01-01', abolished: true };
    expect((await server.post(`/v1/units/${communes[0]}/changes`, end)).status).toBe(201);
    expect((await rates(province, '2023-12-31')).poor.households).toBe(2);
    expect((await rates(province, '2024-01-01')).poor.households).toBe(1);
  });

  it('warn of nothing where nothing is unusual, and of a day to come', async () => {
    const { communes } = await world.region();
    await world.classified(communes[0] ?? '', 'poor', '2022-12-15');
    const { warnings } = await rates(communes[0] ?? '', '2022-12-31');
    // The one thing that is: nobody declared a total.
    expect(codesOf(warnings)).toHaveLength(1);
    const { status } = await server.ask('/v1/units/VN/rates', { on: '2999-12-31' });
    expect(status).toBeLessThan(500);
  });

  it.each([
    ['on', '2023-02-30'],
    ['on', 'today'],
    ['knownOn', '20230101'],
    ['group', 'poor'],
    ['standard', ''],
    ['atleast', '1'],
    ['status', 'poor'],
  ])('refuse %s = %p with 400 that names it', async (name, value) => {
    const answer = await server.get('/v1/units/VN/rates', { [name]: value });
    expect(problemOf(answer, 400).errors[0]?.field).toBe(name);
  });
});
