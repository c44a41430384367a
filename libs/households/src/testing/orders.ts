import type { Status, UnitId } from '@ledger/kernel';
import { parseDay } from '@ledger/kernel';
import type {
  ChangeDetails,
  DissolveHousehold,
  FlagReimpoverished,
  MarkEscaped,
  MoveHousehold,
  RecordReview,
  RegisterHousehold,
} from '../household.orders';
import { STANDARD, decisionOf, registered } from './facts';

/** The day on which every order is given, unless it says another. */
export const TODAY = parseDay('2024-06-30');

type More<Order> = Partial<Omit<Order, 'type'>>;

/** Leads to `registered(on, more)`. */
export function register(on: string, more: More<RegisterHousehold> = {}): RegisterHousehold {
  const { householdId, place, members } = registered(on);
  return {
    type: 'RegisterHousehold',
    today: TODAY,
    registeredOn: parseDay(on),
    householdId,
    place,
    members,
    ...more,
  };
}

/** Leads to `reviewed(outcome, on, more)`. */
export const recordReview = (outcome: Status, on: string, more: More<RecordReview> = {}): RecordReview => ({
  type: 'RecordReview',
  today: TODAY,
  effectiveOn: parseDay(on),
  standard: STANDARD,
  channel: 'regular',
  areaType: 'rural',
  outcome,
  decision: decisionOf(on),
  ...more,
});

export const markEscaped = (
  to: MarkEscaped['to'],
  on: string,
  more: More<MarkEscaped> = {},
): MarkEscaped => ({
  type: 'MarkEscaped',
  today: TODAY,
  effectiveOn: parseDay(on),
  standard: STANDARD,
  to,
  channel: 'regular',
  decision: decisionOf(on),
  ...more,
});

export const flagReimpoverished = (on: string, more: More<FlagReimpoverished> = {}): FlagReimpoverished => ({
  type: 'FlagReimpoverished',
  today: TODAY,
  effectiveOn: parseDay(on),
  standard: STANDARD,
  decision: decisionOf(on),
  ...more,
});

export const moveTo = (to: UnitId, on: string, more: More<MoveHousehold> = {}): MoveHousehold => ({
  type: 'MoveHousehold',
  today: TODAY,
  effectiveOn: parseDay(on),
  to,
  ...more,
});

export const changeDetails = (on: string, more: More<ChangeDetails>): ChangeDetails => ({
  type: 'ChangeDetails',
  today: TODAY,
  effectiveOn: parseDay(on),
  ...more,
});

export const dissolve = (on: string, reason: DissolveHousehold['reason'] = 'left'): DissolveHousehold => ({
  type: 'DissolveHousehold',
  today: TODAY,
  effectiveOn: parseDay(on),
  reason,
});
