import type { RunRecord } from './record';
import type { Figure, Who } from './results';
import { largest, median, smallest } from './stats';

const HEADS: Readonly<Record<Who, string>> = {
  product: 'Poverty Ledger',
  postgres: 'a history table in PostgreSQL',
  emmett: 'Emmett on PostgreSQL',
};
const SCALES = { quick: 'A quick run', normal: 'The country', long: 'Ten million facts' } as const;

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
  const { scale, on, machine, facts, households, runs, postgres, figures, missing } = record;
  const { processor, cores, gigabytes, node } = machine;
  return [
    `## ${SCALES[scale]}: ${facts.toLocaleString('en')} facts`,
    '',
    `${on}, ${processor}, ${cores} cores, ${gigabytes} GB, Node ${node}, ${postgres ?? 'no PostgreSQL'}. ` +
      `${households.toLocaleString('en')} households in ten years, ${runs === 1 ? 'one run' : `${runs} runs`}.`,
    '',
    ...missesOf(record),
    ...groupsOf(figures).flatMap((group) =>
      tableOf(
        group,
        figures.filter((figure) => figure.group === group),
      ),
    ),
    ...missing.map(({ group, what, why }) => `- Not measured, ${group}: ${what} (${why.split('\n')[0]}).`),
    ...(missing.length > 0 ? [''] : []),
  ];
}

const groupsOf = (figures: readonly Figure[]): string[] => [...new Set(figures.map(({ group }) => group))];

function tableOf(group: string, figures: readonly Figure[]): string[] {
  const opponents = (['postgres', 'emmett'] as const).filter((who) =>
    figures.some(({ values }) => values[who]),
  );
  const heads = ['', HEADS.product, ...opponents.flatMap((who) => [HEADS[who], 'ratio']), 'goal'];
  return [
    `### ${group}`,
    '',
    rowOf(heads),
    rowOf(heads.map((_head, at) => (at === 0 ? '---' : '---:'))),
    ...figures.map((figure) =>
      rowOf([
        figure.what,
        cellOf(figure, 'product'),
        ...opponents.flatMap((who) => [cellOf(figure, who), ratioOf(figure, who)]),
        goalOf(figure),
      ]),
    ),
    '',
  ];
}

const rowOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function cellOf({ values, unit }: Figure, who: Who): string {
  const all = values[who];
  if (!all || all.length === 0) return '';
  const middle = `${numberOf(median(all))} ${unit === 'per second' ? '/s' : unit}`;
  return all.length === 1 ? middle : `${middle} (${numberOf(smallest(all))}-${numberOf(largest(all))})`;
}

function ratioOf({ values, unit }: Figure, who: Who): string {
  const ours = values.product;
  const theirs = values[who];
  if (!ours || !theirs) return '';
  const ratio = median(ours) / median(theirs);
  return `${numberOf(unit === 'per second' ? ratio : 1 / ratio)}x`;
}

function goalOf({ goal, goalAgainst, unit }: Figure): string {
  if (goalAgainst) return `at most ${goalAgainst.atMostTimes} times as long as before`;
  if (goal?.atMost !== undefined) return `at most ${goal.atMost} ${unit}`;
  if (goal?.atLeast !== undefined) return `at least ${goal.atLeast.toLocaleString('en')}/s`;
  return '';
}

/** What misses its goal, and where an opponent is better: said before any table. */
function missesOf({ figures }: RunRecord): string[] {
  const misses = figures.flatMap((figure) => [...goalMiss(figure, figures), ...opponentMiss(figure)]);
  return misses.length === 0
    ? ['Every goal was met, and no opponent was better at anything.', '']
    : ['What was missed:', '', ...misses.map((miss) => `- ${miss}`), ''];
}

function goalMiss(figure: Figure, figures: readonly Figure[]): string[] {
  const { goal, goalAgainst, values, group, what } = figure;
  if (!values.product) return [];
  const ours = median(values.product);
  const missed = `${group}: ${what}: ${cellOf(figure, 'product')}`;
  if (goal?.atMost !== undefined && ours > goal.atMost) return [`${missed}, the goal is ${goalOf(figure)}.`];
  if (goal?.atLeast !== undefined && ours < goal.atLeast)
    return [`${missed}, the goal is ${goalOf(figure)}.`];
  const before = figures.find(({ id }) => id === goalAgainst?.of)?.values.product;
  if (!goalAgainst || !before || ours <= goalAgainst.atMostTimes * median(before)) return [];
  return [
    `${missed}, ${numberOf(ours / median(before))} times as long as before, the goal is ${goalAgainst.atMostTimes}.`,
  ];
}

function opponentMiss({ values, unit, group, what }: Figure): string[] {
  const ours = values.product;
  if (!ours) return [];
  return (['postgres', 'emmett'] as const).flatMap((who) => {
    const theirs = values[who];
    if (!theirs) return [];
    const ratio = median(ours) / median(theirs);
    const times = unit === 'per second' ? 1 / ratio : ratio;
    return times > 1 ? [`${group}: ${what}: ${HEADS[who]} is ${numberOf(times)} times as fast.`] : [];
  });
}

/** Three significant digits. */
function numberOf(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en', { maximumSignificantDigits: 3 });
}
