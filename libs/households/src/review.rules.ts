import type { AreaType, Notice } from '@ledger/kernel';
import { ruleBroken } from '@ledger/kernel';
import { assess, requireStandard, statusesInWords, unknownIndicators } from '@ledger/standards';
import type { Check } from './household.facts';
import type { AreaTypeOf, RecordReview } from './household.orders';
import type { Timeline } from './timeline';
import { situationOn } from './timeline';

/**
 * How a review stands to its own scores. A classification that contradicts them under the standard it names
 * is refused with the rule that it breaks, unless the decision says that it departs from them.
 */
export function assessReview(
  order: RecordReview,
  timeline: Timeline,
  areaTypeOf: AreaTypeOf,
): { readonly check: Check; readonly notices: readonly Notice[] } {
  const [check, notices] = checked(order);
  return { check, notices: [...notices, ...areaNotice(order, timeline, areaTypeOf)] };
}

function checked(order: RecordReview): [Check, readonly Notice[]] {
  const standard = requireStandard(order.standard);
  const [unknown] = unknownIndicators(standard, order.deprivations ?? []);
  if (unknown !== undefined) {
    throw ruleBroken({
      code: 'review.unknown-indicator',
      field: 'deprivations',
      got: unknown,
      facts: { standard: standard.id, count: standard.indicators.length },
    });
  }
  const assessment = assess(standard, order, order.outcome);
  if (assessment.check !== 'contradicted') {
    const needless: Notice[] = order.override ? [{ code: 'review.override-not-needed' }] : [];
    return [assessment.check, [...assessment.notices, ...needless]];
  }
  if (order.override) {
    const { reason } = order.override;
    const facts = { rule: assessment.rule, ruleVi: assessment.ruleVi, reason };
    return ['overridden', [...assessment.notices, { code: 'review.overridden', facts }]];
  }
  throw ruleBroken({
    code: 'review.contradicts-scores',
    field: 'outcome',
    got: order.outcome,
    facts: {
      rule: assessment.rule,
      ruleVi: assessment.ruleVi,
      possible: statusesInWords(assessment.possible, 'en'),
      possibleVi: statusesInWords(assessment.possible, 'vi'),
      outcome: order.outcome,
      outcomeVi: statusesInWords([order.outcome], 'vi'),
    },
  });
}

const AREA_VI: Readonly<Record<AreaType, string>> = { rural: 'nông thôn', urban: 'thành thị' };

/** The line of a household changes when its commune turns urban: the sheet that was used rules, and shows. */
function areaNotice(order: RecordReview, timeline: Timeline, areaTypeOf: AreaTypeOf): Notice[] {
  const place = situationOn(timeline, order.effectiveOn)?.place;
  const ofUnit = place && areaTypeOf(place, order.effectiveOn);
  if (ofUnit === undefined || ofUnit === order.areaType) return [];
  const facts = {
    review: order.areaType,
    unit: ofUnit,
    reviewVi: AREA_VI[order.areaType],
    unitVi: AREA_VI[ofUnit],
  };
  return [{ code: 'review.area-type-differs', facts }];
}
