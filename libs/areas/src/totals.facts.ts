import type { PlainDate, UnitId } from '@ledger/kernel';

/** Each unit's totals are in a stream of their own: a declaration depends on no other unit. */
export const totalsStream = (unit: UnitId): string => `totals-${unit}`;

/** How many households (and persons) lived in a unit on a day: the denominator of its rates. */
export interface HouseholdTotalDeclared {
  readonly type: 'HouseholdTotalDeclared';
  /** The day that the total is of. */
  readonly effectiveOn: PlainDate;
  readonly unit: UnitId;
  /** `all`, or a group such as `ethnic-minority`, whose rates have a denominator of their own. */
  readonly group: string;
  readonly households: number;
  readonly persons?: number;
  /** Where it is from, e.g. `census-2019`. */
  readonly source: string;
}

export type TotalsFact = HouseholdTotalDeclared;
