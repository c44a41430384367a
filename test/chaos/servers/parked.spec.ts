import { ANY, EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { itOnDouble } from '../../servers/eventstoredb';
import { describeOnMongo } from '../../servers/mongodb';
import type { Api } from './api';
import { eventually } from './api';
import type { Installation, Projector } from './installation';
import { idOf, ON } from './model';
import { expectTruth, expectVerified } from './proof';
import { startAll } from './running';
import type { Traffic } from './traffic';

interface Rates {
  readonly poor: { readonly households: number };
  readonly warnings: readonly { readonly code: string }[];
}

describeOnMongo('a fact on a server that cannot be read', (mongo) => {
  let installation: Installation;
  let projector: Projector;
  let api: Api;
  let strict: Api;
  let traffic: Traffic;

  beforeAll(async () => {
    ({ installation, projector, api, traffic } = await startAll(mongo, 6));
    strict = await installation.api({ MAX_PARKED: '0' });
  }, 120_000);

  afterAll(async () => {
    traffic.tell('parked');
    await installation.stop();
  });

  const rates = async (unit: string) =>
    (await api.get<Rates>(`/v1/units/${unit}/rates`, { on: ON, atLeast: traffic.latestPosition })).body;
  const warned = async (unit: string): Promise<boolean> =>
    (await rates(unit)).warnings.some(({ code }) => code === 'answer.parked');
  const ready = (of: Api) => of.get<{ parked: number; reasons: readonly string[] }>('/health/ready');
  const parked = (count: number) =>
    eventually(`${count} parked`, 20_000, async () => (await ready(strict)).body.parked === count);
  /** Both have moved from 10101 to 10102: what cannot be read may concern either. */
  const [damaged, foreign] = [idOf(0), idOf(3)];
  const [here, above, elsewhere] = ['10102', '10', '10201'] as const;

  itOnDouble('parks its household, and is folded after the fix, beside a projector at work', async () => {
    // Nobody projects while the order is recorded and the disk goes bad under it.
    await projector.program.signal('SIGTERM');
    // Later than the day for which the traffic asks.
    const order = { effectiveOn: '2025-08-01', members: 9 };
    const key = { 'idempotency-key': 'damaged', 'x-actor': 'officer-1' };
    expect((await api.post(`/v1/households/${damaged}/details`, order, key)).status).toBe(201);
    const { log } = installation.double;
    const fact = log.stream(`${installation.ledger}household-${damaged}`)?.at(-1) as { data: Uint8Array };
    const whole = fact.data;
    fact.data = Buffer.from('{"effectiveOn": "2024-0');
    projector = await installation.projector();
    await parked(1);

    expect(await Promise.all([here, above, elsewhere].map(warned))).toEqual([true, true, false]);
    const { code, stdout } = await installation.cli(['parked', 'list']);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining(`household-${damaged}\t`) as string,
    });
    await traffic.during(async () => {
      expect(await installation.cli(['parked', 'retry'])).toMatchObject({
        code: 1,
        stdout: expect.stringContaining('0 of 1 repaired, 1 still parked') as string,
      });
      fact.data = whole;
      expect(await installation.cli(['parked', 'retry'])).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('1 of 1 repaired, 0 still parked') as string,
      });
    });
    await parked(0);
    expect(await warned('10')).toBe(false);
    await expectVerified(installation);
    const { body } = await api.get(`/v1/households/${damaged}`, { on: '2025-08-01' });
    expect(body).toMatchObject({ revision: 6, members: 9 });
  });

  it('parks its household alone: others go on, and the answers of its area say so', async () => {
    const client = EventStoreDBClient.connectionString(installation.log.url);
    // Of a type that moves nobody: of any other, every place would be warned of.
    const event = jsonEvent({ type: 'HouseholdDetailsChanged', data: { by: 'an unknown hand' } });
    await client.appendToStream(`${installation.ledger}household-${foreign}`, event, {
      expectedRevision: ANY,
    });
    await client.dispose();
    await traffic.during(() => parked(1));
    expect(await Promise.all([here, above, elsewhere].map(warned))).toEqual([true, true, false]);
    const told = traffic.told.filter(({ about }) => !('household' in about && about.household === damaged));
    expectTruth(await installation.facts(), told);
  });

  it('makes a server unready whose limit it passes, with the reason', async () => {
    expect(await ready(strict)).toMatchObject({
      status: 503,
      body: { reasons: ['1 streams wait for repair (limit 0)'] },
    });
    expect(await ready(api)).toMatchObject({ status: 200, body: { parked: 1, reasons: [] } });
    expect(await (await fetch(projector.url + '/health/ready')).json()).toMatchObject({ parked: 1 });
  });

  it('refuses orders that would have to be decided on it', async () => {
    const order = { effectiveOn: '2024-09-01', members: 2 };
    const { status, headers } = await api.post(`/v1/households/${foreign}/details`, order, {});
    expect(status).toBe(503);
    expect(headers.get('retry-after')).toMatch(/^\d+$/);
  });

  it('is told by the command line, and stays parked as long as it is not mended', async () => {
    expect(await installation.cli(['parked', 'list'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`household-${foreign}\t`) as string,
    });
    await traffic.during(async () => {
      expect(await installation.cli(['parked', 'retry'])).toMatchObject({
        code: 1,
        stdout: expect.stringContaining('0 of 1 repaired, 1 still parked') as string,
      });
    });
    await rates('10');
    expect(await installation.cli(['verify'])).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^1 streams wait for repair.*\nAll the same\.$/m) as string,
    });
  });
});
