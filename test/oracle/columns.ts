import type { Change } from './days';

export type List = 'poor' | 'near-poor';

export interface Count {
  readonly households: number;
  readonly persons: number;
}

const BOTH_LISTS = [
  'opening',
  'opened',
  'boundaryIn',
  'boundaryOut',
  'escapedAbove',
  'otherDecrease',
] as const;
const BOTH_LISTS_UP = ['newlyArising', 'otherIncrease', 'closing'] as const;
/** Form 2, columns 1-9, with what the paper does not know. */
export const POOR_COLUMNS = [
  ...BOTH_LISTS,
  ...(['escapedToNearPoor', 'becamePoorFromNearPoor', 'rePoor'] as const),
  ...BOTH_LISTS_UP,
] as const;
/** Form 3, columns 1-9, likewise. */
export const NEAR_POOR_COLUMNS = [
  ...BOTH_LISTS,
  ...(['becamePoor', 'becameNearPoorFromPoor', 'reNearPoor'] as const),
  ...BOTH_LISTS_UP,
] as const;

export type PoorColumn = (typeof POOR_COLUMNS)[number];
export type NearPoorColumn = (typeof NEAR_POOR_COLUMNS)[number];
export type Column = PoorColumn | NearPoorColumn;

/** The columns of both forms, in households and in persons, as a client sees them. */
export interface Flows {
  readonly poor: Readonly<Record<keyof Count, Readonly<Record<PoorColumn, number>>>>;
  readonly nearPoor: Readonly<Record<keyof Count, Readonly<Record<NearPoorColumn, number>>>>;
}

export const isList = (status: string | undefined): status is List =>
  status === 'poor' || status === 'near-poor';

/** The column in which a household leaves the list of `change.from`; an opening takes away from `opened`. */
export function leaving({ from, to, opened }: Change): Column {
  if (opened) return 'opened';
  if (to === 'above') return 'escapedAbove';
  return from === 'poor' ? 'escapedToNearPoor' : 'becamePoor';
}

/** The column in which a household comes onto the list of `change.to`. */
export function entering(change: Change): Column {
  if (change.opened) return 'opened';
  if (change.to === 'poor') {
    if (change.from === 'near-poor') return 'becamePoorFromNearPoor';
    return change.escapedPovertyBefore ? 'rePoor' : 'newlyArising';
  }
  if (change.from === 'poor') return 'becameNearPoorFromPoor';
  return change.escapedNearPovertyBefore ? 'reNearPoor' : 'newlyArising';
}

export function zeros<Name extends string>(columns: readonly Name[]): Record<Name, number> {
  return Object.fromEntries(columns.map((column) => [column, 0])) as Record<Name, number>;
}
