import { canonicalJson } from '@ledger/kernel';
import type { PlainDate, Status, UnitId } from '@ledger/kernel';
import type { HouseholdFact } from './household.facts';
import type { PassageKind } from './passage';
import type { DayChange } from './timeline';
import { timelineOf } from './timeline';

/** A change of status or place under one standard, as an answer tells it. */
export interface Transition {
  readonly standard: string;
  readonly from: Status | null;
  readonly to: Status | null;
  readonly kind: PassageKind | 'otherIncrease';
  readonly effectiveOn: PlainDate;
  /** Where it happened. */
  readonly unit: UnitId;
  readonly afterEscape?: true;
}

/**
 * The transitions that facts have brought: those of the timeline with them that the timeline without them
 * does not have. A late fact may bring one on its own day and change the kind of a later one.
 */
export function transitionsBrought(
  before: readonly HouseholdFact[],
  after: readonly HouseholdFact[],
): readonly Transition[] {
  const had = new Set(transitionsOf(before).map(canonicalJson));
  return transitionsOf(after).filter((transition) => !had.has(canonicalJson(transition)));
}

export function transitionsOf(facts: readonly HouseholdFact[]): readonly Transition[] {
  return timelineOf(facts).changes.flatMap((change) => [...passagesOf(change), ...movesOf(change)]);
}

function passagesOf({ on, before, after, passages }: DayChange): Transition[] {
  const unit = before?.place ?? after?.place;
  if (unit === undefined) return [];
  return passages.map((passage) => ({ ...passage, effectiveOn: on, unit }));
}

/** A move takes a household off one list and puts it on another: neither escaped nor newly poor. */
function movesOf({ on, before, after }: DayChange): Transition[] {
  if (!before || !after || before.place === after.place) return [];
  return Object.entries(after.statuses).flatMap(([standard, status]): Transition[] => [
    { standard, from: status, to: null, kind: 'otherDecrease', effectiveOn: on, unit: before.place },
    { standard, from: null, to: status, kind: 'otherIncrease', effectiveOn: on, unit: after.place },
  ]);
}
