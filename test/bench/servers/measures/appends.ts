import { join } from 'node:path';
import { inChild } from '../../child';
import { say } from '../../run-context';
import { writeWorkload } from '../../workload';
import type { Appender, ServerAppends } from '../children/append';
import type { ServersContext } from '../context';
import type { EventStoreServer } from '../event-store';
import { inTurns } from '../turns';

const WRITERS = [1, 64] as const;
const APPENDERS: readonly Appender[] = ['product', 'plainAppend', 'batchAppend'];
const APPEND = join(__dirname, '../children/append.js');

/**
 * Reviews appended with the expected revision, one to an append, by the product and by the client alone. Each time
 * to streams of its own, in a process of its own.
 */
export async function measureServerAppends(
  { scale, results, scratch, signal }: ServersContext,
  server: EventStoreServer,
  ledger: string,
): Promise<void> {
  for (const [index, writers] of WRITERS.entries()) {
    const workload = join(scratch, `appends-${writers}.ndjson`);
    writeWorkload(workload, scale.appends[index] ?? 0, scale.country.seed);
    for (let run = 1; run <= scale.runs; run++) {
      for (const who of inTurns(APPENDERS, run)) {
        const own = `${ledger.replace('-', '')}${who}${run}of${writers}-`;
        const args = [who, server.url, own, workload, writers];
        const { result } = await inChild<ServerAppends>(APPEND, args, { signal });
        say(`  ${who}, ${writers} writers: ${Math.round(result.perSecond).toLocaleString('en')}/s`);
        results.add(
          {
            id: `appends-${writers}`,
            group: 'Durable appends with the expected revision',
            what: `appends, ${writers === 1 ? 'one writer' : `${writers} writers`}`,
            unit: 'per second',
            on: server.shortName,
          },
          who,
          result.perSecond,
        );
      }
    }
  }
}
