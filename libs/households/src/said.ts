import { withImplied } from '@ledger/standards';
import type { HouseholdFact, ReviewRecorded } from './household.facts';
import type {
  ChangeDetails,
  DissolveHousehold,
  FlagReimpoverished,
  HouseholdOrder,
  MarkEscaped,
  MoveHousehold,
  RecordReview,
  RegisterHousehold,
} from './household.orders';

/** What an order would say. A review is assessed after it: how its scores are judged is not what it says. */
export type Said = Exclude<HouseholdFact, ReviewRecorded> | Omit<ReviewRecorded, 'check'>;

/** The order as a fact. It may repeat what has been said, so whether it is allowed is decided after. */
export function saidBy(order: HouseholdOrder): Said {
  switch (order.type) {
    case 'RegisterHousehold':
      return registration(order);
    case 'RecordReview':
      return reviewSaid(order);
    case 'MarkEscaped':
      return escape(order);
    case 'FlagReimpoverished':
      return flag(order);
    case 'MoveHousehold':
      return move(order);
    case 'ChangeDetails':
      return details(order);
    case 'DissolveHousehold':
      return dissolution(order);
  }
}

export function registration(order: RegisterHousehold): Exclude<HouseholdFact, ReviewRecorded> {
  const { householdId, place, village, registeredOn, members, groups, listNumber } = order;
  return {
    type: 'HouseholdRegistered',
    effectiveOn: registeredOn,
    householdId,
    place,
    ...(village !== undefined && { village }),
    members,
    groups: withImplied(groups ?? []),
    ...(listNumber !== undefined && { listNumber }),
  };
}

function escape({
  effectiveOn,
  standard,
  to,
  channel,
  decision,
}: MarkEscaped): Exclude<HouseholdFact, ReviewRecorded> {
  return { type: 'EscapeRecognised', effectiveOn, standard, to, channel, decision };
}

function flag({
  effectiveOn,
  standard,
  reason,
  decision,
}: FlagReimpoverished): Exclude<HouseholdFact, ReviewRecorded> {
  return {
    type: 'ReimpoverishmentFlagged',
    effectiveOn,
    standard,
    ...(reason !== undefined && { reason }),
    decision,
  };
}

function move({
  effectiveOn,
  to,
  village,
  members,
  decision,
}: MoveHousehold): Exclude<HouseholdFact, ReviewRecorded> {
  return {
    type: 'HouseholdMoved',
    effectiveOn,
    to,
    ...(village !== undefined && { village }),
    ...(members !== undefined && { members }),
    ...(decision !== undefined && { decision }),
  };
}

function details({
  effectiveOn,
  members,
  groups,
  village,
}: ChangeDetails): Exclude<HouseholdFact, ReviewRecorded> {
  return {
    type: 'HouseholdDetailsChanged',
    effectiveOn,
    ...(members !== undefined && { members }),
    ...(groups !== undefined && { groups: withImplied(groups) }),
    ...(village !== undefined && { village }),
  };
}

function dissolution({ effectiveOn, reason }: DissolveHousehold): Exclude<HouseholdFact, ReviewRecorded> {
  return { type: 'HouseholdDissolved', effectiveOn, reason };
}

/** What a review says. Deprivations, causes and groups are sets: their order means nothing. */
function reviewSaid(order: RecordReview): Omit<ReviewRecorded, 'check'> {
  const { type: _type, today: _today, groups, deprivations, causes, override, ...said } = order;
  return {
    type: 'ReviewRecorded',
    ...said,
    ...(groups !== undefined && { groups: withImplied(groups) }),
    ...(deprivations !== undefined && { deprivations: inOrder(deprivations) }),
    ...(causes !== undefined && { causes: inOrder(causes) }),
    ...(override !== undefined && { override }),
  };
}

const inOrder = (numbers: readonly number[]): readonly number[] => numbers.toSorted((a, b) => a - b);
