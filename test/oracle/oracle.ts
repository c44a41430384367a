/**
 * The second author of the ledger: answers counted from the state of every household at the end of every
 * day. Slow and plain; where the product and this page differ, one of them has misread the rules.
 *
 * It answers from the books: that a standard ends at the question (rule 14), that a unit is unknown, and
 * declared totals are not its business. How it reads the rules where they leave room is said at each place.
 */
import type { PlainDate } from '@ledger/kernel';
import { addYears, dayBefore, parseDay, yearOf } from '@ledger/kernel';
import type { Change, Day, Known, State, UnitsOn } from './days';
import { STANDARDS, daysOf, isStatusFact } from './days';
import type { Column, Count, Flows, List } from './columns';
import { NEAR_POOR_COLUMNS, POOR_COLUMNS, entering, isList, leaving, zeros } from './columns';

/** Numbers of distinct households; the denominator of all households is declared, not counted here. */
export interface RePoverty {
  readonly ofAllHouseholds: { readonly numerator: number };
  readonly ofEscaped: { readonly numerator: number; readonly denominator: number };
  readonly cohort: { readonly numerator: number; readonly denominator: number };
}

export interface Completeness {
  readonly expected: number;
  readonly reviewed: number;
}

/** Of whom a question is asked. The group `all` is everyone. */
export interface Asked {
  readonly unit: string;
  readonly standard: string;
  readonly group: string;
}

const isIn = (group: string, state: State): boolean => group === 'all' || state.groups.includes(group);

/** What a change that comes onto a list brings along: a passage what was, an entry what is (rule 5). */
const brought = ({ before, after }: Day, change: Change): State | undefined =>
  isList(change.from) ? before : after;

/**
 * The household when its status has changed and nothing else has yet: where it was, with what the change has
 * brought along. One that is gone has not changed its status: it leaves from yesterday's.
 */
function afterItsStatus(day: Day, change: Change | undefined): State | undefined {
  const { before, after } = day;
  if (change === undefined || after === undefined) return before;
  const carried = brought(day, change) ?? after;
  return { ...carried, place: change.place, status: after.status };
}

/** The books as known at the end of `knownOn`. Questions may be asked for days up to `lastDay`. */
export function asKnownOn(
  everything: readonly Known[],
  knownOn: PlainDate,
  unitsOn: UnitsOn,
  lastDay: PlainDate,
): Books {
  const factsOf = new Map<string, Known[]>();
  for (const known of everything.filter(({ recordedOn }) => recordedOn <= knownOn)) {
    factsOf.set(known.household, [...(factsOf.get(known.household) ?? []), known]);
  }
  const lives = [...factsOf].map(([household, facts]) => ({
    household,
    facts: facts.map(({ fact }) => fact),
    days: daysOf(facts, unitsOn, lastDay),
  }));
  return new Books(lives, unitsOn, lastDay);
}

interface Life {
  readonly household: string;
  readonly facts: readonly Known['fact'][];
  readonly days: readonly Day[];
}

export class Books {
  constructor(
    private readonly lives: readonly Life[],
    private readonly unitsOn: UnitsOn,
    private readonly lastDay: PlainDate,
  ) {}

  /** Who stands on a list at the end of a day; `null` where nothing was known (rule 4). */
  stock(asked: Asked, list: List, on: PlainDate): Count | null {
    return this.isKnown(asked, on) ? this.count(asked, list, on) : null;
  }

  /** Form 2 and form 3 of a period, both days included. */
  flows(asked: Asked, from: PlainDate, to: PlainDate): Flows {
    const poor = { households: zeros(POOR_COLUMNS), persons: zeros(POOR_COLUMNS) };
    const nearPoor = { households: zeros(NEAR_POOR_COLUMNS), persons: zeros(NEAR_POOR_COLUMNS) };
    const add = (list: List, column: Column, households: number, persons: number): void => {
      const table: Record<keyof Count, Partial<Record<Column, number>>> = list === 'poor' ? poor : nearPoor;
      table.households[column] = (table.households[column] ?? Number.NaN) + households;
      table.persons[column] = (table.persons[column] ?? Number.NaN) + persons;
    };
    for (const list of ['poor', 'near-poor'] as const) {
      const opening = this.count(asked, list, dayBefore(from));
      const closing = this.count(asked, list, to);
      add(list, 'opening', opening.households, opening.persons);
      add(list, 'closing', closing.households, closing.persons);
      for (const { days } of this.lives) {
        for (const day of days) {
          if (from <= day.on && day.on <= to) {
            this.flow(asked, list, day, (column, households, persons) => {
              add(list, column, households, persons);
            });
          }
        }
      }
    }
    return { poor, nearPoor };
  }

