import { ON_DOUBLE, itOnDouble } from '../../servers/eventstoredb';
import { describeOnMongo } from '../../servers/mongodb';
import type { AppendFault } from '../../doubles/eventstoredb/faults';
import type { Api } from './api';
import { eventually } from './api';
import type { Installation, Projector } from './installation';
import { expectWhole } from './proof';
import { startAll } from './running';
import type { Traffic } from './traffic';

const APPENDS: readonly AppendFault[] = [
  ...(['cut before commit', 'cut after commit', 'silence after commit', 'time-out after commit'] as const),
  ...(['late commit', 'not ready'] as const),
];

describeOnMongo('an API and a projector whose way to EventStoreDB breaks', (mongo) => {
  let installation: Installation;
  let projector: Projector;
  let api: Api;
  let traffic: Traffic;

  beforeAll(async () => {
    ({ installation, projector, api, traffic } = await startAll(mongo));
  }, 120_000);

  afterEach(async () => {
    if (ON_DOUBLE) installation.double.faults.clear();
    await installation.toLog.heal();
  });

  afterAll(async () => {
    traffic.tell('EventStoreDB broken');
    await installation.stop();
  });

  const stayWhole = () => expectWhole(installation, api, traffic);
  const ready = () => api.get<{ log: string; reasons: readonly string[] }>('/health/ready');

  it('lose and double nothing when connections are cut', async () => {
    const { toLog } = installation;
    await traffic.during(async () => {
      for (let cut = 0; cut < 6; cut++) {
        expect(toLog.connections).toBeGreaterThan(0);
        toLog.cut(cut % 2 ? 'reset' : 'destroy');
        await traffic.more(10);
      }
    });
    await stayWhole();
  });

  it('lose and double nothing when every message takes 200 ms', async () => {
    await traffic.during(async () => {
      installation.toLog.delay(200);
      await traffic.more(12);
      expect((await ready()).ms).toBeGreaterThan(400);
      await installation.toLog.heal();
    });
    await stayWhole();
  });

  it('say 503 in a black hole, and go on when it is over', async () => {
    const before = traffic.count.orders503;
    await traffic.during(async () => {
      installation.toLog.blackHole();
      await eventually('orders that are refused', 30_000, () => traffic.count.orders503 >= before + 6);
      const { status, body, ms } = await ready();
      expect({ status, log: body.log, reasons: body.reasons }).toMatchObject({
        status: 503,
        log: 'unreachable',
      });
      expect(body.reasons).toContain('the log does not answer');
      expect(ms).toBeLessThan(5_000);
      await installation.toLog.heal();
    });
    await api.ready();
    await stayWhole();
  });

  it('say 503 while nobody listens, and go on when somebody does', async () => {
    const before = traffic.count.orders503;
    await traffic.during(async () => {
      await installation.toLog.refuse();
      await eventually('orders that are refused', 30_000, () => traffic.count.orders503 >= before + 6);
      expect((await ready()).status).toBe(503);
      await installation.toLog.heal();
    });
    await stayWhole();
  });

  it('record an order once whose reply is lost on the way, after the commit', async () => {
    await traffic.during(async () => {
      for (const type of ['HouseholdRegistered', 'ReviewRecorded', 'HouseholdMoved']) {
        await installation.toLog.loseReplyTo(type);
        await traffic.more(5);
      }
    });
    await stayWhole();
  });

  itOnDouble.each(APPENDS)('record an order once: %s', async (fault) => {
    const { faults } = installation.double;
    await traffic.during(async () => {
      faults.nextAppends = [fault, fault, fault];
      await eventually('appends that went wrong', 20_000, () => faults.nextAppends.length === 0);
    });
    await stayWhole();
  });

  itOnDouble('lose and double nothing when the server is restarted, in good order and abruptly', async () => {
    await traffic.during(async () => {
      for (const abruptly of [false, true, false, true]) {
        await installation.double.restart({ abruptly });
        await traffic.more(15);
      }
    });
    await stayWhole();
  });

  itOnDouble('go on when a subscription ends without an error', async () => {
    await traffic.during(async () => {
      for (let times = 0; times < 5; times++) {
        await subscribed();
        installation.double.endSubscriptions();
        await traffic.more(10);
      }
      await subscribed();
    });
    await stayWhole();
  });

  itOnDouble('go on when a subscription is reset', async () => {
    await traffic.during(async () => {
      for (let times = 0; times < 5; times++) {
        await subscribed();
        installation.double.resetSubscriptions();
        await traffic.more(10);
      }
      await subscribed();
    });
    await stayWhole();
  });

  it('have been told of each loss of the log, and neither of them ended', () => {
    expect(projector.program.output).toMatch(/the log: .*; again in \d+ ms/);
    expect([projector.program.running, api.program.running]).toEqual([true, true]);
  });

  const subscribed = () =>
    eventually('a subscription', 20_000, () => installation.double.openCalls.subscription > 0);
});
