import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COUNTRY_USAGE, fillFolder } from './country.command';
import type { RunRecord } from './record';
import { findRecord, keep } from './record';
import { reportOf } from './report';
import { run } from './run';
import { say } from './run-context';
import { SCALES } from './scale';
import type { Scale } from './scale';
import { ROOT } from './scratch';

const USAGE = `Usage: npm run bench [-- COMMAND]

  (none)      everything on a country of a million facts, into docs/bench.md
  quick       everything small, in a few minutes: shows that it works
  long        ten million facts, into docs/bench.md
  report      docs/bench.md once more from the figures of earlier runs
  ${COUNTRY_USAGE}
              fill an empty data folder with the country's log

BENCH_DIR says on which disk, BENCH_POSTGRES in which folder the binaries of PostgreSQL are.`;

const REPORT = join(ROOT, 'docs/bench.md');

async function main([command, ...args]: readonly string[], signal: AbortSignal): Promise<number> {
  switch (command) {
    case undefined:
    case 'normal':
      return measure(SCALES.normal, signal);
    case 'quick':
      return measure(SCALES.quick, signal);
    case 'long':
      return measure(SCALES.long, signal);
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

async function measure(scale: Scale, signal: AbortSignal): Promise<number> {
  const startedAt = performance.now();
  const record = await run(scale, signal);
  const file = keep(record);
  say(`${Math.round((performance.now() - startedAt) / 60_000)} minutes; the figures are in ${file}`);
  if (scale.name !== 'quick') return writeReport();
  process.stdout.write(`${reportOf([record])}\n`);
  return 0;
}

function writeReport(): number {
  const records = (['normal', 'long'] as const)
    .map(findRecord)
    .filter((found): found is RunRecord => found !== undefined);
  writeFileSync(REPORT, reportOf(records));
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
