import type { Figure, Who } from './results';
import { OPPONENTS } from './results';
import { largest, median, smallest } from './stats';

export const HEADS: Readonly<Record<Who, string>> = {
  product: 'Poverty Ledger',
  postgres: 'a history table in PostgreSQL',
  emmett: 'Emmett on PostgreSQL',
  plainAppend: 'the client alone, plain Append',
  batchAppend: 'the client alone, batch append',
  client: 'the client alone',
  embedded: 'embedded engine',
};

export const tablesOf = (figures: readonly Figure[]): string[] =>
  groupsOf(figures).flatMap((group) =>
    tableOf(
      group,
      figures.filter((figure) => figure.group === group),
    ),
  );

const groupsOf = (figures: readonly Figure[]): string[] => [...new Set(figures.map(({ group }) => group))];

function tableOf(group: string, figures: readonly Figure[]): string[] {
  const opponents = OPPONENTS.filter((who) => figures.some(({ values }) => values[who]));
  const saysWhere = figures.some(({ on }) => on !== undefined);
  const heads = [
    ...['', HEADS.product],
    ...opponents.flatMap((who) => [HEADS[who], 'ratio']),
    ...['goal', ...(saysWhere ? ['measured on'] : [])],
  ];
  return [
    `### ${group}`,
    '',
    rowOf(heads),
    rowOf(heads.map((head, at) => (at === 0 || head === 'measured on' ? '---' : '---:'))),
    ...figures.map((figure) =>
      rowOf([
        figure.what,
        cellOf(figure, 'product'),
        ...opponents.flatMap((who) => [cellOf(figure, who), ratioCellOf(figure, who)]),
        goalOf(figure),
        ...(saysWhere ? [figure.on ?? ''] : []),
      ]),
    ),
    '',
  ];
}

const rowOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** The median with its unit, and the spread behind it. */
export function cellOf({ values, unit }: Figure, who: Who): string {
  const all = values[who];
  if (!all || all.length === 0) return '';
  const middle = `${numberOf(median(all))} ${unit === 'per second' ? '/s' : unit}`;
  return all.length === 1 ? middle : `${middle} (${numberOf(smallest(all))}-${numberOf(largest(all))})`;
}

/** How many times as fast as somebody else the product is; nothing where one of the two was not measured. */
export function ratioOf({ values, unit }: Figure, who: Who): number | undefined {
  const ours = values.product;
  const theirs = values[who];
  if (!ours || !theirs) return undefined;
  const ratio = median(ours) / median(theirs);
  return unit === 'per second' ? ratio : 1 / ratio;
}

function ratioCellOf(figure: Figure, who: Who): string {
  const ratio = ratioOf(figure, who);
  return ratio === undefined ? '' : `${numberOf(ratio)}x`;
}

export function goalOf({ goal, goalAgainst, goalBeside, unit }: Figure): string {
  if (goalAgainst) return `at most ${goalAgainst.atMostTimes} times as long as before`;
  if (goalBeside) return `at least ${goalBeside.atLeastTimes} of ${HEADS[goalBeside.opponent]}`;
  if (goal?.atMost !== undefined) return `at most ${goal.atMost} ${unit}`;
  if (goal?.atLeast !== undefined) return `at least ${goal.atLeast.toLocaleString('en')}/s`;
  return '';
}

/** Three significant digits. */
export function numberOf(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en', { maximumSignificantDigits: 3 });
}
