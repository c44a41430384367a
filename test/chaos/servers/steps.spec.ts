import { describeOnMongo, dropDatabase, withDatabase } from '../../servers/mongodb';
import { Installation } from './installation';
import { expectEachOnce, expectVerified } from './proof';
import type { Stepping } from './step-projector';
import { stepProjector } from './step-projector-child';
import { Traffic } from './traffic';

const STEPS = [
  ...['batch: begun', 'batch: checkpoint moved', 'batch: journal written', 'batch: balances written'],
  ...['batch: households written', 'batch: lists written', 'batch: committed'],
];

/** At the first batch, and at one in the middle of the log. */
const TIMES = [1, 4];
const HOUSEHOLDS = 12;

describeOnMongo('a projector on servers that is killed at any step of a batch', (mongo) => {
  let installation: Installation;
  let stepping: Omit<Stepping, 'mongoUrl'>;

  beforeAll(async () => {
    installation = await Installation.start(mongo);
    const api = await installation.api();
    const traffic = new Traffic({ apis: () => [api] });
    await traffic.prepare(HOUSEHOLDS);
    expectEachOnce(await installation.facts(), traffic);
    stepping = { eventStoreUrl: installation.log.url, ledger: installation.ledger };
  }, 120_000);

  afterAll(() => installation.stop());

  // Each on read models of its own. Most of the time they wait for the transaction that a kill leaves behind.
  const databases = new Map<string, Promise<Ended>>();
  beforeAll(async () => {
    for (const step of STEPS) databases.set(step, killedAt(step));
    await Promise.allSettled(databases.values());
  }, 180_000);

  it.each(STEPS)('%s: started again, it books everything once', async (step) => {
    const { mongoUrl, runs } = (await databases.get(step)) as Ended;
    expect(runs.map((lines) => lines.filter((line) => !line.startsWith('from ')))).toEqual([
      ...TIMES.map(() => [`at ${step}`]),
      ['done'],
    ]);
    await expectVerified(installation, { MONGO_URL: mongoUrl });
    await dropDatabase(mongoUrl);
  });

  interface Ended {
    readonly mongoUrl: string;
    /** What each of the processes has printed. */
    readonly runs: readonly (readonly string[])[];
  }

  async function killedAt(step: string): Promise<Ended> {
    const mongoUrl = withDatabase(mongo.serverUrl, `${mongo.database}_${STEPS.indexOf(step)}`);
    await dropDatabase(mongoUrl);
    const runs: (readonly string[])[] = [];
    for (const times of [...TIMES, undefined]) {
      const child = stepProjector({ ...stepping, mongoUrl, ...(times !== undefined && { step, times }) });
      await child.end();
      runs.push(child.lines);
    }
    return { mongoUrl, runs };
  }
});
