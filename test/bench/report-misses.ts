import { cellOf, goalOf, HEADS, numberOf, ratioOf } from './report-tables';
import type { Figure } from './results';
import { OPPONENTS } from './results';
import { median } from './stats';

/** Beside servers it is there to be compared with, in the tables. */
const OUR_OTHER_ENGINE = 'embedded';

/** What misses its goal, and where an opponent is better: said before any table. */
export function missesOf(figures: readonly Figure[]): string[] {
  const misses = figures.flatMap((figure) => [...goalMiss(figure, figures), ...opponentMiss(figure)]);
  return misses.length === 0
    ? ['Every goal was met, and no opponent was better at anything.', '']
    : ['What was missed:', '', ...misses.map((miss) => `- ${miss}`), ''];
}

function goalMiss(figure: Figure, figures: readonly Figure[]): string[] {
  const { goal, goalAgainst, goalBeside, values, group, what } = figure;
  if (!values.product) return [];
  const ours = median(values.product);
  const missed = `${group}: ${what}: ${cellOf(figure, 'product')}`;
  if (goal?.atMost !== undefined && ours > goal.atMost) return [`${missed}, the goal is ${goalOf(figure)}.`];
  if (goal?.atLeast !== undefined && ours < goal.atLeast)
    return [`${missed}, the goal is ${goalOf(figure)}.`];
  if (goalBeside) {
    const ratio = ratioOf(figure, goalBeside.opponent);
    if (ratio === undefined || ratio >= goalBeside.atLeastTimes) return [];
    return [
      `${missed}, ${numberOf(ratio)} of ${HEADS[goalBeside.opponent]}, the goal is ${goalBeside.atLeastTimes}.`,
    ];
  }
  const before = figures.find(({ id }) => id === goalAgainst?.of)?.values.product;
  if (!goalAgainst || !before || ours <= goalAgainst.atMostTimes * median(before)) return [];
  return [
    `${missed}, ${numberOf(ours / median(before))} times as long as before, the goal is ${goalAgainst.atMostTimes}.`,
  ];
}

function opponentMiss(figure: Figure): string[] {
  const { unit, group, what, goalBeside } = figure;
  return OPPONENTS.filter((who) => who !== OUR_OTHER_ENGINE).flatMap((who) => {
    const ratio = ratioOf(figure, who);
    if (ratio === undefined || ratio >= 1) return [];
    // Said with the goal that it misses.
    if (goalBeside?.opponent === who && ratio < goalBeside.atLeastTimes) return [];
    const times = unit === 'MB' ? 'needs less' : `is ${numberOf(1 / ratio)} times as fast`;
    return [`${group}: ${what}: ${HEADS[who]} ${times}.`];
  });
}
