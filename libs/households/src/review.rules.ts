import type { Notice } from '@ledger/kernel';
import { ruleBroken } from '@ledger/kernel';
import { assess, requireStandard, unknownIndicators, withImplied } from '@ledger/standards';
import type { AreaTypeOf } from './household';
import type { Check, ReviewRecorded } from './household.facts';
import type { RecordReview } from './household.orders';
import type { Timeline } from './timeline';
import { situationOn } from './timeline';

/**
 * The fact that a review leads to. A classification that contradicts its own scores under the standard it
 * names is refused with the rule that it breaks, unless the decision says that it departs from them.
 */
export function reviewFact(
  order: RecordReview,
  timeline: Timeline,
  areaTypeOf: AreaTypeOf,
): [ReviewRecorded, Notice[]] {
  const { type: _type, today: _today, groups, override, ...said } = order;
  const [check, notices] = checked(order);
  const fact: ReviewRecorded = {
    type: 'ReviewRecorded',
    ...said,
    ...(groups !== undefined && { groups: withImplied(groups) }),
    check,
    ...(override !== undefined && { override }),
  };
  return [fact, [...notices, ...areaNotice(order, timeline, areaTypeOf)]];
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
    const facts = { rule: assessment.rule, reason };
    return ['overridden', [...assessment.notices, { code: 'review.overridden', facts }]];
  }
  throw ruleBroken({
    code: 'review.contradicts-scores',
    field: 'outcome',
    got: order.outcome,
    facts: { rule: assessment.rule, possible: assessment.possible.join(' | '), outcome: order.outcome },
  });
}

/** The line of a household changes when its commune turns urban: the sheet that was used rules, and shows. */
function areaNotice(order: RecordReview, timeline: Timeline, areaTypeOf: AreaTypeOf): Notice[] {
  const place = situationOn(timeline, order.effectiveOn)?.place;
  const ofUnit = place && areaTypeOf(place, order.effectiveOn);
  if (ofUnit === undefined || ofUnit === order.areaType) return [];
  return [{ code: 'review.area-type-differs', facts: { review: order.areaType, unit: ofUnit } }];
}
