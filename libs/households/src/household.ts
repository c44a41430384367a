import type { Decider, Decision as Decided } from '@ledger/event-sourcing';
import type { Notice, PlainDate } from '@ledger/kernel';
import { notKnown, refusePersonalNumbers, ruleBroken, unreachable } from '@ledger/kernel';
import type { HouseholdFact } from './household.facts';
import type {
  AreaTypeOf,
  ChangeDetails,
  HouseholdOrder,
  MoveHousehold,
  RegisterHousehold,
} from './household.orders';
import { requireEscapable, requireReimpoverished } from './passage.rules';
import { repetitionOf } from './repetition';
import { assessReview } from './review.rules';
import { registration, saidBy } from './said';
import { noticesOnPaper, requireDecisionPast, requireStandardOpen } from './standard.rules';
import type { Timeline } from './timeline';
import { timelineOf } from './timeline';

/** A household's stream holds its facts in order of arrival; everything else about it is derived. */
export type Household =
  | { readonly status: 'unregistered' }
  | { readonly status: 'registered'; readonly facts: readonly HouseholdFact[] };

export const householdStream = (householdId: string): string => `household-${householdId}`;

/**
 * Decides what may happen to a household with what is known when it decides: backdated facts are welcome,
 * future ones and ones outside its life are refused. The fold itself never refuses.
 */
export function householdDecider(areaTypeOf: AreaTypeOf): Decider<HouseholdOrder, Household, HouseholdFact> {
  return {
    initial: () => ({ status: 'unregistered' }),
    evolve: (household, fact) => ({
      status: 'registered',
      facts: household.status === 'registered' ? [...household.facts, fact] : [fact],
    }),
    decide: (order, household) => decide(order, household, areaTypeOf),
  };
}

function decide(order: HouseholdOrder, household: Household, areaTypeOf: AreaTypeOf): Decided<HouseholdFact> {
  refusePersonalNumbers(order);
  if (household.status === 'unregistered') {
    if (order.type !== 'RegisterHousehold') throw notKnown({ code: 'household.unknown' });
    requirePast('registeredOn', order.registeredOn, order.today);
    return { facts: [registration(order)], notices: [] };
  }
  const { facts } = household;
  const timeline = timelineOf(facts);
  const said = saidBy(order);
  const unchangedAt = repetitionOf(said, facts);
  if (unchangedAt !== undefined) return { unchangedAt };
  requireAllowed(order, timeline);
  const notices = noticesOf(order, timeline);
  if (said.type !== 'ReviewRecorded') return { facts: [said], notices };
  if (order.type !== 'RecordReview') throw new Error('only a review says what a review says');
  const assessed = assessReview(order, timeline, areaTypeOf);
  return { facts: [{ ...said, check: assessed.check }], notices: [...assessed.notices, ...notices] };
}

function requireAllowed(order: HouseholdOrder, timeline: Timeline): void {
  if (order.type === 'RegisterHousehold')
    throw ruleBroken({ code: 'household.already-registered', field: 'householdId' });
  requirePast('effectiveOn', order.effectiveOn, order.today);
  requireInLife(order, timeline);
  switch (order.type) {
    case 'RecordReview':
      requireStandardOpen(order);
      return requireDecisionPast(order.decision, order.today);
    case 'MarkEscaped':
      requireStandardOpen(order);
      requireDecisionPast(order.decision, order.today);
      return requireEscapable(order, timeline);
    case 'FlagReimpoverished':
      requireStandardOpen(order);
      requireDecisionPast(order.decision, order.today);
      return requireReimpoverished(order, timeline);
    case 'MoveHousehold':
      if (order.decision) requireDecisionPast(order.decision, order.today);
      return requireElsewhere(order, timeline);
    case 'ChangeDetails':
      return requireSomeDetail(order);
    case 'DissolveHousehold':
      return;
    default:
      return unreachable(order);
  }
}

function noticesOf(order: HouseholdOrder, timeline: Timeline): readonly Notice[] {
  switch (order.type) {
    case 'RecordReview':
    case 'MarkEscaped':
    case 'FlagReimpoverished':
      return noticesOnPaper(order);
    case 'DissolveHousehold': {
      const later = timeline.living.filter((fact) => fact.effectiveOn > order.effectiveOn).length;
      return later > 0 ? [{ code: 'household.facts-after-dissolution', facts: { count: later } }] : [];
    }
    case 'RegisterHousehold':
    case 'MoveHousehold':
    case 'ChangeDetails':
      return [];
  }
}

function requirePast(field: string, day: PlainDate, today: PlainDate): void {
  if (day > today) throw ruleBroken({ code: 'fact.in-the-future', field, got: day, facts: { today } });
}

function requireInLife(order: Exclude<HouseholdOrder, RegisterHousehold>, timeline: Timeline): void {
  const { registered, dissolvedOn } = timeline;
  const field = 'effectiveOn';
  const got = order.effectiveOn;
  if (!registered || got < registered.effectiveOn) {
    const registeredOn = registered?.effectiveOn ?? '?';
    throw ruleBroken({ code: 'fact.before-registration', field, got, facts: { registeredOn } });
  }
  if (dissolvedOn === undefined) return;
  if (order.type === 'DissolveHousehold') {
    throw ruleBroken({ code: 'household.already-dissolved', field, got, facts: { dissolvedOn } });
  }
  if (got >= dissolvedOn)
    throw ruleBroken({ code: 'household.dissolved', field, got, facts: { dissolvedOn } });
}

function requireElsewhere(order: MoveHousehold, timeline: Timeline): void {
  const upTo = timelineOf(timeline.living.filter((fact) => fact.effectiveOn <= order.effectiveOn));
  const here = upTo.changes.at(-1)?.after;
  if (here?.place !== order.to) return;
  if (order.village === undefined || order.village === here.village) {
    throw ruleBroken({
      code: 'move.already-there',
      field: 'toUnit',
      got: order.to,
      facts: { unit: order.to },
    });
  }
}

function requireSomeDetail(order: ChangeDetails): void {
  if (order.members === undefined && order.groups === undefined && order.village === undefined) {
    throw ruleBroken({ code: 'details.nothing-to-change', field: 'members' });
  }
}
