import { describeOnMongo } from '../../servers/mongodb';
import type { Api } from './api';
import { eventually } from './api';
import type { Projector } from './installation';
import { Installation } from './installation';
import { expectWhole } from './proof';
import { stepProjector } from './step-projector-child';
import { Traffic } from './traffic';

const FENCED = /another projector was faster/g;

describeOnMongo('two projectors at once', (mongo) => {
  let installation: Installation;
  let projectors: [Projector, Projector];
  let api: Api;
  let traffic: Traffic;

  beforeAll(async () => {
    installation = await Installation.start(mongo);
    projectors = [await installation.projector(), await installation.projector()];
    api = await installation.api();
    traffic = new Traffic({ apis: () => [api] });
    await traffic.prepare();
  }, 120_000);

  afterAll(async () => {
    traffic.tell(`two projectors, ${fencedOff} times fenced off`);
    await installation.stop();
  });

  let fencedOff = 0;
  /** How often one of them came second. */
  const fences = ({ program }: Projector): number => program.output.match(FENCED)?.length ?? 0;
  const stayWhole = () => expectWhole(installation, api, traffic);

  it('book each batch once: whoever comes second is fenced off and goes on from the checkpoint', async () => {
    await traffic.during(async () => {
      await eventually('batches on which both worked', 30_000, () => {
        fencedOff = fences(projectors[0]) + fences(projectors[1]);
        return fencedOff >= 5;
      });
      await traffic.seen();
    });
    expect(projectors.map(({ program }) => program.running)).toEqual([true, true]);
    await stayWhole();
  });

  it.each([0, 1] as const)('go on when one of them is killed (the one started as number %s)', async (one) => {
    await traffic.during(async () => {
      await projectors[one].program.signal('SIGKILL');
      await traffic.more(10);
      await traffic.seen();
      projectors[one] = await installation.projector();
      await traffic.more(10);
    });
    await stayWhole();
  });

  it.each([0, 1] as const)('go on when one of them stops and wakes up later (number %s)', async (one) => {
    const { program } = projectors[one];
    await traffic.during(async () => {
      for (let times = 0; times < 2; times++) {
        process.kill(program.pid, 'SIGSTOP');
        // The other has gone on when what is recorded from now on can be asked for.
        await traffic.more(10);
        await traffic.seen();
        process.kill(program.pid, 'SIGCONT');
        await traffic.more(10);
      }
    });
    expect(program.running).toBe(true);
    await stayWhole();
  });

  it('fence off one that stopped in the middle of a batch and wakes up when another has gone on', async () => {
    await Promise.all(projectors.map(({ program }) => program.signal('SIGTERM')));
    const { EVENTSTORE_URL: eventStoreUrl = '', MONGO_URL: mongoUrl = '' } = installation.direct;
    const step = 'batch: households written';
    const { ledger } = installation;
    const zombie = stepProjector({ eventStoreUrl, mongoUrl, ledger, step, times: 2, signal: 'SIGSTOP' });
    try {
      await traffic.during(async () => {
        await eventually('a batch in the middle', 60_000, () => zombie.lines.includes(`at ${step}`));
        const said = zombie.lines.length;
        projectors[0] = await installation.projector();
        await traffic.more(10);
        await traffic.seen();
        expect(zombie.lines).toHaveLength(said);
        process.kill(zombie.pid, 'SIGCONT');
        await eventually('a word of the zombie', 30_000, () => zombie.lines.length > said);
        expect(zombie.lines[said]).toBe('CheckpointMoved');
        fencedOff++;
      });
    } finally {
      await zombie.kill();
    }
    await stayWhole();
  });
});
