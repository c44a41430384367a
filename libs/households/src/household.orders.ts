import type { AreaType, Channel, PlainDate, Status, UnitId } from '@ledger/kernel';
import type { Decision } from './household.facts';

/** On every order: the day on which it is recorded. Nothing may take effect after it. */
interface Order<Type extends string> {
  readonly type: Type;
  readonly today: PlainDate;
}

export interface RegisterHousehold extends Order<'RegisterHousehold'> {
  readonly householdId: string;
  readonly place: UnitId;
  readonly village?: string;
  readonly registeredOn: PlainDate;
  readonly members: number;
  readonly groups?: readonly string[];
  readonly listNumber?: string;
}

export interface RecordReview extends Order<'RecordReview'> {
  readonly standard: string;
  readonly channel: Channel;
  readonly effectiveOn: PlainDate;
  readonly areaType: AreaType;
  readonly incomeScore?: number;
  readonly incomePerCapita?: number;
  readonly deprivations?: readonly number[];
  readonly outcome: Status;
  readonly causes?: readonly number[];
  readonly groups?: readonly string[];
  readonly members?: number;
  readonly decision: Decision;
  /** The decision knowingly departs from the scores. */
  readonly override?: { readonly reason: string };
}

export interface MarkEscaped extends Order<'MarkEscaped'> {
  readonly standard: string;
  readonly effectiveOn: PlainDate;
  readonly to: 'near-poor' | 'above';
  readonly channel: Channel;
  readonly decision: Decision;
}

export interface FlagReimpoverished extends Order<'FlagReimpoverished'> {
  readonly standard: string;
  readonly effectiveOn: PlainDate;
  readonly reason?: string;
  readonly decision: Decision;
}

export interface MoveHousehold extends Order<'MoveHousehold'> {
  readonly effectiveOn: PlainDate;
  readonly to: UnitId;
  readonly village?: string;
  readonly members?: number;
  readonly decision?: Decision;
}

export interface ChangeDetails extends Order<'ChangeDetails'> {
  readonly effectiveOn: PlainDate;
  readonly members?: number;
  readonly groups?: readonly string[];
  readonly village?: string;
}

export interface DissolveHousehold extends Order<'DissolveHousehold'> {
  readonly effectiveOn: PlainDate;
  readonly reason: 'died' | 'left' | 'other';
}

export type HouseholdOrder =
  | RegisterHousehold
  | RecordReview
  | MarkEscaped
  | FlagReimpoverished
  | MoveHousehold
  | ChangeDetails
  | DissolveHousehold;

/** What the decider asks of the world: the area type of a place on a day, where it is known. */
export type AreaTypeOf = (place: UnitId, day: PlainDate) => AreaType | undefined;
