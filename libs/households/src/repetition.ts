import { canonicalJson, ruleBroken } from '@ledger/kernel';
import type { HouseholdFact, ReviewRecorded, StatusFact } from './household.facts';
import type { Said } from './said';
import { isStatusFact } from './timeline';

type SaidDecision = Exclude<StatusFact, ReviewRecorded> | Omit<ReviewRecorded, 'check'>;

/**
 * The place of the fact that already says what `fact` would say, if there is one.
 * @throws Problem when a decision with the same number says something else for the same standard and day:
 * a correction is another order
 */
export function repetitionOf(fact: Said, facts: readonly HouseholdFact[]): number | undefined {
  if ('decision' in fact && 'standard' in fact) return repeatedDecision(fact, facts);
  const index = facts.findLastIndex((earlier) => sameMatter(earlier, fact));
  const earlier = facts[index];
  return earlier && saysTheSame(earlier, fact) ? index : undefined;
}

function repeatedDecision(fact: SaidDecision, facts: readonly HouseholdFact[]): number | undefined {
  const index = facts.findIndex((earlier) => isStatusFact(earlier) && samePaper(earlier, fact));
  const earlier = facts[index];
  if (!earlier) return undefined;
  if (saysTheSame(earlier, fact)) return index;
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

function saysTheSame(earlier: HouseholdFact, fact: Said): boolean {
  if (earlier.type !== 'ReviewRecorded') return canonicalJson(earlier) === canonicalJson(fact);
  const { check: _judgement, ...said } = earlier;
  return canonicalJson(said) === canonicalJson(fact);
}

const samePaper = (a: StatusFact, b: SaidDecision): boolean =>
  a.type === b.type &&
  a.standard === b.standard &&
  a.effectiveOn === b.effectiveOn &&
  a.decision.number === b.decision.number;

/** The last word on one matter of one day: an equal word before it was overruled by another since. */
function sameMatter(a: HouseholdFact, b: Said): boolean {
  if (a.type !== b.type) return false;
  if (a.type === 'HouseholdRegistered' || a.type === 'HouseholdDissolved') return true;
  if (a.effectiveOn !== b.effectiveOn) return false;
  // Members said in one fact and a village in another are two matters of one day.
  return a.type !== 'HouseholdDetailsChanged' || DETAILS.some((detail) => detail in a && detail in b);
}

const DETAILS = ['members', 'groups', 'village'] as const;
