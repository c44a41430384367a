import { describeOnMongo } from '../../servers/mongodb';
import type { TcpProxy } from '../../doubles/tcp-proxy';
import type { Api, Reply } from './api';
import { eventually } from './api';
import type { Projector } from './installation';
import { Installation } from './installation';
import { ON } from './model';
import { expectWhole } from './proof';
import { Traffic } from './traffic';

interface OrderAnswer {
  readonly position: string;
  readonly revision: number;
  readonly unchanged?: boolean;
}

/** What `atLeast` may wait for the projection, and what the answer itself may take on a busy machine. */
const BOUND_MS = 5_000 + 3_000;
const LAG_MS = 500;

describeOnMongo('two APIs on the same servers', (mongo) => {
  let installation: Installation;
  let projector: Projector;
  let one: Api;
  let other: Api;
  let wayOfOne: TcpProxy;
  let traffic: Traffic;
  let households = 0;

  beforeAll(async () => {
    installation = await Installation.start(mongo);
    projector = await installation.projector();
    const way = await installation.anotherWayToLog();
    wayOfOne = way.proxy;
    one = await installation.api({ ...way.env, MAX_LAG_MS: String(LAG_MS) });
    other = await installation.api({ MAX_LAG_MS: String(LAG_MS) });
    traffic = new Traffic({ apis: () => [one, other] });
    await traffic.prepare();
  }, 120_000);

  afterEach(() => wayOfOne.heal());

  afterAll(async () => {
    traffic.tell('two APIs');
    await installation.stop();
    await wayOfOne.close();
  });

  const give = (api: Api, path: string, body: object, key: string, more = {}): Promise<Reply<OrderAnswer>> =>
    api.post(path, body, { 'idempotency-key': key, 'x-actor': 'officer-1', ...more });

  const registration = (id: string): object => ({
    householdId: id,
    unit: '10101',
    registeredOn: '2024-01-01',
    members: 4,
    groups: [],
  });

  async function registered(): Promise<string> {
    const id = `own-${++households}`;
    expect((await give(one, '/v1/households', registration(id), id)).status).toBe(201);
    return id;
  }

  /** The facts of the log about a household, and of each which order caused it. */
  const factsOf = async (id: string) =>
    (await installation.facts()).filter(({ stream }) => stream === `household-${id}`);

  const details = (day: number): object => ({
    effectiveOn: `2024-02-${String(day).padStart(2, '0')}`,
    members: 1 + day,
  });

  it('answer an order as at first whose reply was lost and that was answered 503 by the one', async () => {
    const id = `own-${++households}`;
    const asked = give(one, '/v1/households', registration(id), 'lost');
    await wayOfOne.loseReplyTo('HouseholdRegistered');
    await wayOfOne.refuse();
    const refused = await asked;
    expect({ status: refused.status, retry: refused.headers.get('retry-after') }).toEqual({
      status: 503,
      retry: expect.stringMatching(/^\d+$/) as string,
    });
    const [fact, ...more] = await factsOf(id);
    expect(more).toEqual([]);

    const repeated = await give(other, '/v1/households', registration(id), 'lost');
    expect(repeated).toMatchObject({ status: 200, body: { unchanged: true, position: fact?.position } });
    const changed = await give(other, '/v1/households', { ...registration(id), members: 5 }, 'lost');
    expect(changed.status).toBe(422);
    await wayOfOne.heal();
    expect((await give(one, '/v1/households', registration(id), 'lost')).body).toEqual(repeated.body);
    expect(await factsOf(id)).toHaveLength(1);
  });

  it('answer an order as at first that was given to both at the same time', async () => {
    for (let times = 0; times < 10; times++) {
      const id = `own-${++households}`;
      const answers = await Promise.all(
        [one, other, one, other].map((api) => give(api, '/v1/households', registration(id), `both-${id}`)),
      );
      // Whoever comes second writes the same fact once more, and the log does not tell it that it was there already.
      expect(answers.filter(({ status }) => status !== 201 && status !== 200)).toEqual([]);
      expect(new Set(answers.map(({ body }) => body.position)).size).toBe(1);
      expect(await factsOf(id)).toHaveLength(1);
    }
  });

  it('record one of two orders that were given to both at the same time under the same key', async () => {
    for (let times = 0; times < 10; times++) {
      const id = `own-${++households}`;
      const [first, ...others] = await Promise.all(
        [one, other].map((api, more) =>
          give(api, '/v1/households', { ...registration(id), members: 4 + more }, `either-${id}`),
        ),
      );
      expect([first?.status, ...others.map(({ status }) => status)].sort()).toEqual([201, 422]);
      const [fact, ...rest] = await factsOf(id);
      expect(rest).toEqual([]);
      expect(fact?.data['members']).toBe(first?.status === 201 ? 4 : 5);
    }
  });

  it('let every order on one household through, one after the other, or refuse it', async () => {
    const id = await registered();
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, day) =>
        give(day % 2 ? one : other, `/v1/households/${id}/details`, details(day + 1), `race-${day}`),
      ),
    );
    const through = answers.filter(({ status }) => status === 201);
    expect(answers.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
    expect(through.length).toBeGreaterThan(12);
    expect(new Set(through.map(({ body }) => body.revision)).size).toBe(through.length);
    expect(await factsOf(id)).toHaveLength(1 + through.length);
  });

  it('let one of several orders through that build on the same revision', async () => {
    const id = await registered();
    const answers = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((day) =>
        give(day % 2 ? one : other, `/v1/households/${id}/details`, details(day), `on-0-${day}`, {
          'if-match': '"0"',
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 412, 412, 412, 412, 412]);
    expect(await factsOf(id)).toHaveLength(2);
  });

  it('show at the one what was recorded at the other, or say 503 in time', async () => {
    let shown = 0;
    await traffic.during(async () => {
      for (let times = 0; times < 15; times++) {
        const id = await registered();
        const recorded = await give(one, `/v1/households/${id}/details`, details(1), `seen-${id}`);
        const { position: atLeast } = recorded.body;
        const { status, body, ms } = await other.get<{ position: string; members: number }>(
          `/v1/households/${id}`,
          { on: ON, atLeast },
        );
        expect([200, 503]).toContain(status);
        expect(ms).toBeLessThan(BOUND_MS);
        if (status !== 200) continue;
        expect(body.members).toBe(2);
        expect(body.position >= atLeast).toBe(true);
        shown++;
      }
    });
    expect(shown).toBeGreaterThan(10);
    await expectWhole(installation, one, traffic);
  });

  it('say 503 in time while nobody projects, and are not ready, with a reason', async () => {
    await projector.program.signal('SIGKILL');
    const id = await registered();
    const { position: atLeast } = (
      await give(one, `/v1/households/${id}/details`, details(1), `nobody-${id}`)
    ).body;
    for (const api of [one, other]) {
      const asked = await api.get<{ code: string }>(`/v1/households/${id}`, { on: ON, atLeast });
      expect(asked).toMatchObject({ status: 503, body: { code: 'answer.not-yet' } });
      expect(asked.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(asked.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(asked.ms).toBeLessThan(BOUND_MS);
      // What is known so far is told, and says how far it goes.
      const older = await api.get<{ position: string }>('/v1/units/10/rates', { on: ON });
      expect(older.status).toBe(200);
      expect(older.body.position < atLeast).toBe(true);
      await eventually('a server that is not ready', LAG_MS + 5_000, async () => {
        const { status, body } = await api.get<{ reasons: readonly string[] }>('/health/ready');
        return status === 503 && body.reasons.some((reason) => /has not been seen for \d+ ms/.test(reason));
      });
    }
    projector = await installation.projector();
    await Promise.all([one.ready(), other.ready()]);
    const seen = await other.get<{ members: number }>(`/v1/households/${id}`, { on: ON, atLeast });
    expect(seen).toMatchObject({ status: 200, body: { members: 2 } });
    await expectWhole(installation, other, traffic);
  });

  it('answer an order as at first whose API was killed before it could reply', async () => {
    const id = `own-${++households}`;
    const asked = give(one, '/v1/households', registration(id), 'killed').catch(() => 'no answer');
    await wayOfOne.loseReplyTo('HouseholdRegistered');
    await one.program.signal('SIGKILL');
    expect(await asked).toBe('no answer');
    const [fact] = await factsOf(id);
    const repeated = await give(other, '/v1/households', registration(id), 'killed');
    expect(repeated).toMatchObject({ status: 200, body: { unchanged: true, position: fact?.position } });
    expect(await factsOf(id)).toHaveLength(1);
    await expectWhole(installation, other, traffic);
  });
});
