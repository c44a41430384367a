/**
 * What every household was at the end of every day, read plainly from its facts, and how its status changed
 * from one day to the next. Written from the rules alone, on a grid of days: it shares nothing with the
 * timelines and movements that it checks but the types of the facts.
 */
import type { PlainDate, Status } from '@ledger/kernel';
import { dayAfter, dayBefore } from '@ledger/kernel';
import type { HouseholdFact, StatusFact } from '@ledger/households';

/** A fact and the day from which it is known. All households together, in the order of arrival. */
export interface Known {
  readonly fact: HouseholdFact;
  readonly household: string;
  readonly recordedOn: PlainDate;
  readonly arrival: number;
}

/** The units to which a place belongs on a day, the smallest first; none while the commune is not alive. */
export type UnitsOn = (place: string, day: PlainDate) => readonly string[];

export interface StandardDates {
  readonly id: string;
  readonly openingFrom: PlainDate;
  readonly appliesFrom: PlainDate;
  readonly openingTo: PlainDate;
}

/** From the table of standards, copied on purpose; in the order of `appliesFrom`. */
export const STANDARDS = [
  { id: 'VN-2011', openingFrom: '2010-09-01', appliesFrom: '2011-01-01', openingTo: '2011-02-28' },
  { id: 'VN-2016', openingFrom: '2015-09-01', appliesFrom: '2016-01-01', openingTo: '2016-02-29' },
  { id: 'VN-2022', openingFrom: '2021-09-01', appliesFrom: '2022-01-01', openingTo: '2022-02-28' },
  { id: 'VN-2027', openingFrom: '2026-09-01', appliesFrom: '2027-01-01', openingTo: '2027-02-28' },
] as unknown as readonly StandardDates[];

export interface State {
  readonly place: string;
  readonly members: number;
  readonly groups: readonly string[];
  /** By standard; absent while it was never classified under it. */
  readonly status: Readonly<Record<string, Status | undefined>>;
}

/** A status that is another one than at the end of the day before. */
export interface Change {
  readonly standard: string;
  readonly from: Status | undefined;
  readonly to: Status;
  /** Where it happens (rule 5): the old place; the closing one where there was no household yesterday. */
  readonly place: string;
  /** Rule 12: a standard opens without moving anyone. */
  readonly opened: boolean;
  /** Someone who leaves the poor list by a decision comes back to it as re-poor (rule 12). */
  readonly escapedPovertyBefore: boolean;
  readonly escapedNearPovertyBefore: boolean;
}

/** A day on which something happened to a household, or to the units of the place where it lives. */
export interface Day {
  readonly on: PlainDate;
  /** At the end of the day before. */
  readonly before: State | undefined;
  /** At the end of the day. */
  readonly after: State | undefined;
  readonly changes: readonly Change[];
}

export const isStatusFact = (fact: HouseholdFact): fact is StatusFact =>
  fact.type === 'ReviewRecorded' ||
  fact.type === 'EscapeRecognised' ||
  fact.type === 'ReimpoverishmentFlagged';

/** Rule 5: within a day status (the older standard first), then members and groups, then the move. */
function rankInDay(fact: HouseholdFact): number {
  if (isStatusFact(fact)) return STANDARDS.findIndex(({ id }) => id === fact.standard);
  return fact.type === 'HouseholdMoved' ? 101 : 100;
}

const inOrder = (a: Known, b: Known): number =>
  a.fact.effectiveOn < b.fact.effectiveOn
    ? -1
    : a.fact.effectiveOn > b.fact.effectiveOn
      ? 1
      : rankInDay(a.fact) - rankInDay(b.fact) || a.arrival - b.arrival;

