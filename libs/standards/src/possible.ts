import type { AreaType, Status } from '@ledger/kernel';
import { STATUSES } from '@ledger/kernel';
import type { AreaRules, Band, Limits, ListRules, Measure, Rule, Standard } from './standard';

/** What a review found of a household; absent means not recorded, not zero. */
export interface Evidence {
  readonly areaType: AreaType;
  /** Points for income ("A" or "B1" of the form). */
  readonly incomeScore?: number;
  /** VND per person and month. */
  readonly incomePerCapita?: number;
  /** Numbers of the deprived indicators; a repeated number and one that the standard lacks do not count. */
  readonly deprivations?: readonly number[];
}

/** A household as the rules see it: one value of the measure, and how many indicators it is deprived of. */
type Point = Readonly<Record<'amount' | 'deprivations', number>>;

/** What decides: the score where it is given and the standard has a rule for it, else the income. */
export function decidingMeasure(rules: AreaRules, evidence: Evidence): Measure {
  return evidence.incomeScore !== undefined && isStated(rules.score) ? 'score' : 'income';
}

/**
 * The statuses that the evidence leaves open, the poorest first, never empty. What was not recorded may be
 * anything, and so may be what an unknown rule says.
 */
export function possibleStatuses(
  standard: Standard,
  evidence: Evidence,
  measure: Measure = decidingMeasure(standard.areas[evidence.areaType], evidence),
): readonly Status[] {
  const rules = standard.areas[evidence.areaType][measure];
  const amount = measure === 'score' ? evidence.incomeScore : evidence.incomePerCapita;
  const amounts = amount === undefined ? amountsAround(rules, measure) : [amount];
  const open = new Set<Status>();
  for (const amount of amounts) {
    for (const deprivations of deprivationCounts(standard, evidence)) {
      for (const status of statusesAt(rules, measure, { amount, deprivations })) open.add(status);
    }
  }
  return STATUSES.filter((status) => open.has(status));
}

function statusesAt(rules: ListRules, measure: Measure, point: Point): readonly Status[] {
  if (covers(rules.poor, measure, point)) return ['poor'];
  if (covers(rules.nearPoor, measure, point)) return ['near-poor'];
  const open: Status[] = ['above'];
  if (rules.nearPoor.certainty === 'unknown') open.push('near-poor');
  if (rules.poor.certainty === 'unknown') open.push('poor');
  return open;
}

const covers = (rule: Rule, measure: Measure, point: Point): boolean =>
  bandsOf(rule).some(
    (band) => within(band[measure], point.amount) && within(band.deprivations, point.deprivations),
  );

function within(limits: Limits = {}, value: number): boolean {
  const { over = -Infinity, atLeast = -Infinity, atMost = Infinity, below = Infinity } = limits;
  return value > over && value >= atLeast && value <= atMost && value < below;
}

function deprivationCounts(standard: Standard, evidence: Evidence): readonly number[] {
  const numbers = standard.indicators.map((indicator) => indicator.number);
  const found = evidence.deprivations;
  if (found === undefined) return [0, ...numbers.map((_number, index) => index + 1)];
  return [numbers.filter((number) => found.includes(number)).length];
}

/** Amounts that meet every case of the rules: nothing, and each bound with its neighbours. */
function amountsAround(rules: ListRules, measure: Measure): readonly number[] {
  const bands = [...bandsOf(rules.poor), ...bandsOf(rules.nearPoor)];
  const bounds = bands.flatMap((band) => Object.values<number>({ ...band[measure] }));
  return [0, ...bounds.flatMap((bound) => [bound - 1, bound, bound + 1])];
}

const bandsOf = (rule: Rule): readonly Band[] => rule.bands ?? [];
const isStated = (rules: ListRules): boolean =>
  [rules.poor, rules.nearPoor].some((rule) => bandsOf(rule).length > 0);
