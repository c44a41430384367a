import type { RanOn, RunName, RunRecord } from './record';
import { missesOf } from './report-misses';
import { tablesOf } from './report-tables';

const TITLES: Readonly<Partial<Record<RunName, string>>> = {
  quick: 'A quick run',
  normal: 'The country',
  long: 'Ten million facts',
  'servers-quick': 'On servers, a quick run',
};

/** What was measured, for people: medians with their spread, ratios, and what misses its goal. */
export function reportOf(records: readonly RunRecord[]): string {
  return [
    '# What was measured',
    '',
    'Written by `npm run bench` from the figures beside it (`docs/bench/*.json`). Every figure is the median of',
    'alternating runs on one machine, with the smallest and the largest in brackets; the ratio says how many times as',
    'fast as the opponent the product is: below 1 it is slower. Times of the product are whole HTTP requests, those of the history table are SQL',
    'statements through a local socket, without a server around them: the empty request tells the difference. `fsync`',
    'is on everywhere. Both are asked the same questions, and a run ends where one number differs.',
    '',
    ...records.flatMap(sectionOf),
  ].join('\n');
}

function sectionOf(record: RunRecord): string[] {
  const { scale, on, machine, facts, households, runs, postgres, servers, figures, missing } = record;
  const { processor, cores, gigabytes, node } = machine;
  const stores = servers ? `${servers.eventStore}, ${servers.mongo}` : (postgres ?? 'no PostgreSQL');
  return [
    `## ${TITLES[scale] ?? 'On servers'}: ${facts.toLocaleString('en')} facts`,
    '',
    `${on}, ${processor}, ${cores} cores, ${gigabytes} GB, Node ${node}, ${stores}. ` +
      `${households.toLocaleString('en')} households in ten years, ${runs === 1 ? 'one run' : `${runs} runs`}.`,
    '',
    ...(servers ? howOnServers(servers) : []),
    ...missesOf(figures),
    ...tablesOf(figures),
    ...missing.map(({ group, what, why }) => `- Not measured, ${group}: ${what} (${why.split('\n')[0]}).`),
    ...(missing.length > 0 ? [''] : []),
  ];
}

/** How figures on servers are to be read. */
function howOnServers({ isDouble }: RanOn): string[] {
  return [
    ...(isDouble
      ? [
          'There was no EventStoreDB: the log was a double of it, a process that speaks its protocol, keeps everything in',
          'memory and writes nothing to a disk. **A double’s speed says nothing about a server’s**: of appends, reading, rebuild,',
          'projection and orders only the ratio to the client alone on the same double means something.',
          '',
        ]
      : []),
    'The client alone is `@eventstore/db-client` without anything of ours around it: the same events, the same filter,',
    'the same buffer. An append of the product is the plain Append and a read of what was written. The facts of one',
    'household lie all over the log, so that no household can be booked before everything has been read: a rebuild first',
    'reads as fast as the client hands over, then folds and writes, and the whole command can only be slower. The embedded',
    'engine has the same facts and is asked the same questions in the same run, which ends where one number differs; in',
    'one process and without a network between them it is the faster one in every table, and not named as missed.',
    'Servers, product and clients share the cores of one machine.',
    '',
  ];
}
