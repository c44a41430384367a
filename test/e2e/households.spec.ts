import type { Facts, HouseholdOrderAnswer, Rates } from './support/answers';
import { daysAgo, tomorrow } from './support/days';
import { malformedAt, problemOf, refusedFor } from './support/problem';
import { Server } from './support/server';
import { BEGINNING, World } from './support/world';

describe('registering a household', () => {
  let server: Server;
  let world: World;
  let commune: string;

  beforeAll(async () => {
    server = await Server.start();
    world = new World(server);
    commune = (await world.region()).communes[0] ?? '';
  });
  afterAll(() => server.stop());

  let ids = 0;
  const freshId = (): string => `hh-test-${++ids}`;
  const body = (fields: object = {}): object => ({
    unit: commune,
    registeredOn: '2020-01-15',
    members: 4,
    ...fields,
  });
  const register = (fields: object = {}, headers: Record<string, string> = {}) =>
    server.post<HouseholdOrderAnswer>('/v1/households', body(fields), headers);
  const household = async (id: string) =>
    (await server.ask<Readonly<Record<string, unknown>>>(`/v1/households/${id}`)).body;

  it('answers 201 with the id that was given', async () => {
    const householdId = freshId();
    const answer = await register({ householdId, village: 'Thôn 3', listNumber: '117' });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('etag')).toMatch(/".+"/);
    expect(answer.body).toMatchObject({
      id: expect.any(String),
      householdId,
      revision: expect.any(Number),
      position: expect.any(String),
      facts: [{ type: expect.any(String), effectiveOn: '2020-01-15' }],
      transitions: [],
      warnings: [],
    });
  });

  it('makes an id up where none is given', async () => {
    const [one, two] = [await register(), await register()];
    expect(one.status).toBe(201);
    expect(one.body.householdId).toMatch(/\S/);
    expect(two.body.householdId).not.toBe(one.body.householdId);
    expect(await household(one.body.householdId)).toMatchObject({ members: 4 });
  });

  it('makes up none that it would refuse as a personal number', async () => {
    // "sheet-6" once led to a UUID that ends in twelve digits; one in 280 does.
    const keys = [
      'sheet-6',
      'sheet-49',
      'order-165',
      ...Array.from({ length: 60 }, (_none, index) => `any-${index}`),
    ];
    for (const key of keys) {
      const answer = await register({}, { 'idempotency-key': key });
      expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 201 });
      expect(answer.body.householdId).not.toMatch(/\d{12}/);
    }
  });

  it('keeps what was said of it', async () => {
    const householdId = freshId();
    await register({
      householdId,
      village: 'Buôn 2',
      groups: ['local-ethnic-minority', 'merit'],
      listNumber: '9',
    });
    const shown = await household(householdId);
    expect(shown).toMatchObject({ village: 'Buôn 2', members: 4, listNumber: '9' });
    expect(shown['groups']).toEqual(
      expect.arrayContaining(['local-ethnic-minority', 'ethnic-minority', 'merit']),
    );
    expect(shown['unit']).toMatchObject({ code: commune, id: `${commune}@${BEGINNING}` });
  });

  it('takes a full unit id as well as a code', async () => {
    expect((await register({ unit: `${commune}@${BEGINNING}` })).status).toBe(201);
  });

  describe('the key of an order', () => {
    it('is made up and returned where it is absent', async () => {
      const first = await register({ householdId: freshId() });
      const key = first.headers.get('idempotency-key') ?? '';
      expect(key).toMatch(/\S/);
      const second = await register({ householdId: freshId() });
      expect(second.headers.get('idempotency-key')).not.toBe(key);
    });

    it('is returned where it is given', async () => {
      const answer = await register({}, { 'idempotency-key': 'my-key-1' });
      expect(answer.headers.get('idempotency-key')).toBe('my-key-1');
    });

    it('makes the same body again 200, unchanged, with the same answer', async () => {
      const key = { 'idempotency-key': 'same-body' };
      const fields = { householdId: freshId() };
      const first = await register(fields, key);
      const again = await register(fields, key);
      expect(again.status).toBe(200);
      expect(again.body).toEqual({ ...first.body, unchanged: true });
      expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    });

    it('does not mind the order of the fields', async () => {
      const key = { 'idempotency-key': 'other-order' };
      const first = await server.post(
        '/v1/households',
        { unit: commune, members: 2, registeredOn: '2020-01-15' },
        key,
      );
      const again = await server.post(
        '/v1/households',
        { registeredOn: '2020-01-15', members: 2, unit: commune },
        key,
      );
      expect([first.status, again.status]).toEqual([201, 200]);
    });

    it('that was made up works for a retry as well', async () => {
      const first = await register({ members: 3 });
      const key = { 'idempotency-key': first.headers.get('idempotency-key') ?? '' };
      const again = await register({ members: 3 }, key);
      expect(again).toMatchObject({ status: 200, body: { ...first.body, unchanged: true } });
    });

    it('refuses another body with 422', async () => {
      const key = { 'idempotency-key': 'other-body' };
      const householdId = freshId();
      await register({ householdId }, key);
      const answer = await register({ householdId, members: 5 }, key);
      const problem = problemOf(answer, 422);
      expect(problem.errors[0]?.field).toBe('Idempotency-Key');
      expect(await household(householdId)).toMatchObject({ members: 4 });
    });

    it('refuses another body for a household with a made-up id, instead of making two', async () => {
      const key = { 'idempotency-key': 'other-body-made-up' };
      expect((await register({}, key)).status).toBe(201);
      problemOf(await register({ members: 5 }, key), 422);
    });

    it('gives the same made-up id to a retry, so that it cannot make two', async () => {
      const key = { 'idempotency-key': 'made-up' };
      const first = await register({}, key);
      const again = await register({}, key);
      expect(first.status).toBe(201);
      expect(again).toMatchObject({
        status: 200,
        body: { householdId: first.body.householdId, unchanged: true },
      });
    });

    it('gives another made-up id to another officer', async () => {
      const key = { 'idempotency-key': 'shared-key' };
      const one = await register({}, { ...key, 'x-actor': 'officer-1' });
      const two = await register({}, { ...key, 'x-actor': 'officer-2' });
      expect([one.status, two.status]).toEqual([201, 201]);
      expect(two.body.householdId).not.toBe(one.body.householdId);
    });

    it('makes one household of ten retries that race', async () => {
      const key = { 'idempotency-key': 'race' };
      const answers = await Promise.all(Array.from({ length: 10 }, () => register({}, key)));
      expect(answers.map(({ status }) => status).sort()).toEqual([...Array(9).fill(200), 201]);
      expect(new Set(answers.map(({ body: { householdId } }) => householdId)).size).toBe(1);
    });

    it('answers a retry as before, though the commune has ended since', async () => {
      const { communes } = await world.region();
      const key = { 'idempotency-key': 'before-the-end' };
      const fields = { unit: communes[0], registeredOn: '2024-02-01' };
      const first = await register(fields, key);
      expect(first.status).toBe(201);
      const end = { effectiveOn: '2024-01-01', abolished: true };
      expect((await server.post(`/v1/units/${communes[0]}/changes`, end)).status).toBe(201);
      expect(await register(fields, key)).toMatchObject({
        status: 200,
        body: { ...first.body, unchanged: true },
      });
    });

    it.each(['', ' ', 'x'.repeat(5_000)])('answers 201 or 400 for an odd key, never worse', async (key) => {
      const answer = await register({}, { 'idempotency-key': key });
      if (answer.status !== 201) malformedAt(answer, 'Idempotency-Key');
    });
  });

  it('answers the same registration again with 200, whatever the key', async () => {
    const fields = { householdId: freshId() };
    const first = await register(fields);
    const again = await register(fields);
    expect(again).toMatchObject({ status: 200, body: { ...first.body, unchanged: true } });
  });

  it('refuses the same id with other data', async () => {
    const householdId = freshId();
    await register({ householdId });
    problemOf(await register({ householdId, members: 5 }), 422);
  });

  it('refuses an unknown unit with 422 that names the field', async () => {
    for (const unit of ['99999', '99999@2010-01-01']) {
      const problem = problemOf(await register({ unit }), 422);
      expect(problem.errors[0]).toMatchObject({ field: 'unit', got: unit });
    }
  });

  it('refuses a commune that was not there on the day, naming its days', async () => {
    const problem = problemOf(await register({ registeredOn: '2009-12-31' }), 422);
    expect(problem.errors[0]?.field).toBe('unit');
    expect(problem.errors[0]?.message).toContain(BEGINNING);
  });

  it('refuses a unit that is no commune', async () => {
    const { province, district } = await world.region();
    for (const unit of [province, district, 'VN']) {
      expect(problemOf(await register({ unit }), 422).errors[0]?.field).toBe('unit');
    }
  });

  it('refuses a day in the future', async () => {
    expect(problemOf(await register({ registeredOn: tomorrow() }), 422).errors[0]?.field).toBe(
      'registeredOn',
    );
  });

  it('refuses an id that is a personal number', async () => {
    const answer = await register({ householdId: '012345678901' });
    expect([400, 422]).toContain(answer.status);
    expect(problemOf(answer, answer.status).errors[0]?.field).toBe('householdId');
  });

  it.each([
    ['unit', undefined],
    ['registeredOn', undefined],
    ['members', undefined],
    ['members', 0],
    ['members', 1.5],
    ['members', '4'],
    ['registeredOn', '2023-02-29'],
    ['registeredOn', '15/01/2020'],
    ['groups', 'merit'],
    ['groups', null],
    ['village', 3],
  ])('refuses %s = %p with 400 that names it', async (field, value) => {
    malformedAt(await register({ [field]: value }), field);
  });

  it('refuses a group that is none', async () => {
    const answer = await register({ groups: ['rich'] });
    expect([400, 422]).toContain(answer.status);
    expect(problemOf(answer, answer.status).errors[0]?.field).toMatch(/^groups/);
  });

  it('refuses a field that it does not know, by name', async () => {
    malformedAt(await register({ headName: 'Nguyễn Văn A' }), 'headName');
  });

  it('moves no figure by itself', async () => {
    const { communes } = await world.region();
    await world.household(communes[0] ?? '');
    const { body: rates } = await server.ask<Rates>(`/v1/units/${communes[0]}/rates`, { on: '2022-12-31' });
    expect(rates.poor.households).toBeNull();
  });

  describe('who records', () => {
    const recordedBy = async (id: string): Promise<string[]> =>
      (await server.ask<Facts>(`/v1/households/${id}/facts`)).body.facts.map((fact) => fact.recordedBy);

    it('is the actor of the header, anonymous without one', async () => {
      const { body: one } = await register({}, { 'x-actor': 'officer-7' });
      const { body: two } = await register();
      expect(await recordedBy(one.householdId)).toEqual(['officer-7']);
      expect(await recordedBy(two.householdId)).toEqual(['anonymous']);
    });

    it('is never a personal number', async () => {
      malformedAt(await register({}, { 'x-actor': '012345678901' }), 'X-Actor');
    });
  });

  describe('If-Match', () => {
    it('accepts the ETag of the last answer, of an order as of a question', async () => {
      const { body: registered, headers } = await register();
      const id = registered.householdId;
      const etag = headers.get('etag') ?? '';
      const review = world.review('poor', '2022-12-15');
      const first = await world.tryOrder(id, 'reviews', review, { 'if-match': etag });
      expect(first.status).toBe(201);
      const asked = await server.ask(`/v1/households/${id}`);
      expect(asked.headers.get('etag')).toBe(first.headers.get('etag'));
      const next = world.escape('above', '2023-06-20');
      const second = await world.tryOrder(id, 'escapes', next, {
        'if-match': asked.headers.get('etag') ?? '',
      });
      expect(second.status).toBe(201);
    });

    it('refuses an older one with 412, and records nothing', async () => {
      const { body: registered, headers } = await register();
      const id = registered.householdId;
      await world.reviewed(id, 'poor', '2022-12-15');
      const stale = { 'if-match': headers.get('etag') ?? '' };
      problemOf(await world.tryOrder(id, 'escapes', world.escape('above', '2023-06-20'), stale), 412);
      const { facts } = (await server.ask<Facts>(`/v1/households/${id}/facts`)).body;
      expect(facts).toHaveLength(2);
    });

    it('does not stand in the way of a retry', async () => {
      const { body: registered, headers } = await register();
      const both = { 'if-match': headers.get('etag') ?? '', 'idempotency-key': 'retry-with-etag' };
      const review = world.review('poor', '2022-12-15');
      const first = await world.tryOrder(registered.householdId, 'reviews', review, both);
      const again = await world.tryOrder(registered.householdId, 'reviews', review, both);
      expect(again).toMatchObject({ status: 200, body: { ...first.body, unchanged: true } });
    });

    it('refuses what is no ETag', async () => {
      const { body: registered } = await register();
      const answer = await world.tryOrder(
        registered.householdId,
        'details',
        { effectiveOn: daysAgo(1), members: 2 },
        { 'if-match': 'x' },
      );
      expect([400, 412]).toContain(answer.status);
      problemOf(answer, answer.status);
    });
  });

  it('settles orders that race for one household: each is recorded once', async () => {
    const id = await world.household(commune);
    const days = Array.from(
      { length: 25 },
      (_none, index) => `2021-01-${String(index + 1).padStart(2, '0')}`,
    );
    const race = days.map((effectiveOn) => world.tryOrder(id, 'details', { effectiveOn, members: 5 }));
    expect((await Promise.all(race)).map(({ status }) => status)).toEqual(days.map(() => 201));
    await world.detailed(id, '2021-02-01', { members: 5 });
    const { facts } = (await server.ask<Facts>(`/v1/households/${id}/facts`)).body;
    expect(facts.map(({ effectiveOn }) => effectiveOn).sort()).toEqual(['2015-01-01', ...days, '2021-02-01']);
  });

  it('settles orders that race for the registry: each unit is there once', async () => {
    const body = { name: 'Tỉnh', level: 'province', validFrom: BEGINNING };
    const codes = Array.from({ length: 12 }, (_none, index) => String(70 + index));
    const race = [...codes, ...codes].map((code) => server.post('/v1/units', { code, ...body }));
    const statuses = (await Promise.all(race)).map(({ status }) => status).sort();
    expect(statuses).toEqual([...codes.map(() => 200), ...codes.map(() => 201)]);
  });

  it('answers 404 for an order on a household that nobody knows', async () => {
    for (const id of ['nobody', '012345678901', 'a b', 'Ộ']) {
      const path = `/v1/households/${encodeURIComponent(id)}/reviews`;
      problemOf(await server.post(path, world.review('poor', '2022-12-15')), 404);
    }
  });

  it('takes an id in any letters that ids have, and tells big from small ones', async () => {
    const one = await register({ householdId: 'HH-Case.1_a' });
    const two = await register({ householdId: 'hh-case.1_a' });
    expect([one.status, two.status]).toEqual([201, 201]);
    refusedFor(await register({ householdId: 'HH-Case.1_a', members: 9 }), 'household.already-registered');
  });
});
