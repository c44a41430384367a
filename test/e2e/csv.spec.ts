import type { ChildrenFlows, Children, Facts, Flows, Rates, Series } from './support/answers';
import { problemOf } from './support/problem';
import type { Query } from './support/server';
import { Server } from './support/server';
import { World } from './support/world';

type Row = Readonly<Record<string, string>>;

/** Enough of CSV for what we print: cells in quotes may hold commas, quotes and line ends. */
function rowsOf(text: string): readonly Row[] {
  const lines = [
    ...text.replace(/^\ufeff/, '').matchAll(/(?:(?:"(?:[^"]|"")*"|[^",\r\n]*)(?:,|(?=\r?\n)|$))+/g),
  ];
  const [header = [], ...rows] = lines.map(([line]) => cellsOf(line)).filter((cells) => cells.length > 1);
  return rows.map((cells) => Object.fromEntries(header.map((column, index) => [column, cells[index] ?? ''])));
}

const cellsOf = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );

const FLOW_RANGE = { from: '2023-01-01', to: '2023-12-31' };

describe('tables', () => {
  let server: Server;
  let province: string;
  let communes: readonly string[];
  let household: string;

  beforeAll(async () => {
    server = await Server.start();
    const world = new World(server);
    ({ province, communes } = await world.region(2));
    household = await world.classified(communes[0] ?? '', 'poor', '2022-12-15', {
      decision: world.decision('2022-12-15', { authority: 'UBND xã "Đắk Nia", huyện; tỉnh' }),
    });
    await world.escaped(household, 'near-poor', '2023-06-20');
    await world.classified(communes[1] ?? '', 'near-poor', '2022-12-15');
    await world.total(communes[0] ?? '', '2022-12-31', 80);
  });
  afterAll(() => server.stop());

  const table = async (path: string, query: Query): Promise<readonly Row[]> => {
    const answer = await server.ask<string>(path, query, { accept: 'text/csv' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/csv\b/);
    return rowsOf(answer.body);
  };
  const cellsIn = (rows: readonly Row[]): string[] => rows.flatMap((row) => Object.values(row));
  const json = async <Body>(path: string, query: Query): Promise<Body> =>
    (await server.ask<Body>(path, query)).body;

  it('of the units below a unit have a row for each, with its counts and rates', async () => {
    const path = `/v1/units/${province}/children/rates`;
    const query = { on: '2022-12-31' };
    const { children } = await json<Children<Rates>>(path, query);
    const rows = await table(path, query);
    for (const { unit } of children) expect(cellsIn(rows)).toContain(unit.id);
    expect(rows.length).toBeGreaterThanOrEqual(children.length);
  });

  it('leave a cell empty where a figure is unknown, and write 0 where it is 0', async () => {
    const rows = await table(`/v1/units/${province}/children/rates`, { on: '2020-12-31' });
    expect(cellsIn(rows).join()).not.toMatch(/null|NaN|undefined/);
  });

  it('of a series have a row for each point', async () => {
    const path = `/v1/units/${communes[0]}/rates/series`;
    const query = { from: '2022-12-31', to: '2023-12-31', step: 'quarter' };
    const { points } = await json<Series>(path, query);
    const rows = await table(path, query);
    expect(rows).toHaveLength(points.length);
    points.forEach((point, index) => {
      const cells = Object.values(rows[index] ?? {});
      expect(cells).toEqual(
        expect.arrayContaining([point.on, point.standard, String(point.poor.households)]),
      );
      if (point.poor.rate !== null) expect(cells).toContain(String(point.poor.rate));
    });
  });

  it('of flows have every column of the forms, in households and in persons', async () => {
    const path = `/v1/units/${communes[0]}/flows`;
    const { poor, nearPoor } = await json<Flows>(path, FLOW_RANGE);
    const rows = await table(path, FLOW_RANGE);
    expect(rows).toHaveLength(4);
    for (const flow of [poor.households, poor.persons, nearPoor.households, nearPoor.persons]) {
      const wanted = Object.entries(flow).map(([column, count]) => [column, String(count)]);
      expect(rows).toContainEqual(expect.objectContaining(Object.fromEntries(wanted)));
    }
  });

  it('of flows of the units below have the flows of each', async () => {
    const path = `/v1/units/${province}/children/flows`;
    const { children } = await json<ChildrenFlows>(path, FLOW_RANGE);
    const rows = await table(path, FLOW_RANGE);
    for (const { unit } of children)
      expect(cellsIn(rows).filter((cell) => cell === unit.id).length).toBeGreaterThanOrEqual(4);
  });

  it('of facts have a row for each, with its paper', async () => {
    const path = `/v1/households/${household}/facts`;
    const { facts } = await json<Facts>(path, {});
    const rows = await table(path, {});
    expect(rows).toHaveLength(facts.length);
    facts.forEach(({ id, type, effectiveOn }, index) => {
      expect(Object.values(rows[index] ?? {})).toEqual(expect.arrayContaining([id, type, effectiveOn]));
    });
    expect(cellsIn(rows)).toContain('UBND xã "Đắk Nia", huyện; tỉnh');
  });

  it('of who bears a list number are a list as well', async () => {
    const rows = await table('/v1/households', { unit: communes[0], listNumber: '1' });
    expect(rows).toEqual([]);
  });

  it('are JSON where the reader prefers that, or says nothing', async () => {
    const path = `/v1/units/${province}/flows`;
    for (const accept of ['*/*', 'application/json', 'application/json, text/csv;q=0.5', 'text/html']) {
      const answer = await server.ask(path, FLOW_RANGE, { accept });
      expect(answer.headers.get('content-type')).toMatch(/^application\/json\b/);
    }
  });

  it('are refused like anything else', async () => {
    problemOf(await server.get('/v1/units/VN/flows', {}, { accept: 'text/csv' }), 400);
    problemOf(await server.get('/v1/units/99999/flows', FLOW_RANGE, { accept: 'text/csv' }), 404);
  });
});
