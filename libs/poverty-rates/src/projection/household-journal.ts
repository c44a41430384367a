import type { BareFact } from '@ledger/households';
import { timelineOf } from '@ledger/households';
import type { PlainDate } from '@ledger/kernel';
import { laterOf } from '@ledger/kernel';
import type { JournalEntry, Movement } from '../ledger/movement';
import { difference } from '../ledger/movement';
import { movementsOf } from '../ledger/movements-of';
import type { HouseholdDocument, Known } from '../read-store';

/** What a household contributes to the ledger when exactly these facts are known. */
export const contributionOf = (facts: readonly Known<BareFact>[]): readonly Movement[] =>
  movementsOf(timelineOf(facts.map(({ fact }) => fact)));

/**
 * What has to be booked when facts arrive. A movement depends only on facts effective by its day, so where
 * everything that arrives is effective later than all that was known, only what is new has to be looked at.
 */
export function bookedBy(
  known: readonly Known<BareFact>[],
  all: readonly Known<BareFact>[],
): readonly Movement[] {
  const after = contributionOf(all);
  const lastKnown = lastDayOf(known);
  if (all.slice(known.length).every(({ fact }) => lastKnown === undefined || fact.effectiveOn > lastKnown)) {
    return lastKnown === undefined ? after : after.filter(({ effectiveOn }) => effectiveOn > lastKnown);
  }
  return difference(contributionOf(known), after);
}

const lastDayOf = (facts: readonly Known<BareFact>[]): PlainDate | undefined =>
  facts.reduce<PlainDate | undefined>(
    (last, { fact }) => (last === undefined ? fact.effectiveOn : laterOf(last, fact.effectiveOn)),
    undefined,
  );

/**
 * The journal of a household: a difference for each day on which something was recorded (rule 3). The days
 * after which nothing earlier arrives any more need no fold of their own: what was known by then is the
 * beginning of the whole.
 */
export function journalOf({ id: household, facts }: HouseholdDocument): readonly JournalEntry[] {
  const journal: JournalEntry[] = [];
  const whole = contributionOf(facts);
  let before: Contribution = { movements: [], wholeUpTo: undefined };
  for (const { count, recordedOn, lastDay, settled } of recordedDays(facts)) {
    const after: Contribution = settled
      ? { movements: undefined, wholeUpTo: lastDay }
      : { movements: contributionOf(facts.slice(0, count)), wholeUpTo: undefined };
    for (const line of differenceIn(whole, before, after)) journal.push({ ...line, household, recordedOn });
    before = after;
  }
  return journal;
}

/** What was known after a recorded day: the whole up to an effective day, or movements of its own. */
type Contribution =
  | { readonly movements: undefined; readonly wholeUpTo: PlainDate }
  | { readonly movements: readonly Movement[]; readonly wholeUpTo: undefined };

function differenceIn(
  whole: readonly Movement[],
  before: Contribution,
  after: Contribution,
): readonly Movement[] {
  const nothingYet = before.movements?.length === 0;
  if (after.wholeUpTo !== undefined && (before.wholeUpTo !== undefined || nothingYet)) {
    const { wholeUpTo: from } = before;
    const to = after.wholeUpTo;
    return whole.filter(({ effectiveOn: on }) => (from === undefined || on > from) && on <= to);
  }
  return difference(movementsIn(whole, before), movementsIn(whole, after));
}

const movementsIn = (
  whole: readonly Movement[],
  { movements, wholeUpTo }: Contribution,
): readonly Movement[] => movements ?? whole.filter(({ effectiveOn }) => effectiveOn <= wholeUpTo);

interface RecordedDay {
  readonly recordedOn: PlainDate;
  /** How many facts were known at its end. */
  readonly count: number;
  /** The last effective day of them. */
  readonly lastDay: PlainDate;
  /** Every fact that came later is effective later, too. */
  readonly settled: boolean;
}

function recordedDays(facts: readonly Known<BareFact>[]): readonly RecordedDay[] {
  const days: RecordedDay[] = [];
  let earliestLater: PlainDate | undefined;
  const lastDays = runningLatest(facts);
  for (let at = facts.length - 1; at >= 0; at--) {
    const { fact, recordedOn } = facts[at] as Known<BareFact>;
    if (days.at(-1)?.recordedOn !== recordedOn) {
      const lastDay = lastDays[at] as PlainDate;
      const settled = earliestLater === undefined || earliestLater > lastDay;
      days.push({ recordedOn, count: at + 1, lastDay, settled });
    }
    if (earliestLater === undefined || fact.effectiveOn < earliestLater) earliestLater = fact.effectiveOn;
  }
  return days.reverse();
}

function runningLatest(facts: readonly Known<BareFact>[]): readonly PlainDate[] {
  let latest: PlainDate | undefined;
  return facts.map(
    ({ fact }) => (latest = latest === undefined ? fact.effectiveOn : laterOf(latest, fact.effectiveOn)),
  );
}
