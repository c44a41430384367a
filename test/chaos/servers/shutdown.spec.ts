import { describeOnMongo } from '../../servers/mongodb';
import type { Ended } from '../../e2e/support/server';
import type { Api } from './api';
import type { Projector } from './installation';
import { Installation } from './installation';
import { expectWhole } from './proof';
import { Traffic } from './traffic';

const LONGEST_END_MS = 20_000;

describeOnMongo('an API and a projector that are told to stop under load', (mongo) => {
  let installation: Installation;
  let api: Api;
  let projector: Projector;
  let traffic: Traffic;

  beforeAll(async () => {
    installation = await Installation.start(mongo);
    await start();
    traffic = new Traffic({ apis: () => [api], mayDie: true });
    await traffic.prepare();
  }, 120_000);

  afterAll(async () => {
    traffic.tell('SIGTERM');
    await installation.stop();
  });

  async function start(): Promise<void> {
    projector = await installation.projector();
    api = await installation.api();
  }

  /** SIGTERM to both. */
  async function stopped(): Promise<readonly Ended[]> {
    const begun = performance.now();
    const ended = await Promise.all([api.program, projector.program].map((one) => one.signal('SIGTERM')));
    expect(performance.now() - begun).toBeLessThan(LONGEST_END_MS);
    return ended;
  }

  const WELL = { code: 0, signal: null };

  it('end with code 0 in time, and nothing is lost', async () => {
    await traffic.during(async () => {
      for (let times = 0; times < 3; times++) {
        await traffic.more(15);
        expect(await stopped()).toEqual([WELL, WELL]);
        await start();
      }
    });
    await expectWhole(installation, api, traffic);
  });

  it('end in time while neither store answers, and nothing is lost', async () => {
    await traffic.during(async () => {
      installation.toLog.blackHole();
      installation.toModels.blackHole();
      const ended = await stopped();
      await Promise.all([installation.toLog.heal(), installation.toModels.heal()]);
      await start();
      expect(ended).toEqual([WELL, WELL]);
    });
    await expectWhole(installation, api, traffic);
  });
});
