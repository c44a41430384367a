import { StoreUnavailable } from '@ledger/event-sourcing';
import type { ReadModelBatch } from '@ledger/poverty-rates';
import { CheckpointMoved, positionIn } from '@ledger/poverty-rates';
import {
  at,
  booking,
  declared,
  EMPTY_BATCH,
  entry,
  everythingIn,
  HERE,
  household,
} from '@ledger/poverty-rates/testing';
import { TcpProxy } from '../../../test/doubles/tcp-proxy';
import { describeOnMongo, dropDatabase } from '../../../test/servers/mongodb';
import type { MongoReadStore } from './mongo-read-store';
import { openMongoReadStore } from './open';
import type { Step } from './steps';
import { Server } from './testing/faults';

/** The `count`-th batch, with something in every collection that must not be there twice. */
const batch = (count: number): ReadModelBatch => ({
  ...EMPTY_BATCH,
  from: count === 1 ? EMPTY_BATCH.from : at(count - 1),
  checkpoint: { position: at(count), lastDay: null },
  journal: [entry()],
  balances: [booking()],
  households: [household('h-1')],
  totals: [declared()],
});

describeOnMongo(
  'the read models in MongoDB, when something breaks,',
  (mongo) => {
    let server: Server;
    let store: MongoReadStore;

    beforeAll(async () => {
      server = await Server.at(mongo.url);
    });

    beforeEach(async () => {
      store = await openMongoReadStore(mongo.url);
    });

    afterEach(async () => {
      await server.heal();
      await store.close();
      await dropDatabase(mongo.url);
    });

    afterAll(() => server.close());

    /** So many batches have arrived, each once. */
    async function expectBatches(count: number, by = store): Promise<void> {
      const { checkpoint, counts, lines, balances, totals } = await everythingIn(by);
      const amount = { households: count, persons: 4 * count };
      expect(lines).toMatchObject([amount]);
      expect(balances).toEqual({ 'poor.newlyArising': amount });
      expect(totals).toHaveLength(count);
      expect(counts.totals).toBe(count);
      expect(checkpoint.position).toBe(at(count));
    }

    /** As a projector does it: who does not know whether his batch was written asks the checkpoint. */
    async function persist(count: number, by = store): Promise<void> {
      for (;;) {
        try {
          const { position } = await by.snapshot((models) => models.checkpoint());
          if (position === at(count)) return;
          await by.write(batch(count));
          return;
        } catch (error) {
          if (!(error instanceof StoreUnavailable || error instanceof CheckpointMoved)) throw error;
        }
      }
    }

    describe('write each batch once', () => {
      beforeEach(() => store.write(batch(1)));

      it('after a conflict in the middle of it', async () => {
        await server.fail({
          failCommands: ['update'],
          errorCode: 112,
          errorLabels: ['TransientTransactionError'],
        });
        await store.write(batch(2));
        await expectBatches(2);
      });

      it('after the connection broke in the middle of it', async () => {
        await server.fail({ failCommands: ['update'], closeConnection: true });
        await store.write(batch(2));
        await expectBatches(2);
      });

      it('after the connection broke at the commit', async () => {
        await server.fail({ failCommands: ['commitTransaction'], closeConnection: true });
        await store.write(batch(2));
        await expectBatches(2);
      });

      it('after a commit that took effect, of which the server says that it may not last', async () => {
        const before = await server.callsOf('commitTransaction');
        await server.fail(
          {
            failCommands: ['commitTransaction'],
            writeConcernError: { code: 64, errmsg: 'waiting for replication timed out' },
          },
          3,
        );
        await store.write(batch(2));
        expect((await server.callsOf('commitTransaction')) - before).toBeGreaterThan(3);
        await expectBatches(2);
      });

      it('after a commit that took effect, of which the server says that it has to be done again', async () => {
        await server.fail({
          failCommands: ['commitTransaction'],
          // One of the few codes after which the driver does not just commit once more.
          writeConcernError: { code: 79, errmsg: 'unknown', codeName: 'UnknownReplWriteConcern' },
          errorLabels: ['TransientTransactionError'],
        });
        let begun = 0;
        const again = await openMongoReadStore(mongo.url, {
          onStep: (step) => void (begun += Number(step === 'batch: begun')),
        });
        await again.write(batch(2));
        expect(begun).toBe(2);
        await again.close();
        await expectBatches(2);
        await store.write(batch(3));
        await expectBatches(3);
      });

      it('after the answer to a commit was lost', async () => {
        const proxy = await proxyTo(mongo.url);
        const far = await openMongoReadStore(proxy.url);
        const lost = proxy.loseReplyTo('commitTransaction');
        await Promise.all([lost, far.write(batch(2))]);
        await expectBatches(2);
        await far.close();
        await proxy.close();
      });
    });

    it('go on when the primary steps down again and again', async () => {
      const BATCHES = 12;
      let written = 0;
      const writing = (async () => {
        for (; written < BATCHES; written++) await persist(written + 1);
      })();
      for (let times = 0; times < 2 && written < BATCHES; times++) {
        await server.stepDown(1).catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, 1_500));
      }
      await writing;
      await expectBatches(BATCHES);
    });

    it('let one of two projectors win, batch by batch', async () => {
      const other = await openMongoReadStore(mongo.url);
      const BATCHES = 25;
      const wins = new Map<MongoReadStore, number>();
      const project = async (by: MongoReadStore): Promise<void> => {
        for (let count = 1; count <= BATCHES;) {
          try {
            await by.write(batch(count));
            wins.set(by, (wins.get(by) ?? 0) + 1);
            count++;
          } catch (error) {
            expect(error).toBeInstanceOf(CheckpointMoved);
            count = Number(await by.snapshot(async (models) => (await models.checkpoint()).position)) + 1;
          }
        }
      };
      await Promise.all([project(store), project(other)]);
      expect((wins.get(store) ?? 0) + (wins.get(other) ?? 0)).toBe(BATCHES);
      await expectBatches(BATCHES);
      await other.close();
    });

    it('do not wait for a projector that died in the middle of a batch', async () => {
      await store.write(batch(1));
      let goOn = (): void => undefined;
      const stopped = new Promise<void>((resolve) => (goOn = resolve));
      let reached = (): void => undefined;
      const hangs = new Promise<void>((resolve) => (reached = resolve));
      const dead = await openMongoReadStore(mongo.url, {
        onStep: (step) => {
          if (step !== 'batch: households written') return;
          reached();
          return stopped;
        },
      });
      const neverEnds = dead.write({ ...batch(2), households: [household('h-9')] });
      const outcome = expect(neverEnds).rejects.toBeInstanceOf(CheckpointMoved);
      await hangs;
      const begun = performance.now();
      await store.write(batch(2));
      expect(performance.now() - begun).toBeLessThan(10_000);
      // It was not dead after all: it learns that others were faster.
      goOn();
      await outcome;
      await expectBatches(2);
      expect((await everythingIn(store)).householdIds).toEqual(['h-1']);
      await dead.close();
    });

    it('leave nothing behind, wherever a batch ends', async () => {
      const steps: Step[] = [];
      const stumbling = await openMongoReadStore(mongo.url, {
        onStep: (step) => {
          if (!steps.includes(step) && step !== 'batch: committed') {
            steps.push(step);
            throw new RangeError(step);
          }
        },
      });
      await store.write(batch(1));
      const before = await everythingIn(store);
      for (let ended = 0; ended < 6; ended++) {
        await expect(stumbling.write(batch(2))).rejects.toBeInstanceOf(RangeError);
        expect(await everythingIn(store)).toEqual(before);
      }
      await stumbling.write(batch(2));
      expect(steps).toHaveLength(6);
      await expectBatches(2);
      await stumbling.close();
    });

    describe('end a question', () => {
      it('within the time, when the server says nothing any more', async () => {
        const proxy = await proxyTo(mongo.url);
        const far = await openMongoReadStore(proxy.url, { patienceMs: 1_000 });
        await far.write(batch(1));
        await far
          .snapshot(async (models) => {
            proxy.blackHole();
            const begun = performance.now();
            await expect(
              models.lines({ places: [HERE], effectiveTo: '2024-01-01' as never }),
            ).rejects.toThrow();
            expect(performance.now() - begun).toBeLessThan(15_000);
          })
          .catch((error: unknown) => expect(error).toBeInstanceOf(StoreUnavailable));
        const begun = performance.now();
        await expect(far.write(batch(2))).rejects.toBeInstanceOf(StoreUnavailable);
        expect(performance.now() - begun).toBeLessThan(2_000);
        await expect(positionIn(far)).rejects.toBeInstanceOf(StoreUnavailable);
        await proxy.heal();
        await persist(2, far);
        await expectBatches(2, far);
        await far.close();
        await proxy.close();
      });

      it('within the time, when the server thinks for ever', async () => {
        await store.close();
        store = await openMongoReadStore(mongo.url, { patienceMs: 1_000 });
        await store.write(batch(1));
        await server.fail(
          {
            failCommands: ['aggregate'],
            blockConnection: true,
            blockTimeMS: 6_000,
            appName: 'poverty-ledger',
          },
          2,
        );
        const begun = performance.now();
        const asked = store.snapshot((models) =>
          models.lines({ places: [HERE], effectiveTo: '2024-01-01' as never }),
        );
        await expect(asked).rejects.toBeInstanceOf(StoreUnavailable);
        expect(performance.now() - begun).toBeLessThan(5_000);
        await expectBatches(1);
      });
    });

    it('are unavailable while nobody listens, and again there when somebody does', async () => {
      const proxy = await proxyTo(mongo.url);
      const far = await openMongoReadStore(`${proxy.url}&serverSelectionTimeoutMS=500`);
      await far.write(batch(1));
      await proxy.refuse();
      await expect(positionIn(far)).rejects.toBeInstanceOf(StoreUnavailable);
      await expect(far.write(batch(2))).rejects.toBeInstanceOf(StoreUnavailable);
      await proxy.heal();
      await persist(2, far);
      await expectBatches(2);
      await far.close();
      await proxy.close();
      await expect(openMongoReadStore(`${proxy.url}&serverSelectionTimeoutMS=500`)).rejects.toBeInstanceOf(
        StoreUnavailable,
      );
    });
  },
  { breaksServer: true },
);

async function proxyTo(url: string) {
  const { hostname, port, pathname } = new URL(url.replace('mongodb:', 'http:'));
  const proxy = await TcpProxy.start({ to: { host: hostname, port: Number(port) } });
  return Object.assign(proxy, {
    url: `mongodb://127.0.0.1:${proxy.port}${pathname}?directConnection=true&connectTimeoutMS=1000&heartbeatFrequencyMS=1000`,
  });
}
