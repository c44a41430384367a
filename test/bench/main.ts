import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COUNTRY_USAGE, fillFolder } from './country.command';
import type { RunRecord } from './record';
import { isKept, keep, keptRecords } from './record';
import { reportOf } from './report';
import { run } from './run';
import { say } from './run-context';
import { SCALES } from './scale';
import { ROOT } from './scratch';
import { runOnServers } from './servers/run';
import { SERVERS_QUICK, serversScale } from './servers/scale';

const USAGE = `Usage: npm run bench [-- COMMAND]

  (none)      everything on a country of a million facts, into docs/bench.md
  quick       everything small, in a few minutes: shows that it works
  long        ten million facts, into docs/bench.md
  servers     on EventStoreDB and MongoDB with a hundred thousand facts, into docs/bench.md; with BENCH_FACTS=500000
              about as many, into a section of their own
  servers quick
              the same with everything small: shows that it works
  report      docs/bench.md once more from the figures of earlier runs
  ${COUNTRY_USAGE}
              fill an empty data folder with the country's log

BENCH_DIR says on which disk, BENCH_POSTGRES in which folder the binaries of PostgreSQL are. TEST_EVENTSTORE_URL and
TEST_MONGO_URL name servers; else a double of EventStoreDB and a mongod are started. On a server that was named
events stay, under a prefix of their own.`;

const REPORT = join(ROOT, 'docs/bench.md');

async function main([command, ...args]: readonly string[], signal: AbortSignal): Promise<number> {
  switch (command) {
    case undefined:
    case 'normal':
      return measure(() => run(SCALES.normal, signal));
    case 'quick':
      return measure(() => run(SCALES.quick, signal));
    case 'long':
      return measure(() => run(SCALES.long, signal));
    case 'servers':
      return measureServers(args, signal);
    case 'report':
      return writeReport();
    case 'country':
      await fillFolder(args, signal);
      return 0;
    default:
      say(USAGE);
      return 2;
  }
}

async function measureServers([size]: readonly string[], signal: AbortSignal): Promise<number> {
  if (size === undefined) return measure(() => runOnServers(serversScale(process.env), signal));
  if (size === 'quick') return measure(() => runOnServers(SERVERS_QUICK, signal));
  say(USAGE);
  return 2;
}

async function measure(running: () => Promise<RunRecord>): Promise<number> {
  const startedAt = performance.now();
  const record = await running();
  const file = keep(record);
  say(`${Math.round((performance.now() - startedAt) / 60_000)} minutes; the figures are in ${file}`);
  if (isKept(record.scale)) return writeReport();
  process.stdout.write(`${reportOf([record])}\n`);
  return 0;
}

function writeReport(): number {
  writeFileSync(REPORT, reportOf(keptRecords()));
  say(`the report is in ${REPORT}`);
  return 0;
}

const cancel = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => cancel.abort());
main(process.argv.slice(2), cancel.signal).then(
  (code) => process.exit(code),
  (error: unknown) => {
    const cancelled = cancel.signal.aborted;
    const said =
      error instanceof TypeError ? error.message : error instanceof Error ? error.stack : String(error);
    say(cancelled ? 'Cancelled.' : (said ?? ''));
    process.exit(cancelled ? 130 : 2);
  },
);
