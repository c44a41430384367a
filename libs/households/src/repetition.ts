import { canonicalJson, ruleBroken } from '@ledger/kernel';
import type { HouseholdFact, StatusFact } from './household.facts';
import { isStatusFact } from './timeline';

/**
 * The place of the fact that already says what `fact` would say, if there is one.
 * @throws Problem when a decision with the same number says something else for the same standard and day:
 * a correction is another order
 */
export function repetitionOf(fact: HouseholdFact, facts: readonly HouseholdFact[]): number | undefined {
  if (isStatusFact(fact)) return repeatedDecision(fact, facts);
  const index = facts.findLastIndex((earlier) => sameMatter(earlier, fact));
  const earlier = facts[index];
  return earlier && canonicalJson(earlier) === canonicalJson(fact) ? index : undefined;
}

function repeatedDecision(fact: StatusFact, facts: readonly HouseholdFact[]): number | undefined {
  const index = facts.findIndex((earlier) => earlier.type === fact.type && samePaper(earlier, fact));
  const earlier = facts[index];
  if (!earlier) return undefined;
  if (canonicalJson(earlier) === canonicalJson(fact)) return index;
  throw ruleBroken({
    code: ALREADY_RECORDED[fact.type],
    field: 'decision.number',
    got: fact.decision.number,
    facts: { number: fact.decision.number, on: fact.effectiveOn, standard: fact.standard },
  });
}

const ALREADY_RECORDED = {
  ReviewRecorded: 'review.already-recorded',
  EscapeRecognised: 'escape.already-recorded',
  ReimpoverishmentFlagged: 're-poverty.already-recorded',
} as const;

const samePaper = (a: StatusFact, b: StatusFact): boolean =>
  a.standard === b.standard && a.effectiveOn === b.effectiveOn && a.decision.number === b.decision.number;

/** The last word on one matter of one day: an equal word before it was overruled by another since. */
const sameMatter = (a: HouseholdFact, b: HouseholdFact): boolean =>
  a.type === b.type &&
  (a.type === 'HouseholdRegistered' || a.type === 'HouseholdDissolved' || a.effectiveOn === b.effectiveOn);
