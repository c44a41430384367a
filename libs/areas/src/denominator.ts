import type { Notice, PlainDate } from '@ledger/kernel';
import { addYears } from '@ledger/kernel';
import type { TotalsFact } from './totals.facts';

/** A declared total of households, of the day `on`. */
export interface Declaration {
  readonly on: PlainDate;
  readonly households: number;
  readonly persons?: number;
  readonly source: string;
}

/** The denominator of a unit's rates. A count of 0 is an answer; the rate of it is not known. */
export interface TotalHouseholds {
  readonly count: number;
  /** Null where not every declaration behind it tells the persons. */
  readonly persons: number | null;
  /** The day that the total is of; of a sum that of its oldest part. */
  readonly on: PlainDate;
  /** `mixed` where the parts of a sum have different sources. */
  readonly source: string;
  readonly basis: 'declared' | 'summed';
}

export interface Denominator {
  readonly total: TotalHouseholds | null;
  /** How many of the communes have no declaration. */
  readonly missing: number;
  readonly notices: readonly Notice[];
}

export interface DenominatorQuestion {
  /** The last declaration of the unit itself. */
  readonly own: Declaration | undefined;
  /** Over the communes alive on the day; over none for a commune itself. */
  readonly sum: CommuneSum;
  readonly on: PlainDate;
}

/** The last declarations of communes, added up. */
export interface CommuneSum {
  readonly communes: number;
  /** How many of the communes have no declaration. */
  readonly missing: number;
  /** Null unless every commune has a declaration, and where there is none. */
  readonly total: TotalHouseholds | null;
}

export const declarationOf = ({ effectiveOn, households, persons, source }: TotalsFact): Declaration => ({
  on: effectiveOn,
  households,
  ...(persons !== undefined && { persons }),
  source,
});

/**
 * The declaration that counts on a day: the one of the latest day up to it, of two for one day the one that
 * arrived later. Hand them over in the order of their arrival, all of one unit and group.
 */
export function lastDeclaration(declarations: Iterable<Declaration>, on: PlainDate): Declaration | undefined {
  let last: Declaration | undefined;
  for (const declaration of declarations) {
    if (declaration.on <= on && (!last || declaration.on >= last.on)) last = declaration;
  }
  return last;
}

/**
 * Rule 15: the unit's own declaration, unless the sum over its communes is complete and even its oldest part
 * is younger. Without both it is not known, and never 0.
 */
export function denominatorOf({
  own,
  sum: { communes, missing, total: sum },
  on,
}: DenominatorQuestion): Denominator {
  const declared = own ? declaredTotal(own) : null;
  const total = declared && (!sum || declared.on >= sum.on) ? declared : sum;

  const notices: Notice[] = [];
  if (!total) notices.push({ code: 'total.missing', facts: { missing, communes } });
  if (declared && sum && declared.count !== sum.count) notices.push(difference(declared, sum));
  if (total && addYears(total.on, 1) < on) notices.push({ code: 'total.old', facts: { totalOn: total.on } });
  return { total, missing, notices };
}

function declaredTotal({ households, persons, on, source }: Declaration): TotalHouseholds {
  return { count: households, persons: persons ?? null, on, source, basis: 'declared' };
}

function difference(declared: TotalHouseholds, sum: TotalHouseholds): Notice {
  return {
    code: 'total.differs-from-sum',
    facts: { declared: declared.count, declaredOn: declared.on, summed: sum.count, summedOn: sum.on },
  };
}