  /**
   * Who moved from one child of the unit to another one (rule 11): what the children show as `otherDecrease`
   * and `otherIncrease` and the unit does not.
   */
  movedInside(asked: Asked, list: List, from: PlainDate, to: PlainDate): Count {
    const moved = { households: 0, persons: 0 };
    for (const day of this.lives.flatMap(({ days }) => days)) {
      if (day.on < from || to < day.on) continue;
      const standing = afterItsStatus(day, changeOf(day, asked));
      const old = this.membersAsked(asked, list, standing, day.on);
      const now = this.membersAsked(asked, list, day.after, day.on);
      const [left, reached] = [standing, day.after].map((state) => this.childOf(asked.unit, state, day.on));
      if (old === undefined || now === undefined || left === reached) continue;
      moved.households += 1;
      moved.persons += Math.min(old, now);
    }
    return moved;
  }

  /**
   * Rule 13. An event belongs to the unit and the group in which its flow column counts it; the cohort then
   * follows the household anywhere. "Within n years" includes the same day n years later, "again" means on a
   * later day than the escape; of several escapes in the range any may be the one that is followed.
   */
  rePoverty(
    asked: Asked,
    { from, to, withinYears, on }: { from: PlainDate; to: PlainDate; withinYears: number; on: PlainDate },
  ): RePoverty {
    const rePoor = new Set<string>();
    const escaped = new Set<string>();
    const poorAgain = new Set<string>();
    for (const { household, days } of this.lives) {
      const poorAgainOn = days
        .filter((day) => day.on <= on && day.changes.some(isPoorAgain))
        .map((day) => day.on);
      for (const day of days.filter((each) => from <= each.on && each.on <= to)) {
        this.flow(asked, 'poor', day, (column) => {
          if (column === 'rePoor') rePoor.add(household);
          if (column !== 'escapedToNearPoor' && column !== 'escapedAbove') return;
          escaped.add(household);
          const until = addYears(day.on, withinYears);
          if (poorAgainOn.some((again) => day.on < again && again <= until)) poorAgain.add(household);
        });
      }
    }
    return {
      ofAllHouseholds: { numerator: rePoor.size },
      ofEscaped: { numerator: rePoor.size, denominator: escaped.size },
      cohort: { numerator: poorAgain.size, denominator: escaped.size },
    };
  }

  /**
   * Rule 16. Who should have been looked at since the last 1 September, and who was: the unit, the list and
   * the group are those of the eve. The first standard of all has no predecessor: nobody is expected.
   */
  completeness(asked: Asked, on: PlainDate): Completeness {
    const september = parseDay(`${yearOf(on)}-09-01`);
    const start = september <= on ? september : addYears(september, -1);
    const eve = dayBefore(start);
    const index = STANDARDS.findIndex(({ id }) => id === asked.standard);
    const standard = STANDARDS[STANDARDS[index]?.openingFrom === start ? index - 1 : index]?.id;
    const onTheEve = { ...asked, standard: standard ?? 'none' };
    const expected = this.lives.filter((life) => {
      const then = this.stateOf(life, eve);
      const listed = (['poor', 'near-poor'] as const).some(
        (list) => this.membersAsked(onTheEve, list, then, eve) !== undefined,
      );
      return listed && this.stateOf(life, on) !== undefined;
    });
    const reviewed = expected.filter(({ facts }) =>
      facts.filter(isStatusFact).some(({ standard: under, effectiveOn }) => {
        return under === asked.standard && start <= effectiveOn && effectiveOn <= on;
      }),
    );
    return { expected: expected.length, reviewed: reviewed.length };
  }

