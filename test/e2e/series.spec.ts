import type { Rates, Series } from './support/answers';
import { malformedAt, problemOf } from './support/problem';
import type { Query } from './support/server';
import { Server } from './support/server';
import { BEGINNING, World } from './support/world';

describe('a series of rates', () => {
  let server: Server;
  let world: World;

  beforeAll(async () => {
    server = await Server.start();
    world = new World(server);
  });
  afterAll(() => server.stop());

  const series = async (
    unit: string,
    from: string,
    to: string,
    step: string,
    query: Query = {},
  ): Promise<Series> => {
    const { status, body } = await server.ask<Series>(`/v1/units/${unit}/rates/series`, {
      from,
      to,
      step,
      ...query,
    });
    expect({ status, body }).toMatchObject({ status: 200 });
    return body;
  };
  const daysOf = ({ points }: Series): string[] => points.map(({ on }) => on);

  describe('has its points', () => {
    it.each([
      ['month', '2023-01-15', '2023-04-10', ['2023-01-31', '2023-02-28', '2023-03-31', '2023-04-10']],
      ['month', '2024-01-31', '2024-02-29', ['2024-01-31', '2024-02-29']],
      ['month', '2023-05-05', '2023-05-05', ['2023-05-05']],
      ['month', '2023-05-31', '2023-05-31', ['2023-05-31']],
      ['quarter', '2023-01-01', '2023-12-31', ['2023-03-31', '2023-06-30', '2023-09-30', '2023-12-31']],
      ['quarter', '2022-12-31', '2023-05-01', ['2022-12-31', '2023-03-31', '2023-05-01']],
      ['year', '2022-06-01', '2025-06-30', ['2022-12-31', '2023-12-31', '2024-12-31', '2025-06-30']],
      ['year', '2022-12-31', '2023-12-31', ['2022-12-31', '2023-12-31']],
      ['year', '2023-01-01', '2023-12-30', ['2023-12-30']],
    ])('at the ends of each %s inside %s..%s, and at the end', async (step, from, to, days) => {
      expect(daysOf(await series('VN', from, to, step))).toEqual(days);
    });
  });

  it('gives at each point what the rates of that day answer', async () => {
    const { province, communes } = await world.region();
    const [commune = ''] = communes;
    const id = await world.classified(commune, 'poor', '2022-12-15');
    await world.escaped(id, 'near-poor', '2023-06-20');
    await world.total(commune, '2022-12-31', 40);
    const { points, ...rest } = await series(province, '2022-12-31', '2023-12-31', 'quarter');
    expect(rest).toMatchObject({ unit: { code: province }, standard: 'VN-2022', group: 'all', breaks: [] });
    for (const point of points) {
      const alone = await server.ask<Rates>(`/v1/units/${province}/rates`, { on: point.on });
      expect(point).toEqual(alone.body);
    }
    expect(points.map(({ poor }) => poor.rate)).toEqual([2.5, 2.5, 0, 0, 0]);
    expect(points.map(({ nearPoor }) => nearPoor.rate)).toEqual([0, 0, 2.5, 2.5, 2.5]);
  });

  describe('over a change of standard', () => {
    /** Above under the old standard, poor under the new one: the break of the figures, not of the lives. */
    const opened = async (): Promise<string> => {
      const [commune = ''] = (await world.region()).communes;
      const id = await world.classified(commune, 'above', '2020-12-15', { standard: 'VN-2016' });
      await world.reviewed(id, 'poor', '2021-12-10', { standard: 'VN-2022' });
      return commune;
    };

    it('has two points on the last day, the old one and the new one, with the break between them', async () => {
      const { points, breaks } = await series(await opened(), '2020-12-31', '2022-12-31', 'year');
      expect(points.map(({ on, standard, poor }) => [on, standard, poor.households])).toEqual([
        ['2020-12-31', 'VN-2016', 0],
        ['2021-12-31', 'VN-2016', 0],
        ['2021-12-31', 'VN-2022', 1],
        ['2022-12-31', 'VN-2022', 1],
      ]);
      expect(breaks).toEqual([
        expect.objectContaining({ on: '2022-01-01', reason: expect.stringMatching(/standard/i) }),
      ]);
    });

    it('has them by month as well', async () => {
      const { points } = await series(await opened(), '2021-11-30', '2022-01-31', 'month');
      expect(points.map(({ on, standard }) => [on, standard])).toEqual([
        ['2021-11-30', 'VN-2016'],
        ['2021-12-31', 'VN-2016'],
        ['2021-12-31', 'VN-2022'],
        ['2022-01-31', 'VN-2022'],
      ]);
    });

    it('has them at the very end of the range as well', async () => {
      const { points, breaks } = await series(await opened(), '2021-06-01', '2021-12-31', 'year');
      expect(points.map(({ standard }) => standard)).toEqual(['VN-2016', 'VN-2022']);
      expect(breaks).toHaveLength(1);
    });

    it('has one where the new standard had not been opened by then', async () => {
      const [commune = ''] = (await world.region()).communes;
      await world.classified(commune, 'poor', '2020-12-15', { standard: 'VN-2016' });
      await world.classified(commune, 'poor', '2022-01-15', { standard: 'VN-2022' });
      const { points, breaks } = await series(commune, '2020-12-31', '2022-12-31', 'year');
      expect(points.map(({ on, standard }) => [on, standard])).toEqual([
        ['2020-12-31', 'VN-2016'],
        ['2021-12-31', 'VN-2016'],
        ['2022-12-31', 'VN-2022'],
      ]);
      // Marked all the same: the figures of the two sides are not comparable.
      expect(breaks).toEqual([expect.objectContaining({ on: '2022-01-01' })]);
    });

    it('has one where the standard is named, and no break', async () => {
      const { points, breaks } = await series(await opened(), '2020-12-31', '2022-12-31', 'year', {
        standard: 'VN-2022',
      });
      expect(points.map(({ on, standard, poor }) => [on, standard, poor.households])).toEqual([
        ['2020-12-31', 'VN-2022', null],
        ['2021-12-31', 'VN-2022', 1],
        ['2022-12-31', 'VN-2022', 1],
      ]);
      expect(breaks).toEqual([]);
    });
  });

  describe('over the life of the unit', () => {
    const unknown = { households: null, persons: null, rate: null };

    it('has points with null before it began', async () => {
      const { district } = await world.region(0);
      const commune = await world.commune(district, { validFrom: '2022-07-01' });
      await world.classified(commune, 'poor', '2022-12-15', { registeredOn: '2022-07-01' });
      for (const ref of [commune, `${commune}@2022-07-01`]) {
        const { points } = await series(ref, '2022-03-31', '2022-12-31', 'quarter');
        expect(points.map(({ on, poor }) => [on, poor.households])).toEqual([
          ['2022-03-31', null],
          ['2022-06-30', null],
          ['2022-09-30', null],
          ['2022-12-31', 1],
        ]);
        expect(points[0]).toMatchObject({ poor: unknown, nearPoor: unknown, totalHouseholds: null });
      }
    });

    it('has points with null after it ended, by full id', async () => {
      const { communes } = await world.region();
      const [commune = ''] = communes;
      await world.classified(commune, 'poor', '2022-12-15');
      await world.total(commune, '2022-12-31', 100);
      await server.post(`/v1/units/${commune}/changes`, { effectiveOn: '2023-07-01', abolished: true });
      const { points } = await series(`${commune}@${BEGINNING}`, '2022-12-31', '2023-12-31', 'quarter');
      expect(points.map(({ poor }) => poor.rate)).toEqual([1, 1, 1, null, null]);
      expect(points[3]).toMatchObject({ poor: unknown, nearPoor: unknown, totalHouseholds: null });
    });

    it('answers 404 for a code that nobody bears at the end of the range, naming its days', async () => {
      const { communes } = await world.region();
      const [commune = ''] = communes;
      await server.post(`/v1/units/${commune}/changes`, { effectiveOn: '2023-07-01', abolished: true });
      const query = { from: '2022-12-31', to: '2023-12-31', step: 'quarter' };
      const { detail } = problemOf(await server.ask(`/v1/units/${commune}/rates/series`, query), 404);
      expect(detail).toContain('2023-06-30');
    });

    it('marks a change of boundary', async () => {
      const { province, communes } = await world.region(2);
      await server.post(`/v1/units/${communes[0]}/changes`, { effectiveOn: '2023-07-01', abolished: true });
      const { breaks } = await series(province, '2022-12-31', '2023-12-31', 'year');
      expect(breaks).toEqual([{ on: '2023-07-01', reason: expect.stringMatching(/boundary/i) }]);
    });

    it('marks a change of the source of the denominator', async () => {
      const { communes } = await world.region();
      const [commune = ''] = communes;
      await world.total(commune, '2022-12-31', 100, { source: 'commune-register' });
      await world.total(commune, '2023-12-31', 102, { source: 'statistics-office' });
      const { breaks } = await series(commune, '2022-12-31', '2024-12-31', 'year');
      expect(breaks).toEqual([
        expect.objectContaining({ on: '2023-12-31', reason: expect.stringMatching(/source/i) }),
      ]);
    });

    it('marks every change of the source inside the range, even where the first one comes back', async () => {
      const { communes } = await world.region();
      const [commune = ''] = communes;
      for (const [year, source] of [
        [2021, 'a'],
        [2022, 'b'],
        [2023, 'a'],
      ]) {
        await world.total(commune, `${year}-12-31`, 100, { source });
      }
      const { breaks } = await series(commune, '2022-01-31', '2024-12-31', 'month');
      expect(breaks.map(({ on }) => on)).toEqual(['2022-12-31', '2023-12-31']);
    });

    it('marks a change inside the range that comes before the first point', async () => {
      const { province, communes } = await world.region(2);
      await server.post(`/v1/units/${communes[0]}/changes`, { effectiveOn: '2023-03-01', abolished: true });
      const { breaks } = await series(province, '2023-01-01', '2024-12-31', 'year');
      expect(breaks.map(({ on }) => on)).toEqual(['2023-03-01']);
    });
  });

  it.each([
    ['from', { to: '2023-12-31', step: 'year' }],
    ['to', { from: '2023-01-01', step: 'year' }],
    ['step', { from: '2023-01-01', to: '2023-12-31' }],
    ['step', { from: '2023-01-01', to: '2023-12-31', step: 'week' }],
  ])('refuses a request without a right %s', async (field, query) => {
    malformedAt(await server.get('/v1/units/VN/rates/series', query), field);
  });

  it('refuses a range that ends before it begins', async () => {
    const query = { from: '2023-12-31', to: '2023-01-01', step: 'year' };
    problemOf(await server.get('/v1/units/VN/rates/series', query), 400);
  });
});
