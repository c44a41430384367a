import type { PlainDate, Status, UnitId } from '@ledger/kernel';
import { dayBefore } from '@ledger/kernel';
import type { HouseholdFact } from './household.facts';
import type { PassageKind } from './passage';
import type { Timeline } from './timeline';
import { assertedStatus, isStatusFact } from './timeline';

/** A stretch of days in one status under one standard in one place. */
export interface Spell {
  readonly standard: string;
  readonly status: Status;
  readonly from: PlainDate;
  /** The last day; `null` while it lasts. */
  readonly to: PlainDate | null;
  readonly place: UnitId;
  readonly enteredBy: PassageKind | 'otherIncrease';
  readonly leftBy: PassageKind | null;
  /** The decisions that assert it, and the move that brought it here. */
  readonly facts: readonly HouseholdFact[];
}

/** The spells of a timeline, by standard and then in order of time. They never overlap within a standard. */
export function spellsOf(timeline: Timeline): readonly Spell[] {
  const standards = new Set(timeline.changes.flatMap(({ after }) => Object.keys(after?.statuses ?? {})));
  return [...standards].sort().flatMap((standard) => spellsUnder(standard, timeline));
}

function spellsUnder(standard: string, timeline: Timeline): Spell[] {
  const spells: Spell[] = [];
  let open: Omit<Spell, 'to' | 'leftBy' | 'facts'> | undefined;
  const close = (on: PlainDate, leftBy: PassageKind): void => {
    if (open) spells.push(finished(open, dayBefore(on), leftBy, timeline));
    open = undefined;
  };
  for (const { on, after, passages } of timeline.changes) {
    const passage = passages.find((candidate) => candidate.standard === standard);
    const status = after?.statuses[standard];
    const moved = open !== undefined && after !== null && after.place !== open.place;
    if (!passage && !moved) continue;
    close(on, passage?.kind ?? 'otherDecrease');
    if (!after || !status) continue;
    open = { standard, status, from: on, place: after.place, enteredBy: passage?.kind ?? 'otherIncrease' };
  }
  if (open) spells.push(finished(open, null, null, timeline));
  return spells;
}

function finished(
  open: Omit<Spell, 'to' | 'leftBy' | 'facts'>,
  to: PlainDate | null,
  leftBy: PassageKind | null,
  timeline: Timeline,
): Spell {
  const within = (fact: HouseholdFact): boolean =>
    fact.effectiveOn >= open.from && (to === null || fact.effectiveOn <= to);
  const supports = (fact: HouseholdFact): boolean =>
    isStatusFact(fact)
      ? fact.standard === open.standard && assertedStatus(fact) === open.status
      : fact.type === 'HouseholdMoved' && fact.effectiveOn === open.from && fact.to === open.place;
  return { ...open, to, leftBy, facts: timeline.living.filter((fact) => within(fact) && supports(fact)) };
}
