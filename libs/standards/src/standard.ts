import type { AreaType, PlainDate } from '@ledger/kernel';
import type { Known, Provenance, Unknown } from './provenance';

/** Bounds on a number; all that are present must hold. A threshold counts as inside ("từ ... trở xuống"). */
export interface Limits {
  readonly over?: number;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly below?: number;
}

/** Poor by income alone, or by deprivation: the split of 2016-2021 (QĐ 59/2015/QĐ-TTg). */
export type PoorKind = 'N1' | 'N2';

/** One way of falling under a rule; all limits that are present must hold. */
export interface Band {
  /** VND per person and month. */
  readonly income?: Limits;
  /** Points for income ("A" or "B1" of the form). */
  readonly score?: Limits;
  /** Number of deprived indicators. The forms write it in points, see {@link POINTS_PER_DEPRIVATION}. */
  readonly deprivations?: Limits;
  readonly kind?: PoorKind;
}

/** What income is measured by: declared money, or points estimated from what the household owns. */
export type Measure = 'income' | 'score';

/** A known rule: under it falls whoever is inside one of its bands. No bands: the standard has no such rule. */
export interface StatedRule extends Known {
  readonly bands: readonly Band[];
}
export interface UnknownRule extends Unknown {
  readonly bands?: undefined;
}
export type Rule = StatedRule | UnknownRule;

/** The rules of the two lists. Above is who falls under neither. */
export interface ListRules {
  readonly poor: Rule;
  readonly nearPoor: Rule;
}

export interface AreaRules {
  /** `averageLiving` (mức sống trung bình) is shown, it decides no status. */
  readonly income: ListRules & { readonly averageLiving: Rule };
  readonly score: ListRules;
}

export interface Indicator {
  /** Its number in the order of the form. */
  readonly number: number;
  readonly dimensionVi: string;
  readonly vi: string;
  readonly en: string;
  /** Whether it is on the list at all. */
  readonly listed: Provenance;
  readonly deprivedWhen: (Known & { readonly text: string }) | (Unknown & { readonly text?: undefined });
}

/**
 * The days of a standard are different things: signed, in force, and applied to households.
 * A first classification between `openingFrom` and `openingTo` opens the books under it.
 */
export interface StandardDays {
  readonly issuedOn: PlainDate;
  readonly inForceOn: PlainDate;
  readonly openingFrom: PlainDate;
  readonly openingTo: PlainDate;
  readonly appliesFrom: PlainDate;
  /** The last day on which it is the default. */
  readonly appliesTo: PlainDate;
}

/** A poverty standard as data: nothing in the code asks which one it has in hand. */
export interface Standard extends StandardDays {
  readonly id: string;
  readonly legalBasis: string;
  readonly provenance: Readonly<Record<'legalBasis' | keyof StandardDays, Provenance>>;
  readonly areas: Readonly<Record<AreaType, AreaRules>>;
  readonly indicators: readonly Indicator[];
}

/** "10 points = 1 deprived indicator" (TT 07/2021/TT-BLĐTBXH): `B2 >= 30` of a form is 3 deprivations or more. */
export const POINTS_PER_DEPRIVATION = 10;
