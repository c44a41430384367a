import { problemOf } from './support/problem';
import { Server } from './support/server';
import { World } from './support/world';

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, unknown>>;
}
interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly allOf?: readonly Schema[];
}
interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Every order of the contract, with the fields of its body; `?` marks the optional ones. */
const ORDERS: Readonly<Record<string, string>> = {
  '/v1/units': 'code name level parentCode? areaType? validFrom validTo? legalBasis?',
  '/v1/units/{unit}/changes': 'effectiveOn name? areaType? abolished? legalBasis?',
  '/v1/units/{unit}/totals': 'on group households persons? source',
  '/v1/households': 'householdId? unit village? registeredOn members groups? listNumber?',
  '/v1/households/{id}/reviews':
    'standard channel effectiveOn areaType incomeScore? incomePerCapita? deprivations? outcome causes? groups? members? decision override?',
  '/v1/households/{id}/escapes': 'standard effectiveOn to channel? decision',
  '/v1/households/{id}/re-poverty-flags': 'standard effectiveOn reason? decision',
  '/v1/households/{id}/moves': 'effectiveOn toUnit village? members? decision?',
  '/v1/households/{id}/details': 'effectiveOn members? groups? village?',
  '/v1/households/{id}/dissolution': 'effectiveOn reason',
};

const COMMON = 'on knownOn standard group atLeast';
const QUESTIONS: Readonly<Record<string, string>> = {
  '/v1/units/{unit}/rates': COMMON,
  '/v1/units/{unit}/children/rates': COMMON,
  '/v1/units/{unit}/children/flows': `${COMMON} from to`,
  '/v1/units/{unit}/rates/series': `${COMMON} from to step`,
  '/v1/units/{unit}/flows': `${COMMON} from to`,
  '/v1/units/{unit}/re-poverty': `${COMMON} from to withinYears`,
  '/v1/units/{unit}/households': `${COMMON} status limit cursor`,
  '/v1/households': `${COMMON} unit listNumber`,
  '/v1/units': `${COMMON} parent level`,
  '/v1/units/{unit}': COMMON,
  '/v1/units/{unit}/totals': COMMON,
  '/v1/standards': '',
  '/v1/households/{id}/timeline': COMMON,
  '/v1/households/{id}/facts': COMMON,
  '/v1/households/{id}': COMMON,
  '/health/live': '',
  '/health/ready': '',
};

describe('a server', () => {
  let server: Server;

  beforeAll(async () => {
    server = await Server.start();
  });
  afterAll(() => server.stop());

  it('lives, and is ready', async () => {
    expect((await server.get('/health/live')).status).toBe(200);
    expect((await server.get('/health/ready')).status).toBe(200);
  });

  it('is after a crash what it was: all that it was told is there, and a repeated key is known', async () => {
    const first = await Server.start();
    const world = new World(first);
    const [commune = ''] = (await world.region()).communes;
    for (let count = 0; count < 20; count++) await world.classified(commune, 'poor', '2022-12-15');
    const body = { code: '95', name: 'Tỉnh', level: 'province', validFrom: '2010-01-01' };
    const key = { 'idempotency-key': 'over-the-restart' };
    const before = await first.post<object>('/v1/units', body, key);
    await first.kill();
    // Ready means that everything in the log can be asked for: no position to wait for is given.
    const second = await Server.start({ dataDir: first.dataDir });
    const rates = await second.get(`/v1/units/${commune}/rates`, { on: '2022-12-31' });
    expect(rates.body).toMatchObject({ poor: { households: 20 } });
    const again = await second.post('/v1/units', body, key);
    expect(again).toMatchObject({ status: 200, body: { ...before.body, unchanged: true } });
    problemOf(await second.post('/v1/units', { ...body, name: 'Khác' }, key), 422);
    await second.stop();
  });

  it('gives the standards as data', async () => {
    const { status, body } = await server.get('/v1/standards');
    expect(status).toBe(200);
    const shown = JSON.stringify(body);
    for (const id of ['VN-2011', 'VN-2016', 'VN-2022', 'VN-2027']) expect(shown).toContain(id);
    for (const day of ['2021-12-31', '2022-01-01', '2026-12-31', '2027-01-01']) expect(shown).toContain(day);
    for (const line of [700_000, 900_000, 1_500_000, 2_000_000, 2_200_000, 2_800_000])
      expect(shown).toContain(String(line));
  });

  it('has documents for people', async () => {
    const answer = await server.get<string>('/docs');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html\b/);
    const assets = [...answer.body.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map(
      ([, address = '']) => address,
    );
    expect(assets.length).toBeGreaterThan(0);
    for (const address of assets)
      expect((await fetch(new URL(address, `${server.url}/docs`))).status).toBe(200);
  });

  describe('documents itself for programs', () => {
    let api: OpenApi;

    beforeAll(async () => {
      const answer = await server.get<OpenApi>('/openapi.json');
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toMatch(/^application\/json\b/);
      api = answer.body;
    });

    const resolved = (schema: Schema): Schema => {
      const name = schema.$ref?.split('/').at(-1);
      return name === undefined ? schema : (api.components.schemas[name] ?? {});
    };

    it('as OpenAPI 3', () => {
      expect(api.openapi).toMatch(/^3\./);
    });

    it.each(Object.entries(ORDERS))('POST %s with its fields', (path, fields) => {
      const operation = api.paths[path]?.['post'];
      expect(operation).toBeDefined();
      const body = operation?.requestBody?.content['application/json']?.schema ?? {};
      const { properties = {}, required = [] } = resolved(body);
      const documented = Object.keys(properties).map((name) => (required.includes(name) ? name : `${name}?`));
      expect(documented.sort()).toEqual(fields.split(' ').sort());
      const headers = operation?.parameters
        ?.filter((one) => one.in === 'header')
        .map(({ name }) => name.toLowerCase());
      expect(headers).toEqual(expect.arrayContaining(['idempotency-key', 'if-match', 'x-actor']));
      for (const status of ['201', '200', '400', '422']) expect(operation?.responses).toHaveProperty(status);
    });

    it.each(Object.entries(QUESTIONS))('GET %s with its parameters', (path, names) => {
      const operation = api.paths[path]?.['get'];
      expect(operation).toBeDefined();
      const documented = (operation?.parameters ?? [])
        .filter((one) => one.in === 'query')
        .map(({ name }) => name);
      expect(documented).toEqual(expect.arrayContaining(names.split(' ').filter(Boolean)));
      expect(operation?.responses).toHaveProperty('200');
    });

    it('without a reference that leads nowhere', () => {
      const references = [...JSON.stringify(api).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
      expect(references.length).toBeGreaterThan(0);
      for (const [, name] of references) expect(Object.keys(api.components.schemas)).toContain(name);
    });
  });
});
