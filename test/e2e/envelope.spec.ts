import type { UnitAnswer } from './support/answers';
import { daysAgo, today } from './support/days';
import type { Query } from './support/server';
import { Server } from './support/server';
import { BEGINNING, World } from './support/world';

const RANGE = { from: '2023-01-01', to: '2023-12-31' };

/** What all answers to questions carry. */
describe('every answer', () => {
  let server: Server;
  let commune: string;
  let household: string;

  beforeAll(async () => {
    server = await Server.start();
    const world = new World(server);
    [commune = ''] = (await world.region()).communes;
    household = await world.classified(commune, 'poor', '2022-12-15', { listNumber: '1' });
  });
  afterAll(() => server.stop());

  const questions: readonly [string, Query][] = [
    ['/v1/units/{unit}/rates', {}],
    ['/v1/units/{unit}/children/rates', {}],
    ['/v1/units/{unit}/children/flows', RANGE],
    ['/v1/units/{unit}/rates/series', { ...RANGE, step: 'year' }],
    ['/v1/units/{unit}/flows', RANGE],
    ['/v1/units/{unit}/re-poverty', RANGE],
    ['/v1/units/{unit}/households', { status: 'poor' }],
    ['/v1/units/{unit}', {}],
    ['/v1/units/{unit}/totals', {}],
    ['/v1/households/{id}', {}],
    ['/v1/households/{id}/timeline', {}],
    ['/v1/households/{id}/facts', {}],
    ['/v1/households', { listNumber: '1' }],
  ];

  const ask = async (path: string, query: Query): Promise<UnitAnswer> => {
    const filled = path.replace('{unit}', commune).replace('{id}', household);
    const bearers = path === '/v1/households' ? { unit: commune } : {};
    const { status, body } = await server.ask<UnitAnswer>(filled, { ...query, ...bearers });
    expect({ status, body }).toMatchObject({ status: 200 });
    return body;
  };

  it.each(questions)(
    'of %s says of which unit, day, knowledge, standard and group it is',
    async (path, query) => {
      const on = '2023-12-31';
      expect(await ask(path, { on, ...query })).toMatchObject({
        unit: {
          id: `${commune}@${BEGINNING}`,
          code: commune,
          name: `Đơn vị ${commune}`,
          level: 'commune',
          validFrom: BEGINNING,
          validTo: null,
        },
        on,
        knownOn: today(),
        standard: 'VN-2022',
        group: 'all',
        position: expect.any(String),
        breaks: [],
        warnings: expect.any(Array),
      });
    },
  );

  it.each(questions)('of %s is of today unless a day is given', async (path, query) => {
    // A range has its own days; what its `on` is then, the contract leaves open.
    if (query['from'] !== undefined) return;
    expect(await ask(path, query)).toMatchObject({ on: today(), knownOn: today() });
  });

  it.each(questions)('of %s takes every parameter that all questions take', async (path, query) => {
    const all = { on: '2023-12-31', knownOn: today(), standard: 'VN-2022', group: 'all' };
    expect(await ask(path, { ...all, ...query })).toMatchObject({ knownOn: today() });
  });

  it('of the list of units says of which day and knowledge it is', async () => {
    const { body } = await server.ask('/v1/units', {
      on: '2023-12-31',
      knownOn: daysAgo(3),
      level: 'province',
    });
    expect(body).toMatchObject({
      on: '2023-12-31',
      knownOn: daysAgo(3),
      position: expect.any(String),
      warnings: expect.any(Array),
      items: [],
    });
  });
});
