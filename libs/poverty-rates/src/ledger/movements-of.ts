import type { BareFact, DayChange, Passage, Situation, Timeline } from '@ledger/households';
import type { PlainDate, Status, UnitId } from '@ledger/kernel';
import { ALL_HOUSEHOLDS } from '@ledger/standards';
import { campaignMarks } from './campaign';
import type { Column } from './columns';
import type { Amount, Movement } from './movement';
import { addUp, isNothing, minus, NOTHING } from './movement';

/**
 * The signed movements that a timeline contributes, one line for each list, group and kind. A stock on a day
 * is the sum of its movements up to that day, so flows close by construction.
 *
 * Persons: passages between the lists and exits carry yesterday's members and groups, entries the day's
 * closing ones; what else changes on a list is `otherIncrease`/`otherDecrease`, in persons with no household.
 * So form 2 column 2 equals form 3 column 5 for persons too.
 */
export function movementsOf(timeline: Timeline<BareFact>): readonly Movement[] {
  return [...timeline.changes.flatMap(movementsOfDay), ...campaignMarks(timeline)];
}

function movementsOfDay(change: DayChange): readonly Movement[] {
  const { before, after, passages } = change;
  const lines: Movement[] = [];
  for (const standard of standardsOf(before?.statuses ?? {}, after?.statuses ?? {})) {
    const passage = passages.find((candidate) => candidate.standard === standard);
    for (const [group, was, is] of groupsOf(before, after)) {
      new DayBook(change, standard, group, was, is, lines).movements(passage);
    }
  }
  return lines;
}

const standardsOf = (before: Situation['statuses'], after: Situation['statuses']): readonly string[] => {
  const standards = Object.keys(after);
  for (const standard of Object.keys(before)) if (!(standard in after)) standards.push(standard);
  return standards;
};

/** Every group of the day, and whether the household was and is in it. */
function groupsOf(
  before: Situation | null,
  after: Situation | null,
): readonly (readonly [group: string, was: boolean, is: boolean])[] {
  const was = before?.groups ?? [];
  const is = after?.groups ?? [];
  return [
    [ALL_HOUSEHOLDS, before !== null, after !== null],
    ...is.map((group) => [group, was.includes(group), true] as const),
    ...was.filter((group) => !is.includes(group)).map((group) => [group, true, false] as const),
  ];
}

/** One day of one household under one standard, seen by one group. */
class DayBook {
  private readonly yesterday: Amount;
  private readonly today: Amount;
  private readonly oldPlace: UnitId;
  private readonly newPlace: UnitId;

  constructor(
    private readonly change: DayChange,
    private readonly standard: string,
    private readonly group: string,
    was: boolean,
    is: boolean,
    private readonly lines: Movement[],
  ) {
    const { before, after } = change;
    this.yesterday = was && before ? { households: 1, persons: before.members } : NOTHING;
    this.today = is && after ? { households: 1, persons: after.members } : NOTHING;
    this.oldPlace = requirePlace(before ?? after);
    this.newPlace = requirePlace(after ?? before);
  }

  /** The status changes in the old place; then the household moves. */
  movements(passage: Passage | undefined): void {
    const status = this.change.after?.statuses[this.standard];
    if (!passage) {
      if (status) this.settle(status, this.yesterday);
    } else {
      const arrived = this.pass(passage);
      if (passage.to) this.settle(passage.to, arrived);
    }
  }

  /** Books the passage at the old place and tells what stands on the new list after it. */
  private pass({ from, to, kind }: Passage): Amount {
    const opened = kind === 'opened';
    const betweenLists = (from === 'poor' && to === 'near-poor') || (from === 'near-poor' && to === 'poor');
    const arriving = betweenLists ? this.yesterday : this.today;
    if (from) this.book(this.oldPlace, exitColumn(from, to, opened), minus(this.yesterday));
    if (!to) return NOTHING;
    this.book(this.oldPlace, entryColumn(from, to, kind), arriving);
    return arriving;
  }

  /** What remains of the day on one list: a move, and a change of members or of the group. */
  private settle(list: Status, standing: Amount): void {
    const { oldPlace, newPlace, today } = this;
    if (oldPlace === newPlace) {
      const rest = {
        households: today.households - standing.households,
        persons: today.persons - standing.persons,
      };
      const grows = rest.households > 0 || (rest.households === 0 && rest.persons > 0);
      return this.book(oldPlace, `${list}.${grows ? 'otherIncrease' : 'otherDecrease'}`, rest);
    }
    if (standing.households === 0) return this.book(newPlace, `${list}.otherIncrease`, today);
    if (today.households === 0) return this.book(oldPlace, `${list}.otherDecrease`, minus(standing));
    // Those who move: seen from a unit that holds both places they do not move, so that only the members
    // who are gained or lost on the way remain, and they have no counterpart.
    const movers = { households: 1, persons: Math.min(standing.persons, today.persons) };
    this.book(oldPlace, `${list}.movedOut`, minus(movers), newPlace);
    this.book(newPlace, `${list}.movedIn`, movers, oldPlace);
    this.book(oldPlace, `${list}.otherDecrease`, {
      households: 0,
      persons: movers.persons - standing.persons,
    });
    this.book(newPlace, `${list}.otherIncrease`, { households: 0, persons: today.persons - movers.persons });
  }

  private book(place: UnitId, column: Column, amount: Amount, counterpart: UnitId | null = null): void {
    if (isNothing(amount)) return;
    const { standard, group } = this;
    const effectiveOn: PlainDate = this.change.on;
    const { households, persons } = amount;
    addUp(this.lines, {
      place,
      standard,
      group,
      column,
      effectiveOn,
      counterpart,
      households,
      persons,
    });
  }
}

function exitColumn(from: Status, to: Status | null, opened: boolean): Column {
  switch (from) {
    case 'above':
      return 'above.left';
    case 'poor':
      if (opened) return 'poor.opened';
      if (to === null) return 'poor.otherDecrease';
      return to === 'near-poor' ? 'poor.escapedToNearPoor' : 'poor.escapedAbove';
    case 'near-poor':
      if (opened) return 'near-poor.opened';
      if (to === null) return 'near-poor.otherDecrease';
      return to === 'poor' ? 'near-poor.becamePoor' : 'near-poor.escapedAbove';
  }
}

function entryColumn(from: Status | null, to: Status, kind: Passage['kind']): Column {
  if (to === 'above') return 'above.entered';
  if (kind === 'opened') return `${to}.opened`;
  if (to === 'poor') {
    if (from === 'near-poor') return 'poor.becamePoorFromNearPoor';
    return kind === 'rePoor' ? 'poor.rePoor' : 'poor.newlyArising';
  }
  if (from === 'poor') return 'near-poor.becameNearPoorFromPoor';
  return kind === 'reNearPoor' ? 'near-poor.reNearPoor' : 'near-poor.newlyArising';
}

function requirePlace(situation: Situation | null): UnitId {
  if (!situation) throw new Error('a change of nothing into nothing');
  return situation.place;
}
