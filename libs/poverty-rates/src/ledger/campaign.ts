import type { Timeline } from '@ledger/households';
import { isStatusFact, situationOn } from '@ledger/households';
import type { PlainDate } from '@ledger/kernel';
import { dayBefore, findDay, FIRST_DAY, yearOf } from '@ledger/kernel';
import type { Standard } from '@ledger/standards';
import { ALL_HOUSEHOLDS, predecessorOf, STANDARDS } from '@ledger/standards';
import type { Movement } from './movement';

/** The yearly review begins on 1 September (QĐ 24/2021/QĐ-TTg Art. 4). */
export function campaignOf(day: PlainDate): PlainDate {
  const thisYear = `${yearOf(day)}-09-01`;
  // The country's first autumn began before its first day.
  return findDay(thisYear <= day ? thisYear : `${yearOf(day) - 1}-09-01`) ?? FIRST_DAY;
}

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
export function campaignMarks(timeline: Timeline): readonly Movement[] {
  return STANDARDS.flatMap((standard) => marksUnder(standard, timeline));
}

function marksUnder(standard: Standard, timeline: Timeline): Movement[] {
  const marks: Movement[] = [];
  const { dissolvedOn } = timeline;
  for (const [campaign, on] of firstDecisions(standard.id, timeline)) {
    marks.push(...mark('reviewed', on, 1));
    if (dissolvedOn && campaignOf(dissolvedOn) === campaign) marks.push(...mark('reviewed', dissolvedOn, -1));
  }
  if (dissolvedOn) marks.push(...mark('dissolved', dissolvedOn, 1));
  return marks;

  function mark(kind: 'reviewed' | 'dissolved', on: PlainDate, households: 1 | -1): Movement[] {
    const listedUnder = standardOfEve(standard, on);
    const eve = situationOn(timeline, eveOf(on));
    const status = listedUnder && eve?.statuses[listedUnder.id];
    if (!eve || (status !== 'poor' && status !== 'near-poor')) return [];
    return [ALL_HOUSEHOLDS, ...eve.groups].map((group) => ({
      place: eve.place,
      standard: standard.id,
      group,
      column: `campaign.${kind}` as const,
      effectiveOn: on,
      counterpart: null,
      households,
      persons: households * eve.members,
    }));
  }
}

/** The first decision on the household's status under a standard in each campaign that has one. */
function firstDecisions(standard: string, timeline: Timeline): ReadonlyMap<PlainDate, PlainDate> {
  const first = new Map<PlainDate, PlainDate>();
  for (const fact of timeline.living) {
    if (!isStatusFact(fact) || fact.standard !== standard) continue;
    const campaign = campaignOf(fact.effectiveOn);
    if (!first.has(campaign)) first.set(campaign, fact.effectiveOn);
  }
  return first;
}
