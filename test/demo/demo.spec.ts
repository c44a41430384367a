import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLES } from '../../apps/api/src/docs/examples';
import { cli } from '../e2e/support/cli';
import { Server, temporaryFolder } from '../e2e/support/server';

/** Poor households and rates of the province's plan for 2023 (Đắk Nông, section II.2): end of 2022, planned end of 2023. */
const PLAN: Readonly<Record<string, readonly [number, number, number, number]>> = {
  '660': [115, 0.57, 85, 0.41],
  '661': [4545, 25.68, 2435, 13.68],
  '662': [1183, 5.33, 703, 3.17],
  '663': [601, 2.15, 431, 1.54],
  '664': [851, 4.32, 671, 3.41],
  '665': [833, 4.07, 633, 3.09],
  '666': [590, 2.45, 420, 1.74],
  '667': [4624, 30.78, 2974, 19.5],
  '67': [13342, 7.97, 8352, 4.97],
};

interface Rates {
  readonly unit: { readonly code: string };
  readonly standard: string;
  readonly on: string;
  readonly poor: { readonly households: number; readonly rate: number };
  readonly nearPoor: { readonly households: number; readonly rate: number };
  readonly totalHouseholds: { readonly count: number };
  readonly completeness: { readonly unclassifiedCommunes: number };
}

/** An answer without what differs from run to run, its long lists cut as in the documentation. */
function shown(value: unknown): unknown {
  if (Array.isArray(value)) {
    const long = value.length > 4 && value.every((item) => typeof item === 'object');
    return (long ? value.slice(0, 2) : value).map(shown);
  }
  if (typeof value !== 'object' || value === null) return value;
  const differing = ['position', 'knownOn', 'recordedAt'];
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (differing.includes(key) ? [] : [[key, shown(inner)]])),
  );
}

describe('the demo', () => {
  const folder = temporaryFolder();
  const dataDir = join(folder, 'data');
  let server: Server;

  const rates = async (unit: string, query: Record<string, string>): Promise<Rates> => {
    const answer = await server.get<Rates>(`/v1/units/${unit}/rates`, query);
    expect(answer.status).toBe(200);
    return answer.body;
  };

  beforeAll(async () => {
    const run = await cli(dataDir, 'demo');
    expect(run).toMatchObject({ code: 0 });
    expect(run.stdout).toContain('13342');
    server = await Server.start({ dataDir });
  }, 180_000);

  afterAll(async () => {
    await server.halt();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(Object.entries(PLAN))(
    'answers the plan for unit %s, at the end of 2022 and of 2023',
    async (unit, [poor22, rate22, poor23, rate23]) => {
      const end22 = await rates(unit, { on: '2022-12-31' });
      const end23 = await rates(unit, { on: '2023-12-31' });
      expect(end22.poor).toMatchObject({ households: poor22, rate: rate22 });
      expect(end23.poor).toMatchObject({ households: poor23, rate: rate23 });
      expect(end22.completeness.unclassifiedCommunes).toBe(0);
    },
  );

  it('answers for the province as the sum of its 71 communes', async () => {
    const { body } = await server.get<{ items: { code: string }[] }>('/v1/units', {
      parent: '67',
      level: 'commune',
      on: '2022-12-31',
    });
    expect(body.items).toHaveLength(71);
    const communes = await Promise.all(body.items.map(({ code }) => rates(code, { on: '2022-12-31' })));
    const sum = (read: (one: Rates) => number): number => communes.map(read).reduce((a, b) => a + b, 0);
    expect(sum(({ poor }) => poor.households)).toBe(13_342);
    expect(sum(({ totalHouseholds }) => totalHouseholds.count)).toBe(167_401);
  });

  it('knew something else on the day itself than it knows today', async () => {
    const then = await rates('67', { on: '2022-12-31', knownOn: '2022-12-31' });
    expect(then.poor.households).not.toBe(13_342);
    const midYear = await rates('67', { on: '2022-12-31', knownOn: '2024-06-30' });
    expect(midYear.poor.households).toBe(13_342);
  });

  it('closes the flows of 2023, children and moves inside included', async () => {
    interface Flow {
      poor: { households: Record<string, number> };
      closes: boolean;
    }
    const { body } = await server.get<{
      parent: Flow;
      children: Flow[];
      movedInside: { poor: { households: number } };
    }>('/v1/units/67/children/flows', { from: '2023-01-01', to: '2023-12-31' });
    const { parent, children, movedInside } = body;
    expect([parent, ...children].every(({ closes }) => closes)).toBe(true);
    expect(parent.poor.households).toMatchObject({ opening: 13_342, closing: 8_352 });
    for (const column of [
      'escapedAbove',
      'escapedToNearPoor',
      'rePoor',
      'newlyArising',
      'becamePoorFromNearPoor',
    ]) {
      const sum = children.map(({ poor }) => poor.households[column] ?? 0).reduce((a, b) => a + b, 0);
      expect(sum).toBe(parent.poor.households[column]);
      expect(sum).toBeGreaterThan(0);
    }
    const increases = children
      .map(({ poor }) => poor.households['otherIncrease'] ?? 0)
      .reduce((a, b) => a + b, 0);
    expect(increases).toBe((parent.poor.households['otherIncrease'] ?? 0) + movedInside.poor.households);
    expect(movedInside.poor.households).toBeGreaterThan(0);
  });

  it('keeps ethnic-minority households with a denominator of their own', async () => {
    const minority = await rates('67', { on: '2022-12-31', group: 'ethnic-minority' });
    const all = await rates('67', { on: '2022-12-31' });
    expect(minority.totalHouseholds.count).toBeLessThan(all.totalHouseholds.count);
    expect(minority.poor.rate).toBeGreaterThan(all.poor.rate);
  });

  it('shows A Lưới across the change of standard, the break marked', async () => {
    const { body } = await server.get<{ points: Rates[]; breaks: { on: string; reason: string }[] }>(
      '/v1/units/481/rates/series',
      {
        from: '2020-01-01',
        to: '2022-12-31',
        step: 'year',
      },
    );
    const points = body.points.map(({ on, standard, poor }) => ({ on, standard, rate: poor.rate }));
    expect(points.slice(0, 1)).toEqual([{ on: '2020-12-31', standard: 'VN-2016', rate: 14.82 }]);
    expect(points[2]).toEqual({ on: '2021-12-31', standard: 'VN-2022', rate: 49.98 });
    expect(points.map(({ on }) => on)).toEqual(['2020-12-31', '2021-12-31', '2021-12-31', '2022-12-31']);
    expect(body.breaks).toContainEqual(expect.objectContaining({ on: '2022-01-01', reason: 'standard' }));
  });

  it('classifies A Lưới twice on one day', async () => {
    const old = await rates('481', { on: '2021-12-31', standard: 'VN-2016' });
    const opening = await rates('481', { on: '2021-12-31', standard: 'VN-2022' });
    expect(old.poor.households).toBeLessThan(7_022);
    expect(opening.poor).toMatchObject({ households: 7_022, rate: 49.98 });
    expect(opening.nearPoor).toMatchObject({ households: 2_185, rate: 15.55 });
  });

  it('gives the answers that the documentation shows', async () => {
    for (const [name, { request, body, answer }] of Object.entries(EXAMPLES)) {
      const [method = '', path = ''] = request.split(' ');
      const live = method === 'GET' ? await server.ask(path) : await server.post(path, body);
      expect({ name, answer: shown(live.body) }).toEqual({ name, answer: shown(answer) });
    }
  });

  it('is refused in a folder that holds something', async () => {
    const run = await cli(dataDir, 'demo');
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('not empty');
  });
});
