import { say } from '../../run-context';
import type { FilledLog, ServersContext } from '../context';
import { environmentOf, onBoth } from '../context';
import { Projector } from '../projector';

const LONGEST_MS = 3_600_000;

export interface Projected {
  /** A database with the read models of the whole log. */
  readonly mongoUrl: string;
  /** The largest resident memory of the projector, in each run. */
  readonly peaks: readonly number[];
}

/** The projector from its start on an empty database until it has booked the whole log. */
export async function measureProjection(context: ServersContext, log: FilledLog): Promise<Projected> {
  const { scale, results, mongo, signal } = context;
  const peaks: number[] = [];
  let mongoUrl: string | undefined;
  for (let run = 1; run <= scale.runs; run++) {
    if (mongoUrl !== undefined) await mongo.drop(mongoUrl);
    mongoUrl = await mongo.newDatabase();
    const startedAt = performance.now();
    const projector = await Projector.start(environmentOf(log, mongoUrl), signal);
    try {
      await projector.caughtUp(LONGEST_MS);
      const perSecond = (log.facts * 1_000) / (performance.now() - startedAt);
      say(`  caught up with ${Math.round(perSecond).toLocaleString('en')} facts/s`);
      results.add(
        {
          id: 'projection',
          group: 'Projection',
          what: 'facts caught up with from empty, the start of the projector included',
          unit: 'per second',
          on: onBoth(context, log),
        },
        'product',
        perSecond,
      );
    } finally {
      await projector.stop();
    }
    peaks.push(projector.peakMegabytes);
  }
  if (mongoUrl === undefined) throw new RangeError('at least one run');
  return { mongoUrl, peaks };
}
