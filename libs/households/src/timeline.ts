import type { PlainDate, Status } from '@ledger/kernel';
import { inOrderOfDay } from './day-order';
import type { HouseholdFact, HouseholdRegistered, StatusFact } from './household.facts';
import type { Passage } from './passage';
import { PassageReader } from './passage';
import type { Situation } from './situation';

/** A day whose end differs from the day before. `null`: not registered yet, or dissolved. */
export interface DayChange {
  readonly on: PlainDate;
  readonly before: Situation | null;
  readonly after: Situation | null;
  /** Changes of status, one for each standard concerned. Moves and members show in the situations. */
  readonly passages: readonly Passage[];
}

export interface Timeline {
  readonly registered: HouseholdRegistered | undefined;
  /** The first day on which it is gone. */
  readonly dissolvedOn: PlainDate | undefined;
  /** In order of time, at most one for each day. */
  readonly changes: readonly DayChange[];
  /** The facts within the household's life, in the order in which they take effect. */
  readonly living: readonly HouseholdFact[];
  /** Facts outside the household's life: they count nothing. */
  readonly outside: readonly HouseholdFact[];
}

/**
 * Folds a household's facts, in order of arrival, into what it was at the end of every day. Pure, total and
 * never refusing: every accepted fact is an assertion from its `effectiveOn` on, whatever came before it,
 * and one outside the household's life counts nothing. Only the state at the end of a day counts, so a
 * household that comes and goes on one day leaves no change.
 */
export function timelineOf(facts: readonly HouseholdFact[]): Timeline {
  const registered = facts.find((fact) => fact.type === 'HouseholdRegistered');
  const dissolvedOn = registered && firstDissolution(facts, registered.effectiveOn);
  const inLife = (fact: HouseholdFact): boolean =>
    registered !== undefined &&
    (fact.type !== 'HouseholdRegistered' || fact === registered) &&
    fact.effectiveOn >= registered.effectiveOn &&
    (dissolvedOn === undefined || fact.effectiveOn <= dissolvedOn);

  const living = facts.filter(inLife).sort(inOrderOfDay);
  const changes: DayChange[] = [];
  const passageReader = new PassageReader();
  let before: Situation | null = null;
  for (let at = 0; at < living.length;) {
    const on = (living[at] as HouseholdFact).effectiveOn;
    let after: Situation | null = before;
    const asserted = new Map<string, StatusFact>();
    for (; at < living.length && living[at]?.effectiveOn === on; at++) {
      const fact = living[at] as HouseholdFact;
      after = applied(after, fact);
      if (isStatusFact(fact)) asserted.set(fact.standard, fact);
    }
    const passages = passageReader.read(on, before, after, asserted);
    if (after !== before) changes.push({ on, before, after, passages });
    before = after;
  }
  return {
    registered,
    dissolvedOn,
    changes,
    living,
    outside: facts.filter((fact) => !inLife(fact)),
  };
}

/** What the household was at the end of a day; `null` before its registration and from its dissolution on. */
export function situationOn(timeline: Timeline, day: PlainDate): Situation | null {
  let situation: Situation | null = null;
  for (const change of timeline.changes) {
    if (change.on > day) break;
    situation = change.after;
  }
  return situation;
}

export const isStatusFact = (fact: HouseholdFact): fact is StatusFact =>
  fact.type === 'ReviewRecorded' ||
  fact.type === 'EscapeRecognised' ||
  fact.type === 'ReimpoverishmentFlagged';

/** The status that a decision asserts from its day on. */
export function assertedStatus(fact: StatusFact): Status {
  switch (fact.type) {
    case 'ReviewRecorded':
      return fact.outcome;
    case 'EscapeRecognised':
      return fact.to;
    case 'ReimpoverishmentFlagged':
      return 'poor';
  }
}

function applied(now: Situation | null, fact: HouseholdFact): Situation | null {
  if (fact.type === 'HouseholdRegistered') {
    const { place, village, members, groups } = fact;
    return { place, ...(village !== undefined && { village }), members, groups, statuses: {} };
  }
  if (now === null) return null;
  switch (fact.type) {
    case 'ReviewRecorded':
      return {
        ...now,
        members: fact.members ?? now.members,
        groups: fact.groups ?? now.groups,
        statuses: { ...now.statuses, [fact.standard]: fact.outcome },
      };
    case 'EscapeRecognised':
    case 'ReimpoverishmentFlagged':
      return { ...now, statuses: { ...now.statuses, [fact.standard]: assertedStatus(fact) } };
    case 'HouseholdDetailsChanged':
      return {
        ...now,
        members: fact.members ?? now.members,
        groups: fact.groups ?? now.groups,
        ...(fact.village !== undefined && { village: fact.village }),
      };
    case 'HouseholdMoved': {
      // A village belongs to its commune: one of the old commune says nothing in the new one.
      const { village: _old, ...rest } = now;
      const village = fact.village ?? (fact.to === now.place ? now.village : undefined);
      return {
        ...rest,
        place: fact.to,
        members: fact.members ?? now.members,
        ...(village !== undefined && { village }),
      };
    }
    case 'HouseholdDissolved':
      return null;
  }
}

function firstDissolution(facts: readonly HouseholdFact[], from: PlainDate): PlainDate | undefined {
  return facts
    .filter((fact) => fact.type === 'HouseholdDissolved' && fact.effectiveOn >= from)
    .map((fact) => fact.effectiveOn)
    .sort()[0];
}
