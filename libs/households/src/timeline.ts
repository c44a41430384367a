import type { PlainDate, Status } from '@ledger/kernel';
import { inOrderOfDay } from './day-order';
import type { BareFact, BareRegistration, BareStatusFact } from './bare-fact';
import type { HouseholdFact } from './household.facts';
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

export interface Timeline<Fact extends BareFact = HouseholdFact> {
  readonly registered: Extract<Fact, BareRegistration> | undefined;
  /** The first day on which it is gone. */
  readonly dissolvedOn: PlainDate | undefined;
  /** In order of time, at most one for each day. */
  readonly changes: readonly DayChange[];
  /** The facts within the household's life, in the order in which they take effect. */
  readonly living: readonly Fact[];
  /** Facts outside the household's life: they count nothing. */
  readonly outside: readonly Fact[];
}

/**
 * Folds a household's facts, in order of arrival, into what it was at the end of every day. Pure, total and
 * never refusing: every accepted fact is an assertion from its `effectiveOn` on, whatever came before it,
 * and one outside the household's life counts nothing. Only the state at the end of a day counts, so a
 * household that comes and goes on one day leaves no change.
 */
export function timelineOf<Fact extends BareFact>(facts: readonly Fact[]): Timeline<Fact> {
  const registered = facts.find(isRegistration);
  const dissolvedOn = registered && firstDissolution(facts, registered.effectiveOn);
  const inLife = (fact: Fact): boolean =>
    registered !== undefined &&
    (fact.type !== 'HouseholdRegistered' || fact === registered) &&
    fact.effectiveOn >= registered.effectiveOn &&
    (dissolvedOn === undefined || fact.effectiveOn <= dissolvedOn);

  const living = facts.filter(inLife).sort(inOrderOfDay);
  const changes: DayChange[] = [];
  const passageReader = new PassageReader();
  let before: Situation | null = null;
  for (let at = 0; at < living.length;) {
    const on = (living[at] as Fact).effectiveOn;
    let after: Situation | null = before;
    const asserted = new Map<string, BareStatusFact>();
    for (; at < living.length && living[at]?.effectiveOn === on; at++) {
      const fact = living[at] as Fact;
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
export function situationOn(timeline: Pick<Timeline, 'changes'>, day: PlainDate): Situation | null {
  let situation: Situation | null = null;
  for (const change of timeline.changes) {
    if (change.on > day) break;
    situation = change.after;
  }
  return situation;
}

const isRegistration = <Fact extends BareFact>(fact: Fact): fact is Extract<Fact, BareRegistration> =>
  fact.type === 'HouseholdRegistered';

export const isStatusFact = <Fact extends BareFact>(fact: Fact): fact is Extract<Fact, BareStatusFact> =>
  fact.type === 'ReviewRecorded' ||
  fact.type === 'EscapeRecognised' ||
  fact.type === 'ReimpoverishmentFlagged';

/** The status that a decision asserts from its day on. */
export function assertedStatus(fact: BareStatusFact): Status {
  switch (fact.type) {
    case 'ReviewRecorded':
      return fact.outcome;
    case 'EscapeRecognised':
      return fact.to;
    case 'ReimpoverishmentFlagged':
      return 'poor';
  }
}

function applied(now: Situation | null, fact: BareFact): Situation | null {
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

function firstDissolution(facts: readonly BareFact[], from: PlainDate): PlainDate | undefined {
  return facts
    .filter((fact) => fact.type === 'HouseholdDissolved' && fact.effectiveOn >= from)
    .map((fact) => fact.effectiveOn)
    .sort()[0];
}
