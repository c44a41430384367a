import type { PlainDate } from '@ledger/kernel';
import { lastDayOfMonth, yearOf } from '@ledger/kernel';
import { requireStandard, standardOn, successorOf } from '@ledger/standards';
import type { Break } from './breaks';
import { areaBreaks } from './breaks';
import type { FlowsQuestion } from './flows';
import type { Knowledge } from './knowledge';
import type { RatesAnswer } from './rates';
import { ratesOf } from './rates';
import type { UnitAnswer } from './unit-answer';
import { unitAnswer } from './unit-answer';

export const STEPS = ['month', 'quarter', 'year'] as const;
export type Step = (typeof STEPS)[number];

export interface SeriesAnswer extends UnitAnswer {
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly step: Step;
  readonly points: readonly RatesAnswer[];
}

/**
 * Rates at the calendar ends of steps inside a range, and at its end. Each point has the standard of its own
 * day, and nothing is ever joined across a break: on the last day of a standard both positions are given,
 * the old one and, where it has been opened by then, the new one.
 */
export async function seriesOf(
  knowledge: Knowledge,
  question: FlowsQuestion & { step: Step },
): Promise<SeriesAnswer> {
  const { unit, from, to, step, group } = question;
  const points: RatesAnswer[] = [];
  for (const on of calendarEnds(from, to, step)) {
    const standard = question.standard ?? standardOn(on);
    points.push(await ratesOf(knowledge, { unit, on, standard, group }));
    const next = question.standard ? undefined : successorOf(standard);
    if (!next || on !== standard.appliesTo) continue;
    const opened = await ratesOf(knowledge, { unit, on, standard: next, group });
    if (opened.poor.households !== null) points.push(opened);
  }
  const breaks = [...breaksOfStandard(points), ...(await areaBreaks(knowledge, unit, group, from, to))];
  const standard = question.standard ?? standardOn(to);
  return {
    ...(await unitAnswer(knowledge, unit, to, standard, group)),
    breaks: breaks.sort((a, b) => (a.on < b.on ? -1 : 1)),
    from,
    to,
    step,
    points,
  };
}

/** The last days of the months, quarters or years inside the range, and its own last day. */
export function calendarEnds(from: PlainDate, to: PlainDate, step: Step): readonly PlainDate[] {
  const months = { month: 1, quarter: 3, year: 12 }[step];
  const ends: PlainDate[] = [];
  for (let year = yearOf(from), month = 1; ; month++) {
    if (month > 12) [year, month] = [year + 1, 1];
    if (month % months !== 0) continue;
    const end = lastDayOfMonth(year, month);
    if (end >= to) break;
    if (end >= from) ends.push(end);
  }
  return [...ends, to];
}

/** Between two points that follow each other under two standards lies a break: from the new one's first day. */
function breaksOfStandard(points: readonly RatesAnswer[]): Break[] {
  return points.flatMap((point, index): Break[] => {
    const before = points[index - 1];
    if (!before || before.standard === point.standard) return [];
    const on = requireStandard(point.standard).appliesFrom;
    return [{ on, reason: 'standard', from: before.standard, to: point.standard }];
  });
}
