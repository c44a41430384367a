import type { RePoverty } from './support/answers';
import { malformedAt, problemOf } from './support/problem';
import { Server } from './support/server';
import { World } from './support/world';

const VIETNAMESE = /[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]/i;
const RANGE = { from: '2023-01-01', to: '2023-12-31' };

describe('what goes wrong', () => {
  let server: Server;
  let world: World;
  let commune: string;

  beforeAll(async () => {
    server = await Server.start();
    world = new World(server);
    commune = (await world.region()).communes[0] ?? '';
  });
  afterAll(() => server.stop());

  const json = { 'content-type': 'application/json' };

  it('names every field that is wrong, its rule, what to give instead, and what was there', async () => {
    const body = { unit: 'x', registeredOn: '2023-02-29', members: 0, village: 7, foo: 1 };
    const problem = problemOf(await server.post('/v1/households', body), 400);
    const found = Object.fromEntries(problem.errors.map(({ field, got }) => [field, got]));
    expect(found).toEqual({ ...body });
    expect(new Set(problem.errors.map(({ message }) => message)).size).toBeGreaterThan(3);
  });

  it('has a stable code, and a type and title of its kind', async () => {
    const id = await world.household(commune);
    const problem = problemOf(await world.tryOrder(id, 'escapes', world.escape('above', '2023-06-20')), 422);
    expect(problem.code).toBe('escape.not-poor-on-that-day');
    expect(problem.errors).toEqual([
      expect.objectContaining({
        field: 'effectiveOn',
        rule: 'escape.not-poor-on-that-day',
        got: '2023-06-20',
      }),
    ]);
    expect(() => new URL(problem.type)).not.toThrow();
  });

  it.each([
    ['GET', '/'],
    ['GET', '/v1'],
    ['GET', '/v1/unit/VN/rates'],
    ['GET', '/v1/units/VN/rate'],
    ['GET', '/v1/units//rates'],
    ['POST', '/v1/units/VN/rates'],
    ['PUT', '/v1/households/x'],
    ['DELETE', '/v1/households/x'],
    ['PATCH', '/v1/units/VN'],
  ])('has nothing at %s %s: 404 or 405', async (method, path) => {
    const answer = await server.send(method, path);
    expect([404, 405]).toContain(answer.status);
    problemOf(answer, answer.status);
  });

  describe('with the body', () => {
    const send = (body: string, headers: Record<string, string> = json) =>
      server.send('POST', '/v1/households', { body, headers });

    it.each(['', '{', '{"a":1', 'null', '[]', '"text"', '1', '{"a":}', "{'a':1}", '{"a":1}{', '\u0000'])(
      '%j: 400',
      async (body) => {
        problemOf(await send(body), 400);
      },
    );

    it('that is missing: 400', async () => {
      problemOf(await server.send('POST', '/v1/households'), 400);
    });

    it.each([
      'text/plain',
      'application/xml',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'x',
    ])('as %s: refused', async (type) => {
      const answer = await send('{}', { 'content-type': type });
      expect([400, 415]).toContain(answer.status);
      problemOf(answer, answer.status);
    });

    it('as application/json with a charset: read', async () => {
      const body = JSON.stringify({
        unit: commune,
        registeredOn: '2020-01-01',
        members: 1,
        village: 'Thôn Đắk',
      });
      const answer = await send(body, { 'content-type': 'application/json; charset=utf-8' });
      expect(answer.status).toBe(201);
    });

    it('larger than an order can be: 413', async () => {
      const body = JSON.stringify({ unit: commune, village: 'x'.repeat(100_000) });
      const answer = await send(body);
      expect(problemOf(answer, 413).code).toMatch(/large/);
    });
  });

  describe('in Vietnamese', () => {
    const vi = { 'accept-language': 'vi' };

    it('is a rule of the domain', async () => {
      const id = await world.household(commune);
      const answer = await world.tryOrder(id, 'escapes', world.escape('above', '2023-06-20'), vi);
      const { title, detail, errors, code } = problemOf(answer, 422);
      for (const text of [title, detail, errors[0]?.message]) expect(text).toMatch(VIETNAMESE);
      expect(code).toBe('escape.not-poor-on-that-day');
      expect(detail).not.toMatch(/near-poor|unclassified/);
    });

    it.each([
      ['a field', () => server.post('/v1/households', { members: 'x' }, vi), 400],
      ['an unknown unit', () => server.get('/v1/units/99999/rates', {}, vi), 404],
      ['an unknown address', () => server.get('/v1/nothing', {}, vi), 404],
      ['an unknown household', () => server.get('/v1/households/nobody', {}, vi), 404],
      ['bad JSON', () => server.send('POST', '/v1/units', { body: '{', headers: { ...json, ...vi } }), 400],
      ['a range', () => server.get('/v1/units/VN/flows', { from: RANGE.to, to: RANGE.from }, vi), 400],
    ])('is what is wrong with %s', async (_what, request, status) => {
      const { title, detail, errors } = problemOf(await request(), status);
      for (const text of [title, detail, ...errors.map(({ message }) => message)])
        expect(text).toMatch(VIETNAMESE);
    });

    it('are the statuses and rules that a contradiction names', async () => {
      const id = await world.household(commune);
      const review = world.review('poor', '2022-12-15', { incomeScore: 150, deprivations: [1, 2, 3] });
      const { detail } = problemOf(await world.tryOrder(id, 'reviews', review, vi), 422);
      expect(detail).toMatch(/140/);
      expect(detail).toMatch(VIETNAMESE);
      expect(detail).not.toMatch(/\b(poor|above|near-poor|income|points|and)\b/);
    });

    it('are warnings and definitions too', async () => {
      const id = await world.household(commune);
      const review = world.review('poor', '2022-12-15', { decision: world.decision('2022-12-20') });
      const { body } = await world.tryOrder(id, 'reviews', review, vi);
      for (const warning of body.warnings) expect(warning.message).toMatch(VIETNAMESE);
      const answer = await server.ask<RePoverty>(`/v1/units/${commune}/re-poverty`, RANGE, vi);
      expect(answer.body.cohort.definition).toMatch(VIETNAMESE);
    });

    it.each(['vi-VN', 'vi-VN,vi;q=0.9,en;q=0.5', 'VI', 'fr, vi'])(
      'is for readers of %s',
      async (language) => {
        const answer = await server.get('/v1/units/99999/rates', {}, { 'accept-language': language });
        expect(problemOf(answer, 404).detail).toMatch(VIETNAMESE);
      },
    );

    it.each(['en', 'fr', '*', '', 'en-US,en;q=0.9,vi;q=0.1'])(
      'is not for readers of %j',
      async (language) => {
        const answer = await server.get('/v1/units/99999/rates', {}, { 'accept-language': language });
        expect(problemOf(answer, 404).detail).not.toMatch(VIETNAMESE);
      },
    );
  });

  describe('with an unknown field', () => {
    const bodies: Record<string, () => Record<string, unknown>> = {
      '/v1/units': () => ({ code: '96', name: 'x', level: 'province', validFrom: '2010-01-01' }),
      '/v1/units/VN/totals': () => ({ on: '2020-01-01', group: 'all', households: 1, source: 'x' }),
      '/v1/units/VN/changes': () => ({ effectiveOn: '2020-01-01', name: 'x' }),
      '/v1/households': () => ({ unit: commune, registeredOn: '2020-01-01', members: 1 }),
      '/v1/households/x/reviews': () => world.review('poor', '2022-12-15'),
      '/v1/households/x/escapes': () => world.escape('above', '2022-12-15'),
      '/v1/households/x/re-poverty-flags': () => world.flag('2022-12-15'),
      '/v1/households/x/moves': () => ({ effectiveOn: '2022-12-15', toUnit: commune }),
      '/v1/households/x/details': () => ({ effectiveOn: '2022-12-15', members: 2 }),
      '/v1/households/x/dissolution': () => ({ effectiveOn: '2022-12-15', reason: 'died' }),
    };

    it.each(Object.keys(bodies))('at %s is refused with 400 by its name', async (path) => {
      const body = bodies[path]?.() ?? {};
      malformedAt(await server.post(path, { ...body, effectiveDate: '2020-01-01' }), 'effectiveDate');
      malformedAt(await server.post(path, { ...body, recordedOn: '2020-01-01' }), 'recordedOn');
    });
  });

  it('never repeats a personal number', async () => {
    const id = await world.household(commune);
    const review = world.review('poor', '2022-12-15');
    const decision = { ...(review['decision'] as object), authority: 'Ông A, CCCD 012345678901' };
    const answer = await world.tryOrder(id, 'reviews', { ...review, decision });
    expect(JSON.stringify(answer.body)).not.toContain('012345678901');
    expect(server.program.output).not.toContain('012345678901');
  });
});
