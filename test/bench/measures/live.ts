import type { RunContext } from '../run-context';
import { say } from '../run-context';
import { Server } from '../server';
import { largest, percentile } from '../stats';
import { Pinger } from './pinger';
import { fillLog } from './prepare';

const GROUP = 'Live projection';
const LONGEST_MS = 600_000;

/**
 * A server that starts with facts it has not projected yet answers others meanwhile: how fast it catches up, and
 * how long it lets them wait. The facts are overwrites, each of which changes a status in the past.
 */
export async function measureLive(context: RunContext, folder: string, facts: number): Promise<void> {
  const { scale, results, signal } = context;
  let already = facts;
  for (let run = 1; run <= scale.runs; run++) {
    const upTo = already + scale.factsBehind;
    await fillLog(context, { ...scale.country, overwrites: 1, already, upTo }, folder);
    already = upTo;
    const startedAt = performance.now();
    const server = await Server.start({ DATA_DIR: folder }, signal);
    const pinger = await Pinger.start(server);
    await server.ready(LONGEST_MS);
    const seconds = (performance.now() - startedAt) / 1_000;
    const pings = await pinger.stop();
    await server.stop();
    const add = (id: string, what: string, unit: 'per second' | 'ms', value: number, atMost?: number): void =>
      results.add(
        { id, group: GROUP, what, unit, ...(atMost !== undefined && { goal: { atMost } }) },
        'product',
        value,
      );
    add(
      'live',
      'facts caught up with, the start of the server included',
      'per second',
      scale.factsBehind / seconds,
    );
    add('live-ping-99', 'wait of a request meanwhile, p99', 'ms', percentile(pings, 99));
    add('live-ping', 'the longest wait of a request meanwhile', 'ms', largest(pings), 50);
    say(
      `  caught up with ${Math.round(scale.factsBehind / seconds)} facts/s, longest wait ${largest(pings).toFixed(0)} ms`,
    );
  }
}
