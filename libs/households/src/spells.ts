import type { PlainDate, Status, UnitId } from '@ledger/kernel';
import { dayBefore } from '@ledger/kernel';
import type { BareFact } from './bare-fact';
import type { HouseholdFact } from './household.facts';
import type { PassageKind } from './passage';
import type { Timeline } from './timeline';
import { assertedStatus, isStatusFact } from './timeline';

/** A stretch of days in one status under one standard in one place. */
export interface Spell<Fact extends BareFact = HouseholdFact> {
  readonly standard: string;
  readonly status: Status;
  readonly from: PlainDate;
  /** The last day; `null` while it lasts. */
  readonly to: PlainDate | null;
  readonly place: UnitId;
  readonly enteredBy: PassageKind | 'otherIncrease';
  readonly leftBy: PassageKind | null;
  /** The decisions that assert it, and the move that brought it here. */
  readonly facts: readonly Fact[];
}

/** The spells of a timeline, by standard and then in order of time. They never overlap within a standard. */
export function spellsOf<Fact extends BareFact>(timeline: Timeline<Fact>): readonly Spell<Fact>[] {
  const standards = new Set(timeline.changes.flatMap(({ after }) => Object.keys(after?.statuses ?? {})));
  return [...standards].sort().flatMap((standard) => spellsUnder(standard, timeline));
}

function spellsUnder<Fact extends BareFact>(standard: string, timeline: Timeline<Fact>): Spell<Fact>[] {
  const spells: Spell<Fact>[] = [];
  let open: OpenSpell | undefined;
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

type OpenSpell = Omit<Spell, 'to' | 'leftBy' | 'facts'>;

function finished<Fact extends BareFact>(
  open: OpenSpell,
  to: PlainDate | null,
  leftBy: PassageKind | null,
  timeline: Timeline<Fact>,
): Spell<Fact> {
  const within = (fact: Fact): boolean =>
    fact.effectiveOn >= open.from && (to === null || fact.effectiveOn <= to);
  const supports = (fact: Fact): boolean =>
    isStatusFact(fact)
      ? fact.standard === open.standard && assertedStatus(fact) === open.status
      : fact.type === 'HouseholdMoved' && fact.effectiveOn === open.from && fact.to === open.place;
  return { ...open, to, leftBy, facts: timeline.living.filter((fact) => within(fact) && supports(fact)) };
}
