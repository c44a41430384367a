import type { Fault } from '../../../libs/mongo/src/testing/faults';
import { Server } from '../../../libs/mongo/src/testing/faults';
import { describeOnMongo } from '../../servers/mongodb';
import type { Api } from './api';
import { eventually } from './api';
import { Installation } from './installation';
import type { Projector } from './installation';
import { expectWhole } from './proof';
import { Traffic } from './traffic';

const TRANSIENT = { errorCode: 251, errorLabels: ['TransientTransactionError'] };
const unknown = (code: number, codeName: string) => ({
  writeConcernError: { code, codeName, errmsg: `the test says ${codeName}` },
});

/** Told that a server shuts down, the driver waits for what its next heartbeat says, up to 10 s: once will do. */
const ONCE = 'once';

/** What the server does wrong with commands of the projector's transactions, and with those of questions. */
const FAIL_POINTS: Readonly<Record<string, Fault>> = {
  'the checkpoint in a transient conflict': { failCommands: ['findAndModify'], ...TRANSIENT },
  'a bulk write in a transient conflict': { failCommands: ['update'], ...TRANSIENT },
  'an insert in a transient conflict': { failCommands: ['insert'], ...TRANSIENT },
  'a commit in a transient conflict': { failCommands: ['commitTransaction'], ...TRANSIENT },
  'the connection closed at the checkpoint': { failCommands: ['findAndModify'], closeConnection: true },
  'the connection closed in a bulk write': { failCommands: ['update'], closeConnection: true },
  'the connection closed in an insert': { failCommands: ['insert'], closeConnection: true },
  'the connection closed at the commit': { failCommands: ['commitTransaction'], closeConnection: true },
  'a commit that took effect and may not last (64)': {
    failCommands: ['commitTransaction'],
    ...unknown(64, 'WriteConcernFailed'),
  },
  [`a commit that took effect in a server that shuts down (91), ${ONCE}`]: {
    failCommands: ['commitTransaction'],
    ...unknown(91, 'ShutdownInProgress'),
  },
  'questions whose connections are closed': { failCommands: ['find', 'aggregate'], closeConnection: true },
  [`questions to a server that shuts down (91), ${ONCE}`]: {
    failCommands: ['find', 'aggregate'],
    errorCode: 91,
  },
};

const TIMES = 4;

describeOnMongo(
  'an API and a projector whose way to MongoDB breaks',
  (mongo) => {
    let installation: Installation;
    let server: Server;
    let projector: Projector;
    let api: Api;
    let traffic: Traffic;

    beforeAll(async () => {
      installation = await Installation.start(mongo);
      server = await Server.at(mongo.url);
      projector = await installation.projector();
      api = await installation.api();
      traffic = new Traffic({ apis: () => [api] });
      await traffic.prepare();
    }, 120_000);

    afterEach(async () => {
      await server.heal();
      await installation.toModels.heal();
    });

    afterAll(async () => {
      traffic.tell('MongoDB broken');
      await server.close();
      await installation.stop();
    });

    const stayWhole = () => expectWhole(installation, api, traffic);
    const ready = () => api.get<{ readModels: string; reasons: readonly string[] }>('/health/ready');

    it('book everything once when connections are cut', async () => {
      const { toModels } = installation;
      await traffic.during(async () => {
        for (let cut = 0; cut < 6; cut++) {
          await eventually('a connection', 20_000, () => toModels.connections > 0);
          toModels.cut(cut % 2 ? 'reset' : 'destroy');
          await traffic.more(10);
        }
      });
      await stayWhole();
    });

    it('book everything once when every message takes 200 ms', async () => {
      const told = traffic.told.length;
      await traffic.during(async () => {
        installation.toModels.delay(200);
        await eventually('answers', 30_000, () => traffic.told.length > told + 5);
        expect((await ready()).ms).toBeGreaterThan(400);
        await installation.toModels.heal();
      });
      await stayWhole();
    });

    it('are not ready in a black hole, and go on when it is over', async () => {
      await traffic.during(async () => {
        installation.toModels.blackHole();
        const { status, body, ms } = await ready();
        expect({ status, readModels: body.readModels }).toEqual({ status: 503, readModels: 'unreachable' });
        expect(body.reasons).toContain('the read models do not answer');
        expect(ms).toBeLessThan(5_000);
        // The log is there: orders go on.
        await traffic.more(10);
        await installation.toModels.heal();
      });
      await api.ready();
      await stayWhole();
    });

    it('say 503 while nobody listens, and go on when somebody does', async () => {
      const before = traffic.count.questions503;
      await traffic.during(async () => {
        await installation.toModels.refuse();
        await eventually('questions that are refused', 30_000, () => traffic.count.questions503 > before + 3);
        await traffic.more(10);
        await installation.toModels.heal();
      });
      await stayWhole();
    });

    it('book everything once when sockets are cut in the middle of a write', async () => {
      const { toModels } = installation;
      await traffic.during(async () => {
        for (const bytes of [700, 2_000, 4_000, 8_000, 16_000]) {
          toModels.cutAfterBytes(bytes, 'to the server');
          await traffic.more(15);
        }
      });
      await stayWhole();
    });

    it.each(['g1_journal', 'g1_balances', 'g1_households', 'commitTransaction'])(
      'book everything once when the reply to a write is lost: %s',
      async (text) => {
        await traffic.during(async () => {
          await installation.toModels.loseReplyTo(text);
          await traffic.more(10);
          await installation.toModels.loseReplyTo(text);
        });
        await stayWhole();
      },
    );

    it.each(Object.entries(FAIL_POINTS))(
      'book everything once and tell the truth: %s',
      async (title, fault) => {
        const times = title.endsWith(ONCE) ? 1 : TIMES;
        const entered = await timesEntered();
        await traffic.during(async () => {
          await server.fail({ ...fault, appName: 'poverty-ledger' }, times);
          await eventually(
            'a fault that was met',
            30_000,
            async () => (await timesEntered()) >= entered + times,
          );
        });
        await stayWhole();
      },
    );

    it('book everything once while the primary steps down again and again', async () => {
      // Here the driver looks for the primary by itself.
      const { MONGO_URL } = installation.direct as { MONGO_URL: string };
      await Promise.all([api.program.signal('SIGTERM'), projector.program.signal('SIGTERM')]);
      projector = await installation.projector({ MONGO_URL });
      api = await installation.api({ MONGO_URL });
      await traffic.during(async () => {
        for (let times = 0; times < 2; times++) {
          await server.stepDown(1).catch(() => undefined);
          await eventually('a primary', 30_000, isPrimary);
          const told = traffic.told.length;
          await eventually('answers', 30_000, () => traffic.told.length > told + 3);
        }
      });
      await stayWhole();
    });

    afterEach(() => {
      expect([projector.program.running, api.program.running]).toEqual([true, true]);
    });

    const isPrimary = async (): Promise<boolean> => {
      const { isWritablePrimary } = await server.admin({ hello: 1 });
      return isWritablePrimary === true;
    };

    /** How often the server has done something wrong so far. */
    async function timesEntered(): Promise<number> {
      const { 'failpoint.failCommand': point } = (await server.admin({
        getParameter: 1,
        'failpoint.failCommand': 1,
      })) as { 'failpoint.failCommand': { timesEntered?: unknown } };
      return Number(point.timesEntered ?? 0);
    }
  },
  { breaksServer: true },
);
