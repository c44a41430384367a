import type { HouseholdTotalDeclared, UnitFact } from '@ledger/areas';
import type { FirstClassification, Known } from '@ledger/poverty-rates';

/**
 * The lists that only grow. A row's id is its number in order of arrival, from 1 on: how many there are is in the
 * checkpoint, which a writer moves first, so no two writers give the same number.
 */
export interface Numbered {
  readonly _id: number;
}

export type UnitDocument = Numbered & Known<UnitFact>;
export type TotalDocument = Numbered & Known<HouseholdTotalDeclared>;
export type ClassificationDocument = Numbered & FirstClassification;

/** @param before how many there are already */
export const numbered = <Row extends object>(
  rows: readonly Row[],
  before: number,
): readonly (Row & Numbered)[] => rows.map((row, index) => ({ _id: before + index + 1, ...row }));

export const withoutNumber = <Row extends object>({ _id, ...row }: Row & Numbered): Row =>
  row as unknown as Row;
