import { describeOnMongo } from '../../servers/mongodb';
import { pause } from '../../e2e/support/server';
import { randomFrom } from '../random';
import type { Api } from './api';
import type { Projector } from './installation';
import { Installation } from './installation';
import { expectWhole } from './proof';
import { Traffic } from './traffic';

const KILLS = Number(process.env['KILLS'] ?? 10);
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
/** So many kills between one proof and the next. */
const ROUND = 5;

describeOnMongo(`an API and a projector killed ${KILLS} times under load (seed ${SEED})`, (mongo) => {
  const random = randomFrom(SEED);
  let installation: Installation;
  let api: Api;
  let projector: Projector;
  let traffic: Traffic;
  const kills = { api: 0, projector: 0, both: 0 };

  beforeAll(async () => {
    installation = await Installation.start(mongo);
    projector = await installation.projector();
    api = await installation.api();
    traffic = new Traffic({ apis: () => [api], mayDie: true });
    await traffic.prepare();
  }, 120_000);

  afterAll(async () => {
    traffic.tell(`SIGKILL ${JSON.stringify(kills)}, seed ${SEED}`);
    await installation.stop();
  });

  async function strike(): Promise<void> {
    await traffic.more(5);
    // Anywhere in what it does: some milliseconds decide in what.
    await pause(random() * 300);
    const whom = (['api', 'projector', 'projector', 'both'] as const)[Math.floor(random() * 4)] ?? 'both';
    kills[whom]++;
    if (whom !== 'projector') await api.program.signal('SIGKILL');
    if (whom !== 'api') await projector.program.signal('SIGKILL');
    if (whom !== 'projector') api = await installation.api();
    if (whom !== 'api') projector = await installation.projector();
  }

  for (let round = 0; round * ROUND < KILLS; round++) {
    const count = Math.min(ROUND, KILLS - round * ROUND);
    it(`lose and double nothing: kills ${round * ROUND + 1} to ${round * ROUND + count}`, async () => {
      await traffic.during(async () => {
        for (let kill = 0; kill < count; kill++) await strike();
      });
      await expectWhole(installation, api, traffic);
    }, 180_000);
  }
});
