import type { BareFact, Timeline } from '@ledger/households';
import { isStatusFact, situationOn } from '@ledger/households';
import type { PlainDate } from '@ledger/kernel';
import { dayBefore, findDay, FIRST_DAY, yearOf } from '@ledger/kernel';
import type { Standard } from '@ledger/standards';
import { ALL_HOUSEHOLDS, predecessorOf, STANDARDS } from '@ledger/standards';
import type { Movement } from './movement';
import { addUp } from './movement';

/** The yearly review begins on 1 September (QĐ 24/2021/QĐ-TTg Art. 4). */
export function campaignOf(day: PlainDate): PlainDate {
  const year = yearOf(day);
  return beginIn(day.slice(5) >= '09-01' ? year : year - 1);
}

/** The country's first autumn began before its first day. */
const beginIn = (year: number): PlainDate => findDay(`${year}-09-01`) ?? FIRST_DAY;

/** The last day before a day's campaign: those poor or near-poor on it are expected to be reviewed. */
export const eveOf = (day: PlainDate): PlainDate => dayBefore(campaignOf(day));

/** Under which standard the expected are listed on the eve: in a standard's first campaign, the old one. */
export function standardOfEve(standard: Standard, day: PlainDate): Standard | undefined {
  const campaign = campaignOf(day);
  const first = campaignOf(standard.openingFrom);
  if (campaign < first) return undefined;
  return campaign === first ? predecessorOf(standard) : standard;
}

/**
 * What a household contributes to the completeness of reviews: `reviewed` from the first decision of a
 * campaign on, for one expected in it; `dissolved` from the day on which an expected one ceased to be (and
 * it is reviewed no more). Booked in the place of the eve; the expected themselves are the stock of the eve.
 */
export function campaignMarks(timeline: Timeline<BareFact>): readonly Movement[] {
  const marks: Movement[] = [];
  const { dissolvedOn } = timeline;
  const decisions = firstDecisions(timeline);
  for (const standard of STANDARDS) {
    for (const [campaign, on] of decisions.get(standard.id) ?? []) {
      mark(marks, timeline, standard, 'reviewed', on, 1);
      if (dissolvedOn && campaignOf(dissolvedOn) === campaign)
        mark(marks, timeline, standard, 'reviewed', dissolvedOn, -1);
    }
    if (dissolvedOn) mark(marks, timeline, standard, 'dissolved', dissolvedOn, 1);
  }
  return marks;
}

function mark(
  marks: Movement[],
  timeline: Timeline<BareFact>,
  standard: Standard,
  kind: 'reviewed' | 'dissolved',
  on: PlainDate,
  households: 1 | -1,
): void {
  const listedUnder = standardOfEve(standard, on);
  if (!listedUnder) return;
  const eve = situationOn(timeline, eveOf(on));
  const status = eve?.statuses[listedUnder.id];
  if (!eve || (status !== 'poor' && status !== 'near-poor')) return;
  for (const group of [ALL_HOUSEHOLDS, ...eve.groups]) {
    addUp(marks, {
      place: eve.place,
      standard: standard.id,
      group,
      column: `campaign.${kind}`,
      effectiveOn: on,
      counterpart: null,
      households,
      persons: households * eve.members,
    });
  }
}

/** The first decision on the household's status in each campaign that has one, by standard. */
function firstDecisions(
  timeline: Timeline<BareFact>,
): ReadonlyMap<string, ReadonlyMap<PlainDate, PlainDate>> {
  const decisions = new Map<string, Map<PlainDate, PlainDate>>();
  for (const fact of timeline.living) {
    if (!isStatusFact(fact)) continue;
    const first = decisions.get(fact.standard) ?? new Map<PlainDate, PlainDate>();
    decisions.set(fact.standard, first);
    const campaign = campaignOf(fact.effectiveOn);
    if (!first.has(campaign)) first.set(campaign, fact.effectiveOn);
  }
  return decisions;
}