  /** What one household adds to the columns of a list on one day, by that day's tree. */
  private flow(
    asked: Asked,
    list: List,
    day: Day,
    add: (column: Column, households: number, persons: number) => void,
  ): void {
    const { on, before, after } = day;
    const change = changeOf(day, asked);
    // First yesterday's stock changes over to the day's tree (rule 10).
    const was = this.membersAsked(asked, list, before, dayBefore(on));
    const is = this.membersAsked(asked, list, before, on);
    if (was !== undefined && is === undefined) add('boundaryOut', 1, was);
    if (was === undefined && is !== undefined) add('boundaryIn', 1, is);
    // Then the status changes, where the household was (rule 5).
    if (change !== undefined && this.unitsOn(change.place, on).includes(asked.unit)) {
      if (change.from === list && before !== undefined && isIn(asked.group, before)) {
        const sign = change.opened ? -1 : 1;
        add(leaving(change), sign, sign * before.members);
      }
      const comes = brought(day, change);
      if (change.to === list && comes !== undefined && isIn(asked.group, comes)) {
        add(entering(change), 1, comes.members);
      }
    }
    // What remains is a move, an end, or other members and groups.
    const old = this.membersAsked(asked, list, afterItsStatus(day, change), on);
    const now = this.membersAsked(asked, list, after, on);
    if (old !== undefined && now === undefined) add('otherDecrease', 1, old);
    if (old === undefined && now !== undefined) add('otherIncrease', 1, now);
    if (old !== undefined && now !== undefined && now < old) add('otherDecrease', 0, old - now);
    if (old !== undefined && now !== undefined && now > old) add('otherIncrease', 0, now - old);
  }

  /** The members of a household if it is one of those asked for, by the tree of the day. */
  private membersAsked(
    asked: Asked,
    list: List,
    state: State | undefined,
    on: PlainDate,
  ): number | undefined {
    const isListed = state !== undefined && state.status[asked.standard] === list && isIn(asked.group, state);
    return isListed && this.unitsOn(state.place, on).includes(asked.unit) ? state.members : undefined;
  }

  private count(asked: Asked, list: List, on: PlainDate): Count {
    const counted = this.lives
      .map((life) => this.membersAsked(asked, list, this.stateOf(life, on), on))
      .filter((members) => members !== undefined);
    return { households: counted.length, persons: counted.reduce((sum, members) => sum + members, 0) };
  }

  /**
   * Whether a place of the unit has ever seen a classification under the standard, made there or moved in
   * (rule 4). One that came and went on one day was none; one followed by a move on its day was made where
   * the household lived that morning. Groups make no difference.
   */
  private isKnown({ unit, standard }: Asked, on: PlainDate): boolean {
    const isOfUnit = (place: string | undefined): boolean =>
      place !== undefined && this.unitsOn(place, on).includes(unit);
    return this.lives
      .flatMap(({ days }) => days.filter((day) => day.on <= on))
      .some(
        ({ after, changes }) =>
          (after?.status[standard] !== undefined && isOfUnit(after.place)) ||
          changes.some((change) => change.standard === standard && isOfUnit(change.place)),
      );
  }

  private stateOf({ days }: Life, on: PlainDate): State | undefined {
    if (on > this.lastDay)
      throw new RangeError(`${on} is later than the last day walked to, ${this.lastDay}`);
    return days.findLast((day) => day.on <= on)?.after;
  }

  /** The child of a unit in which a place lies; none where the unit is the commune itself. */
  private childOf(unit: string, state: State | undefined, on: PlainDate): string | undefined {
    const units = state === undefined ? [] : this.unitsOn(state.place, on);
    return units[units.indexOf(unit) - 1];
  }
}

const changeOf = ({ changes }: Day, { standard }: Asked): Change | undefined =>
  changes.find((change) => change.standard === standard);

const isPoorAgain = (change: Change): boolean => {
  const column = change.to === 'poor' ? entering(change) : undefined;
  return column === 'rePoor' || column === 'becamePoorFromNearPoor';
};
