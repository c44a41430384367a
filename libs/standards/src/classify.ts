import type { Notice, Status } from '@ledger/kernel';
import { STATUSES } from '@ledger/kernel';
import type { Evidence } from './possible';
import { decidingMeasure, possibleStatuses } from './possible';
import { numberInWords, ruleInWords, statusesInWords } from './rule-words';
import type { ListRules, Measure, Rule, Standard } from './standard';
import type { StandardsCode } from './texts';

type StandardsNotice = Notice<StandardsCode>;
type List = Exclude<Status, 'above'>;
const LISTS: readonly List[] = ['poor', 'near-poor'];

/**
 * How an outcome stands to the evidence for it: `consistent` when the evidence leaves this status alone,
 * `unchecked` when it leaves several or when nothing verified speaks against the outcome, `contradicted`
 * when a verified rule does. A status is what the decision says; this only tells whether the rules agree.
 */
export type Assessment =
  | { readonly check: 'consistent' | 'unchecked'; readonly notices: readonly StandardsNotice[] }
  | {
      readonly check: 'contradicted';
      /** The rule with its numbers, in English and in Vietnamese. */
      readonly rule: string;
      readonly ruleVi: string;
      /** What the evidence leaves open, the poorest first. */
      readonly possible: readonly Status[];
      readonly notices: readonly StandardsNotice[];
    };

export function assess(standard: Standard, evidence: Evidence, outcome: Status): Assessment {
  const rules = standard.areas[evidence.areaType];
  const measure = decidingMeasure(rules, evidence);
  const possible = possibleStatuses(standard, evidence, measure);
  const differences = scoreAndIncomeDiffer(standard, evidence, measure);

  if (possible.includes(outcome)) {
    if (possible.length === 1) return { check: 'consistent', notices: differences };
    return { check: 'unchecked', notices: [...differences, severalOpen(standard, possible)] };
  }
  const against = listAgainst(rules[measure], outcome, possible);
  const words = {
    rule: ruleInWords(standard, evidence.areaType, measure, against.list, 'en'),
    ruleVi: ruleInWords(standard, evidence.areaType, measure, against.list, 'vi'),
  };
  if (against.verified) return { check: 'contradicted', ...words, possible, notices: differences };
  const code = 'classification.contradicts-unverified-rule';
  return { check: 'unchecked', notices: [...differences, { code, facts: { ...words } }] };
}

/** Numbers that name no indicator of the standard, in the order given. */
export function unknownIndicators(standard: Standard, deprivations: readonly number[]): number[] {
  return deprivations.filter((number) => !standard.indicators.some((known) => known.number === number));
}

/**
 * The list whose rule speaks against an outcome that the evidence excludes. It refutes the outcome only if
 * a verified rule stands between the outcome and every status left open; otherwise the line that we have
 * wrong may be the very one that parts them.
 */
function listAgainst(
  rules: ListRules,
  outcome: Status,
  possible: readonly Status[],
): { readonly list: List; readonly verified: boolean } {
  const isVerified = (list: List) => ruleOf(rules, list).certainty === 'verified';
  const nearestFirst = possible
    .map((status) => listsBetween(outcome, status))
    .sort((one, other) => one.length - other.length);
  const doubtful = nearestFirst.find((lists) => !lists.some(isVerified));
  if (doubtful !== undefined) return { list: doubtful[0] ?? 'poor', verified: false };
  return { list: nearestFirst[0]?.find(isVerified) ?? 'poor', verified: true };
}

/** The lists whose rules draw the boundaries between two statuses: each bounds its list from above. */
function listsBetween(one: Status, other: Status): readonly List[] {
  const places = [STATUSES.indexOf(one), STATUSES.indexOf(other)];
  return LISTS.slice(Math.min(...places), Math.max(...places));
}

const ruleOf = (rules: ListRules, list: List): Rule => (list === 'poor' ? rules.poor : rules.nearPoor);

/** The score rules; that the income leads elsewhere is worth telling, since score sheets are contested. */
function scoreAndIncomeDiffer(standard: Standard, evidence: Evidence, measure: Measure): StandardsNotice[] {
  const { incomeScore: score, incomePerCapita: income } = evidence;
  if (measure !== 'score' || score === undefined || income === undefined) return [];
  const byScore = possibleStatuses(standard, evidence, 'score');
  const byIncome = possibleStatuses(standard, evidence, 'income');
  if (byScore.join() === byIncome.join()) return [];
  const facts = {
    standard: standard.id,
    score,
    income: numberInWords(income, 'en'),
    incomeVi: numberInWords(income, 'vi'),
    byScore: statusesInWords(byScore, 'en'),
    byScoreVi: statusesInWords(byScore, 'vi'),
    byIncome: statusesInWords(byIncome, 'en'),
    byIncomeVi: statusesInWords(byIncome, 'vi'),
  };
  return [{ code: 'classification.score-and-income-differ', facts }];
}

function severalOpen(standard: Standard, possible: readonly Status[]): StandardsNotice {
  const facts = {
    standard: standard.id,
    possible: statusesInWords(possible, 'en'),
    possibleVi: statusesInWords(possible, 'vi'),
  };
  return { code: 'classification.unchecked', facts };
}
