import { join } from 'node:path';
import { inChild } from '../../child';
import type { Figure, Who } from '../../results';
import { say } from '../../run-context';
import { ROOT } from '../../scratch';
import type { Environment, FilledLog, ServersContext } from '../context';
import { environmentOf, onBoth } from '../context';
import { inTurns } from '../turns';

const CLI = join(ROOT, 'dist/apps/cli/src/main.js');
const READ_ALONE = join(__dirname, '../children/read-alone.js');
const READ_AS_REBUILD = join(__dirname, '../children/read-as-rebuild.js');
const GROUP = 'Making the read models again';
/** Of what the client alone reads. */
const GOAL = { opponent: 'client', atLeastTimes: 0.8 } as const;

interface Read {
  readonly perSecond: number;
}

/**
 * The command `rebuild` from its start to its end, into an empty database, beside the client that reads the same
 * facts and does nothing with them.
 * @returns the largest resident memory of each command
 */
export async function measureServerRebuild(
  context: ServersContext,
  log: FilledLog,
): Promise<readonly number[]> {
  const { scale, results, mongo, signal } = context;
  const common = { group: GROUP, unit: 'per second', goalBeside: GOAL, on: onBoth(context, log) } as const;
  const reading = { ...common, id: 'reading', what: 'facts read, the first stage of a rebuild' };
  const rebuilding = { ...common, id: 'rebuild', what: 'facts rebuilt, the whole command' };
  const peaks: number[] = [];
  const { server, ledger, facts } = log;
  const onEmpty = async <Done>(work: (env: Environment) => Promise<Done>): Promise<Done> => {
    const url = await mongo.newDatabase();
    const done = await work(environmentOf(log, url));
    await mongo.drop(url);
    return done;
  };
  const add = (figure: Omit<Figure, 'values'>, who: Who, perSecond: number): void => {
    results.add(figure, who, perSecond);
    say(`  ${who}, ${figure.what}: ${Math.round(perSecond).toLocaleString('en')}/s`);
  };
  for (let run = 1; run <= scale.runs; run++) {
    const steps = [
      async () => {
        const { result } = await inChild<Read>(READ_ALONE, [server.url, ledger, facts], { signal });
        add(reading, 'client', result.perSecond);
        results.add(rebuilding, 'client', result.perSecond);
      },
      async () => {
        const { result } = await onEmpty((env) => inChild<Read>(READ_AS_REBUILD, [facts], { signal, env }));
        add(reading, 'product', result.perSecond);
      },
      async () => {
        const whole = await onEmpty((env) => inChild(CLI, ['rebuild'], { signal, env }));
        add(rebuilding, 'product', facts / whole.seconds);
        peaks.push(whole.peakMegabytes);
      },
    ];
    for (const step of inTurns(steps, run)) await step();
  }
  return peaks;
}
