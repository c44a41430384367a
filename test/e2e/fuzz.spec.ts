import fc from 'fast-check';
import { BROKEN_ADDRESSES, HOSTILE_BODIES, HOSTILE_JSON, HOSTILE_QUERY } from './support/hostile';
import { problemOf } from './support/problem';
import type { Answer, Headers } from './support/server';
import { Server } from './support/server';
import { World } from './support/world';

const AT_ONCE = 8;
const JSON_TYPE = { 'content-type': 'application/json' };

/** Whatever comes in: 2xx or 4xx, every 4xx a problem, and afterwards a server as good as before. */
describe('a hostile client', () => {
  let server: Server;
  let world: World;
  let orders: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  let questions: readonly string[];

  beforeAll(async () => {
    server = await Server.start();
    world = new World(server);
    const [commune = '', other = ''] = (await world.region(2)).communes;
    const household = await world.classified(commune, 'poor', '2022-12-15', { listNumber: '1' });
    const decision = world.decision('2023-06-20');
    orders = {
      '/v1/units': { code: '95', name: 'x', level: 'province', parentCode: 'VN', areaType: 'rural', validFrom: '2010-01-01', validTo: '2020-01-01', legalBasis: 'x' },
      [`/v1/units/${commune}/changes`]: { effectiveOn: '2023-01-01', name: 'x', areaType: 'rural', abolished: true, legalBasis: 'x' },
      [`/v1/units/${commune}/totals`]: { on: '2023-01-01', group: 'all', households: 5, persons: 20, source: 'x' },
      '/v1/households': { householdId: 'h', unit: commune, village: 'x', registeredOn: '2020-01-01', members: 4, groups: [], listNumber: '1' },
      [`/v1/households/${household}/reviews`]: { ...world.review('poor', '2023-12-15'), incomeScore: 120, incomePerCapita: 1_000_000, deprivations: [1, 2, 3], causes: [1], groups: [], members: 4, decision, override: { reason: 'x' } },
      [`/v1/households/${household}/escapes`]: { standard: 'VN-2022', effectiveOn: '2023-06-20', to: 'above', channel: 'regular', decision },
      [`/v1/households/${household}/re-poverty-flags`]: { standard: 'VN-2022', effectiveOn: '2024-06-20', reason: 'x', decision },
      [`/v1/households/${household}/moves`]: { effectiveOn: '2024-08-20', toUnit: other, village: 'x', members: 4, decision },
      [`/v1/households/${household}/details`]: { effectiveOn: '2024-09-20', members: 4, groups: [], village: 'x' },
      [`/v1/households/nobody/dissolution`]: { effectiveOn: '2025-01-20', reason: 'died' },
    }; // prettier-ignore
    questions = [
      ...[
        'rates',
        'children/rates',
        'children/flows',
        'rates/series',
        'flows',
        're-poverty',
        'households',
        'totals',
        '',
      ].map((what) => `/v1/units/${commune}${what === '' ? '' : `/${what}`}`),
      ...['', '/timeline', '/facts'].map((what) => `/v1/households/${household}${what}`),
      ...['/v1/households', '/v1/units', '/v1/standards', '/health/live', '/health/ready', '/openapi.json'],
    ];
  });
  afterAll(() => server.stop());

  afterEach(async () => {
    expect((await server.get('/health/ready')).status).toBe(200);
    expect((await server.ask('/v1/units/VN/rates')).status).toBe(200);
    expect(server.program.output).not.toMatch(/\bERROR\b|[Uu]nhandled|\n\s+at /);
  });

  /** Judges all answers, and shows the requests that got a bad one. */
  const judge = async (requests: readonly (readonly [string, () => Promise<Answer>])[]): Promise<void> => {
    const bad: string[] = [];
    for (let first = 0; first < requests.length; first += AT_ONCE) {
      const some = requests.slice(first, first + AT_ONCE);
      await Promise.all(
        some.map(async ([what, send]) => {
          try {
            const answer = await send();
            if (answer.status >= 500) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
            if (answer.status >= 400) problemOf(answer, answer.status);
          } catch (error) {
            bad.push(`${what.slice(0, 200)} -> ${String(error).slice(0, 200)}`);
          }
        }),
      );
    }
    expect(bad).toEqual([]);
  };

  const post =
    (path: string, body: string, headers: Headers = {}) =>
    (): Promise<Answer> =>
      server.send('POST', path, { body, headers: { ...JSON_TYPE, ...headers } });
  const get =
    (path: string, headers: Headers = {}) =>
    (): Promise<Answer> =>
      server.send('GET', path, { headers });

  it('sends bodies that are none', async () => {
    const requests = Object.keys(orders).flatMap((path) =>
      HOSTILE_BODIES.map((body) => [`POST ${path} ${body}`, post(path, body)] as const),
    );
    await judge(requests);
  });

  it('sends hostile values in every field, and in every field of a part', async () => {
    const requests = Object.entries(orders).flatMap(([path, order]) =>
      sampleOf(variantsOf(order), 2, path).map((body) => [`POST ${path} ${body}`, post(path, body)] as const),
    );
    await judge(requests);
  });

  it('sends keys that no order has', async () => {
    const keys = ['__proto__', 'prototype', '$gt', '', ' ', 'a.b', '\\u0000', 'type', 'today', 'place', 'recordedOn', 'commandId']; // prettier-ignore
    const requests = Object.entries(orders).flatMap(([path, order]) =>
      keys.map((key) => {
        const body = `${JSON.stringify(order).slice(0, -1)},"${key}":{"polluted":1}}`;
        return [`POST ${path} ${body}`, post(path, body)] as const;
      }),
    );
    const statuses: number[] = [];
    const noting = requests.map(
      ([what, send]) =>
        [what, async () => {
          const answer = await send();
          statuses.push(answer.status);
          return answer;
        }] as const,
    ); // prettier-ignore
    await judge(noting);
    expect(new Set(statuses)).toEqual(new Set([400]));
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('sends keys that every object has', async () => {
    const answers = ['constructor', 'toString', 'hasOwnProperty', 'valueOf'].map(async (key) => {
      const body = `{"code":"94","name":"x","level":"province","validFrom":"2010-01-01","${key}":1}`;
      const answer = await post('/v1/units', body)();
      return [key, answer.status === 400 ? problemOf(answer, 400).errors[0]?.field : answer.status];
    });
    for (const [key, refused] of await Promise.all(answers)) expect(refused).toBe(key);
  });

  it('sends personal numbers wherever a text may stand, and none gets in', async () => {
    const texts = [
      'householdId',
      'name',
      'legalBasis',
      'source',
      'village',
      'listNumber',
      'reason',
      'number',
      'authority',
    ];
    const requests = Object.entries(orders).flatMap(([path, order]) =>
      ['"012345678901"', '"x 012345678901"', '"a-012345678901"'].flatMap((text) =>
        variantsOf(order, [text], texts).map((body) => [`POST ${path} ${body}`, post(path, body)] as const),
      ),
    );
    expect(requests.length).toBeGreaterThan(50);
    for (const [what, send] of requests) {
      const { status } = await send();
      expect([what, status >= 400 && status < 500]).toEqual([what, true]);
    }
  });

  it('sends whatever JSON there is', async () => {
    const samples = fc.sample(fc.json({ maxDepth: 4 }), { numRuns: 40, seed: 20_261_123 });
    const requests = Object.keys(orders).flatMap((path) =>
      samples.map((body) => [`POST ${path} ${body}`, post(path, body)] as const),
    );
    await judge(requests);
  });

  it('leaves the body or its type out, or names another', async () => {
    const types = ['', ' ', 'x', 'text/plain', 'text/csv', 'application/json;charset=utf-16', 'application/json; charset=x', 'application/merge-patch+json', 'multipart/form-data', 'application/x-www-form-urlencoded']; // prettier-ignore
    const requests = Object.entries(orders).flatMap(([path, order]) => [
      [`POST ${path} nothing`, () => server.send('POST', path)] as const,
      [`POST ${path} empty`, post(path, '')] as const,
      ...types.map(
        (type) =>
          [`POST ${path} ${type}`, post(path, JSON.stringify(order), { 'content-type': type })] as const,
      ),
    ]);
    await judge(requests);
  });

  it('sends hostile headers', async () => {
    const hostile: readonly (readonly [string, string])[] = [
      ...['', '"', '"-1"', '""', '"1", "2"', 'W/"1"', '*', '"99999999999999999999"', '"1e3"', 'null'].map((value) => ['if-match', value] as const),
      ...['', ' ', 'é', 'x'.repeat(4_000), '__proto__', '{"$gt":""}', '012345678901', '%00'].map((value) => ['idempotency-key', value] as const),
      ...['', 'é', 'x'.repeat(4_000), '__proto__', 'constructor', '../..', '012345678901', 'a b', '$gt'].map((value) => ['x-actor', value] as const),
      ...['', '*', 'vi;q=x', ';', ',,,', 'vi'.repeat(2_000), '__proto__', 'constructor'].map((value) => ['accept-language', value] as const),
      ...['', 'x', 'text/csv', '*/*;q=x', 'text/csv'.repeat(500)].map((value) => ['accept', value] as const),
      ...['gzip', 'x'].map((value) => ['content-encoding', value] as const),
    ]; // prettier-ignore
    const requests = Object.entries(orders).flatMap(([path, order]) =>
      hostile.map(
        ([name, value]) =>
          [`POST ${path} ${name}: ${value}`, post(path, JSON.stringify(order), { [name]: value })] as const,
      ),
    );
    const asked = questions.flatMap((path) =>
      hostile.map(
        ([name, value]) => [`GET ${path} ${name}: ${value}`, get(path, { [name]: value })] as const,
      ),
    );
    await judge([...requests, ...asked]);
  });

  it('asks with hostile values in every parameter', async () => {
    const needed = 'from=2023-01-01&to=2023-03-31&step=month&unit=VN&listNumber=1';
    const names = ['on', 'knownOn', 'standard', 'group', 'from', 'to', 'step', 'withinYears', 'status', 'limit', 'cursor', 'unit', 'listNumber', 'parent', 'level', '__proto__', 'a[b]']; // prettier-ignore
    const rightFor = (path: string): Readonly<Record<string, string>> => {
      if (/flows|re-poverty/.test(path)) return { from: '2023-01-01', to: '2023-03-31' };
      if (path.endsWith('series')) return { from: '2023-01-01', to: '2023-03-31', step: 'month' };
      return path === '/v1/households' ? { unit: 'VN', listNumber: '1' } : {};
    };
    const requests = questions.flatMap((path) =>
      names.flatMap((name) =>
        sampleOf([...HOSTILE_QUERY, ...BROKEN_ADDRESSES], 4, path + name).map((value) => {
          const query = Object.entries({ ...rightFor(path), [name]: value }).map((pair) => pair.join('='));
          const address = `${path}?${query.join('&')}`;
          return [`GET ${address}`, get(address)] as const;
        }),
      ),
    );
    const doubled = questions.map(
      (path) => [`GET ${path} twice`, get(`${path}?${needed}&${needed}&on=1&on=2`)] as const,
    );
    await judge([...requests, ...doubled]);
  });

  it('asks for hostile units and households', async () => {
    const requests = HOSTILE_QUERY.flatMap((value) =>
      [`/v1/units/${value}`, `/v1/units/${value}/rates`, `/v1/units/${value}/flows?from=2023-01-01&to=2023-03-31`, `/v1/households/${value}`, `/v1/households/${value}/facts`].map(
        (address) => [`GET ${address}`, get(address)] as const,
      ),
    ); // prettier-ignore
    const ordered = HOSTILE_QUERY.flatMap((value) =>
      Object.entries(orders).flatMap(([path, order]) => {
        const address = path.replace(/^(\/v1\/\w+\/)[^/]+/, `$1${value}`);
        return [[`POST ${address}`, post(address, JSON.stringify(order))] as const];
      }),
    );
    await judge([...requests, ...ordered]);
  });

  it('waits for what is no position, and is told so', async () => {
    const answers = await Promise.all(
      ['x', '-1', '%7B%7D', 'é', ' '].map((value) => server.get('/v1/units/VN/rates', { atLeast: value })),
    );
    for (const answer of answers) expect(problemOf(answer, 400).errors[0]?.field).toBe('atLeast');
  });

  it('asks at addresses that are none', async () => {
    const requests = BROKEN_ADDRESSES.flatMap((value) =>
      [`/${value}`, `/v1/units/${value}/rates`, `/v1/households/${value}`].map(
        (path) => [`GET ${path}`, get(path)] as const,
      ),
    );
    await judge(requests);
  });

  it('sends 10 MB, at once or in pieces: 413, or the server hangs up on who does not listen', async () => {
    const atOnce = 'x'.repeat(10_000_000);
    const inPieces = (): ReadableStream =>
      new Blob(Array.from({ length: 100 }, () => 'x'.repeat(100_000))).stream();
    for (const init of [{ body: atOnce }, { body: inPieces(), duplex: 'half' }]) {
      const answer = await server
        .send('POST', '/v1/households', { headers: JSON_TYPE, ...init } as RequestInit)
        .catch(() => undefined);
      if (answer) expect(problemOf(answer, 413).code).toMatch(/large/);
    }
  });

  it('sends a header without end', async () => {
    const answer = await server.send('GET', '/v1/units', { headers: { 'x-actor': 'x'.repeat(60_000) } });
    expect([400, 431]).toContain(answer.status);
    problemOf(answer, answer.status);
  });

  it('is followed by an officer who notices nothing', async () => {
    const [commune = ''] = (await world.region()).communes;
    await world.classified(commune, 'poor', '2022-12-15');
    await world.total(commune, '2022-12-31', 50);
    const { body } = await server.ask(`/v1/units/${commune}/rates`, { on: '2022-12-31' });
    expect(body).toMatchObject({ poor: { households: 1, rate: 2 } });
  });
});

/** One of so many, another one for each name, so that all come to be used. */
function sampleOf<Item>(items: readonly Item[], oneOf: number, name: string): Item[] {
  const first = [...name].reduce((sum, char) => sum + char.charCodeAt(0), 0);
  return items.filter((_item, index) => (index + first) % oneOf === 0);
}

/** The order as JSON, once for every field (of those named) and hostile value in it. */
function variantsOf(
  order: Readonly<Record<string, unknown>>,
  values: readonly string[] = HOSTILE_JSON,
  named?: readonly string[],
): string[] {
  return Object.entries(order).flatMap(([field, value]) => {
    const rest = Object.entries(order).filter(([name]) => name !== field);
    const around = rest.map(([name, other]) => `${JSON.stringify(name)}:${JSON.stringify(other)}`);
    const inside = isPart(value) ? variantsOf(value, values, named) : [];
    const own = named === undefined || named.includes(field) ? values : [];
    return [...own, ...inside].map(
      (text) => `{${[...around, `${JSON.stringify(field)}:${text}`].join(',')}}`,
    );
  });
}

const isPart = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
