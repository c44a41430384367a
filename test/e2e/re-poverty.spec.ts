import type { RePoverty } from './support/answers';
import { today } from './support/days';
import { malformedAt, problemOf } from './support/problem';
import type { Query } from './support/server';
import { Server } from './support/server';
import { World } from './support/world';

const RANGE = { from: '2024-01-01', to: '2024-12-31' };

describe('re-poverty', () => {
  let server: Server;
  let world: World;

  beforeAll(async () => {
    server = await Server.start();
    world = new World(server);
  });
  afterAll(() => server.stop());

  const rePoverty = async (unit: string, query: Query = {}): Promise<RePoverty> => {
    const { status, body } = await server.ask<RePoverty>(`/v1/units/${unit}/re-poverty`, {
      ...RANGE,
      ...query,
    });
    expect({ status, body }).toMatchObject({ status: 200 });
    return body;
  };
  const poor = (unit: string): Promise<string> => world.classified(unit, 'poor', '2022-12-15');

  describe('in one commune', () => {
    let commune: string;
    let elsewhere: string;

    beforeAll(async () => {
      [commune = '', elsewhere = ''] = (await world.region(2)).communes;
      const before = await poor(commune);
      await world.escaped(before, 'above', '2023-03-20');
      await world.flagged(before, '2024-02-20');
      const twice = await poor(commune);
      await world.escaped(twice, 'above', '2024-03-20');
      await world.flagged(twice, '2024-09-20');
      await world.escaped(twice, 'above', '2024-10-20');
      await world.flagged(twice, '2024-12-20');
      const fromNearPoor = await poor(commune);
      await world.escaped(fromNearPoor, 'near-poor', '2024-04-20');
      await world.reviewed(fromNearPoor, 'poor', '2025-03-20', { channel: 'regular' });
      const forGood = await poor(commune);
      await world.reviewed(forGood, 'above', '2024-05-20');
      const late = await poor(commune);
      await world.escaped(late, 'above', '2024-06-20');
      await world.moved(late, elsewhere, '2025-01-02');
      await world.flagged(late, '2026-10-20');
      // Near-poor to poor is no re-poverty, leaving near-poverty no escape from poverty.
      const worse = await world.classified(commune, 'near-poor', '2022-12-15');
      await world.reviewed(worse, 'poor', '2024-07-20', { channel: 'regular' });
      const better = await world.classified(commune, 'near-poor', '2022-12-15');
      await world.escaped(better, 'above', '2024-07-20');
      await world.total(commune, '2024-12-31', 200);
      await world.total(commune, '2025-12-31', 300);
    });

    it('is distinct households re-poor in the range, of all households at its end', async () => {
      expect((await rePoverty(commune)).ofAllHouseholds).toMatchObject({
        numerator: 2,
        denominator: 200,
        rate: 1,
      });
    });

    it('is the same households, of the distinct ones that left poverty in the range', async () => {
      expect((await rePoverty(commune)).ofEscaped).toMatchObject({ numerator: 2, denominator: 4, rate: 50 });
    });

    it('is of those the ones poor again in time, wherever they live', async () => {
      expect((await rePoverty(commune)).cohort).toMatchObject({ numerator: 3, denominator: 4, rate: 75 });
      const { cohort } = await rePoverty(commune, { withinYears: 3 });
      expect(cohort).toMatchObject({ numerator: 3, denominator: 4 });
      for (const withinYears of [1, 2]) {
        expect((await rePoverty(commune, { withinYears })).cohort).toMatchObject({
          numerator: 2,
          denominator: 4,
          rate: 50,
        });
      }
    });

    it('follows the cohort up to the day that is asked for', async () => {
      const numeratorOn = async (on: string): Promise<number> =>
        (await rePoverty(commune, { on })).cohort.numerator;
      expect(await numeratorOn('2024-09-19')).toBe(0);
      expect(await numeratorOn('2024-09-20')).toBe(1);
      expect(await numeratorOn('2025-03-19')).toBe(1);
      expect(await numeratorOn('2025-03-20')).toBe(2);
      expect(await numeratorOn('2026-10-19')).toBe(2);
      expect(await numeratorOn('2026-10-20')).toBe(3);
    });

    it('says up to which day it followed the cohort', async () => {
      expect((await rePoverty(commune, { on: '2025-03-20' })).on).toBe('2025-03-20');
      expect((await rePoverty(commune)).on).toBe(today());
    });

    it('belongs, as a cohort, to the unit in which the escape happened', async () => {
      const there = await rePoverty(elsewhere);
      expect(there.cohort).toMatchObject({ numerator: 0, denominator: 0, rate: null });
      const later = await rePoverty(elsewhere, { from: '2026-01-01', to: '2026-11-01' });
      expect(later.ofAllHouseholds).toMatchObject({ numerator: 1, denominator: null, rate: null });
    });

    it('says what each of the three is', async () => {
      const { ofAllHouseholds, ofEscaped, cohort } = await rePoverty(commune, { withinYears: 2 });
      const definitions = [ofAllHouseholds, ofEscaped, cohort].map(({ definition }) => definition);
      for (const definition of definitions) expect(definition).toMatch(/household/i);
      expect(new Set(definitions).size).toBe(3);
      expect(cohort.definition).toContain('2');
    });

    it('carries what every answer carries', async () => {
      expect(await rePoverty(commune)).toMatchObject({
        unit: { code: commune },
        standard: 'VN-2022',
        group: 'all',
        position: expect.any(String),
        breaks: expect.any(Array),
        warnings: expect.any(Array),
      });
    });

    it('is 0 of an unknown, or of none, without a rate', async () => {
      const nothing = await rePoverty(commune, { from: '2023-07-01', to: '2023-07-31' });
      expect(nothing.ofAllHouseholds).toMatchObject({ numerator: 0, denominator: null, rate: null });
      expect(nothing.ofEscaped).toMatchObject({ numerator: 0, denominator: 0, rate: null });
      expect(nothing.cohort).toMatchObject({ numerator: 0, denominator: 0, rate: null });
    });
  });

  it('of a household that moves within a province is one of the province, never two', async () => {
    const { province, communes } = await world.region(2);
    const id = await poor(communes[0] ?? '');
    await world.escaped(id, 'above', '2024-01-20');
    await world.flagged(id, '2024-03-20');
    await world.escaped(id, 'above', '2024-05-20');
    await world.moved(id, communes[1] ?? '', '2024-06-02');
    await world.flagged(id, '2024-09-20');
    await world.total(province, '2023-12-31', 10);
    expect(await rePoverty(province)).toMatchObject({
      ofAllHouseholds: { numerator: 1, denominator: 10, rate: 10 },
      ofEscaped: { numerator: 1, denominator: 1 },
      cohort: { numerator: 1, denominator: 1 },
    });
    for (const commune of communes) {
      expect((await rePoverty(commune)).ofAllHouseholds).toMatchObject({ numerator: 1 });
    }
  });

  it('counts poor again under any standard, and a change of standard never', async () => {
    const [commune = ''] = (await world.region()).communes;
    const range = { from: '2021-01-01', to: '2021-12-31' };
    const escape = async (): Promise<string> => {
      const id = await world.classified(commune, 'poor', '2019-12-15', { standard: 'VN-2016' });
      await world.escaped(id, 'above', '2021-06-20', { standard: 'VN-2016' });
      return id;
    };
    const opened = await escape();
    await world.reviewed(opened, 'poor', '2021-12-15', { standard: 'VN-2022' });
    const again = await escape();
    await world.reviewed(again, 'above', '2021-12-15', { standard: 'VN-2022' });
    await world.reviewed(again, 'poor', '2023-06-20', { channel: 'regular' });
    const answer = await rePoverty(commune, range);
    expect(answer.standard).toBe('VN-2016');
    expect(answer.cohort).toMatchObject({ numerator: 1, denominator: 2, rate: 50 });
    expect((await rePoverty(commune, { ...range, withinYears: 1 })).cohort.numerator).toBe(0);
  });

  it('marks the breaks inside its range', async () => {
    const { breaks } = await rePoverty('VN', { from: '2021-07-01', to: '2022-06-30' });
    expect(breaks).toEqual([expect.objectContaining({ on: '2022-01-01', reason: 'standard' })]);
    expect((await rePoverty('VN')).breaks).toEqual([]);
  });

  it('includes the last day of the years of the cohort', async () => {
    const [commune = ''] = (await world.region()).communes;
    const id = await poor(commune);
    await world.escaped(id, 'above', '2024-02-29');
    await world.flagged(id, '2025-02-28');
    expect((await rePoverty(commune, { withinYears: 1 })).cohort).toMatchObject({
      numerator: 1,
      denominator: 1,
    });
  });

  it('is that of a group', async () => {
    const [commune = ''] = (await world.region()).communes;
    for (const groups of [['merit'], []]) {
      const id = await world.classified(commune, 'poor', '2022-12-15', { groups });
      await world.escaped(id, 'above', '2024-02-20');
      await world.flagged(id, '2024-08-20');
    }
    expect((await rePoverty(commune)).ofEscaped).toMatchObject({ numerator: 2, denominator: 2 });
    expect(await rePoverty(commune, { group: 'merit' })).toMatchObject({
      group: 'merit',
      ofEscaped: { numerator: 1, denominator: 1 },
      cohort: { numerator: 1, denominator: 1 },
    });
  });

  it.each([
    ['from', { from: undefined }],
    ['to', { to: 'x' }],
    ['withinYears', { withinYears: 0 }],
    ['withinYears', { withinYears: '1.5' }],
    ['withinYears', { withinYears: 'three' }],
  ])('refuses a wrong %s', async (field, query) => {
    malformedAt(await server.get('/v1/units/VN/re-poverty', { ...RANGE, ...query }), field);
  });

  it('refuses a range that ends before it begins', async () => {
    problemOf(await server.get('/v1/units/VN/re-poverty', { from: RANGE.to, to: RANGE.from }), 400);
  });
});