function apply(state: State, fact: HouseholdFact): State {
  const become = (standard: string, status: Status) => ({ ...state.status, [standard]: status });
  switch (fact.type) {
    case 'ReviewRecorded':
      return {
        place: state.place,
        members: fact.members ?? state.members,
        groups: fact.groups ?? state.groups,
        status: become(fact.standard, fact.outcome),
      };
    case 'EscapeRecognised':
      return { ...state, status: become(fact.standard, fact.to) };
    case 'ReimpoverishmentFlagged':
      return { ...state, status: become(fact.standard, 'poor') };
    case 'HouseholdDetailsChanged':
      return { ...state, members: fact.members ?? state.members, groups: fact.groups ?? state.groups };
    case 'HouseholdMoved':
      return { ...state, place: fact.to, members: fact.members ?? state.members };
    case 'HouseholdRegistered':
    case 'HouseholdDissolved':
      return state; // the borders of the life, see endOfDay
  }
}

/**
 * The household at the end of a day; `undefined` before its registration, and from its dissolution on.
 * Facts outside its life count nothing (rule 6). The first registration to arrive is the one that counts.
 */
export function endOfDay(facts: readonly Known[], day: PlainDate): State | undefined {
  const registered = facts.map(({ fact }) => fact).find((fact) => fact.type === 'HouseholdRegistered');
  if (registered === undefined || day < registered.effectiveOn) return undefined;
  const lived = facts.filter(
    ({ fact }) => registered.effectiveOn <= fact.effectiveOn && fact.effectiveOn <= day,
  );
  if (lived.some(({ fact }) => fact.type === 'HouseholdDissolved')) return undefined;
  const start: State = {
    place: registered.place,
    members: registered.members,
    groups: registered.groups,
    status: {},
  };
  return lived.toSorted(inOrder).reduce((state, { fact }) => apply(state, fact), start);
}

/**
 * Rule 12. Until the day before `appliesFrom` every change is the opening of the books; from then to
 * `openingTo` the first classification of a household is, if a periodic review or a general survey had the
 * last word on its status that day.
 */
function isOpening(
  standard: StandardDates,
  on: PlainDate,
  from: Status | undefined,
  facts: readonly Known[],
) {
  if (on < standard.appliesFrom) return true;
  if (from !== undefined || on > standard.openingTo) return false;
  const last = facts
    .map(({ fact }) => fact)
    .filter(isStatusFact)
    .findLast((fact) => fact.effectiveOn === on && fact.standard === standard.id);
  return (
    last?.type === 'ReviewRecorded' && (last.channel === 'periodic' || last.channel === 'general-survey')
  );
}

/**
 * Walks through the days of a household (its facts in the order of arrival), up to `lastDay`, and keeps
 * those on which something happened.
 */
export function daysOf(facts: readonly Known[], unitsOn: UnitsOn, lastDay: PlainDate): readonly Day[] {
  const factDays = new Set(facts.map(({ fact }) => fact.effectiveOn));
  const first = [...factDays].reduce((a, b) => (a < b ? a : b));
  const days: Day[] = [];
  let escapedPovertyBefore = false;
  let escapedNearPovertyBefore = false;
  let before: State | undefined;
  for (let on = first; on <= lastDay; on = dayAfter(on)) {
    const after = factDays.has(on) ? endOfDay(facts, on) : before;
    const changes: Change[] = [];
    for (const standard of STANDARDS) {
      const from = before?.status[standard.id];
      const to = after?.status[standard.id];
      if (after === undefined || to === undefined || to === from) continue;
      const place = before?.place ?? after.place;
      const opened = isOpening(standard, on, from, facts);
      changes.push({
        ...{ standard: standard.id, from, to, place, opened },
        ...{ escapedPovertyBefore, escapedNearPovertyBefore },
      });
    }
    const otherTree = before !== undefined && unitsChange(before.place, on, unitsOn);
    if (after !== before || otherTree) days.push({ on, before, after, changes });
    // Only from tomorrow on is an escape of today an earlier one.
    for (const change of changes.filter(({ opened }) => !opened)) {
      if (change.from === 'poor') escapedPovertyBefore = true;
      if (change.from === 'near-poor' && change.to === 'above') escapedNearPovertyBefore = true;
    }
    before = after;
  }
  return days;
}

const unitsChange = (place: string, on: PlainDate, unitsOn: UnitsOn): boolean =>
  unitsOn(place, dayBefore(on)).join() !== unitsOn(place, on).join();
