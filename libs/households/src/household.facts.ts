import type { AreaType, Channel, PlainDate, Status, UnitId } from '@ledger/kernel';

/** The paper behind a status (QĐ 24/2021/QĐ-TTg Art. 4-5: the commune chair's decision). */
export interface Decision {
  readonly number: string;
  readonly date: PlainDate;
  readonly authority: string;
}

/**
 * How a classification stands to the evidence named in the same review: `consistent` with the standard's
 * rule, `unchecked` where the standard or the evidence does not tell, `overridden` by an explicit decision.
 */
export type Check = 'consistent' | 'unchecked' | 'overridden';

export interface HouseholdRegistered {
  readonly type: 'HouseholdRegistered';
  readonly effectiveOn: PlainDate;
  readonly householdId: string;
  /** The commune in which it lives: the place on which its movements are booked. */
  readonly place: UnitId;
  readonly village?: string;
  readonly members: number;
  readonly groups: readonly string[];
  /** Mã hộ: a running number on the list of the place that issued it; an alias, no identity. */
  readonly listNumber?: string;
}

export interface ReviewRecorded {
  readonly type: 'ReviewRecorded';
  readonly effectiveOn: PlainDate;
  readonly standard: string;
  readonly channel: Channel;
  readonly areaType: AreaType;
  /** Points for income ("A" or "B1" of the form). */
  readonly incomeScore?: number;
  /** VND per person and month. */
  readonly incomePerCapita?: number;
  /** Numbers of the deprived indicators, in the order of the form. */
  readonly deprivations?: readonly number[];
  readonly outcome: Status;
  /** Causes of poverty, 1-8 as in form 10. */
  readonly causes?: readonly number[];
  readonly groups?: readonly string[];
  readonly members?: number;
  readonly decision: Decision;
  readonly check: Check;
  readonly override?: { readonly reason: string };
}

export interface EscapeRecognised {
  readonly type: 'EscapeRecognised';
  readonly effectiveOn: PlainDate;
  readonly standard: string;
  readonly to: 'near-poor' | 'above';
  readonly channel: Channel;
  readonly decision: Decision;
}

export interface ReimpoverishmentFlagged {
  readonly type: 'ReimpoverishmentFlagged';
  readonly effectiveOn: PlainDate;
  readonly standard: string;
  readonly reason?: string;
  readonly decision: Decision;
}

export interface HouseholdMoved {
  readonly type: 'HouseholdMoved';
  readonly effectiveOn: PlainDate;
  readonly to: UnitId;
  readonly village?: string;
  /** Members after the move. */
  readonly members?: number;
  readonly decision?: Decision;
}

export interface HouseholdDetailsChanged {
  readonly type: 'HouseholdDetailsChanged';
  readonly effectiveOn: PlainDate;
  readonly members?: number;
  readonly groups?: readonly string[];
  readonly village?: string;
}

export interface HouseholdDissolved {
  readonly type: 'HouseholdDissolved';
  readonly effectiveOn: PlainDate;
  readonly reason: 'died' | 'left' | 'other';
}

/** Everything that can have happened to a household. */
export type HouseholdFact =
  | HouseholdRegistered
  | ReviewRecorded
  | EscapeRecognised
  | ReimpoverishmentFlagged
  | HouseholdMoved
  | HouseholdDetailsChanged
  | HouseholdDissolved;

/** The facts that assert a status from their day on. */
export type StatusFact = ReviewRecorded | EscapeRecognised | ReimpoverishmentFlagged;
