import type { PlainDate, UnitId } from '@ledger/kernel';
import { yearOf } from '@ledger/kernel';
import type { Amount, Booking, Column } from '@ledger/poverty-rates';
import { codeOf, isNothing, NOTHING, plus } from '@ledger/poverty-rates';
import type { IndexDescription } from 'mongodb';
import { idOf } from './ids';
import { wholeAmount } from './plain';

/** By list and kind, as in `poor.rePoor`: a column with its dot cannot be the name of a field. */
export type ColumnAmounts = Readonly<Record<string, Readonly<Record<string, Amount>>>>;

/**
 * What was booked on a unit in one year, under one standard and in one group: the net of each column in the
 * whole year, in each month and on each day. No opening is carried from year to year: a late booking touches the
 * document of its own year alone, and a question up to a day adds up the totals of the years before, the months
 * before in its year and the days of its month. An amount may be nothing; a document of nothing else is removed.
 */
export interface BalanceDocument {
  readonly _id: string;
  readonly unit: UnitId;
  readonly standard: string;
  readonly group: string;
  readonly year: number;
  readonly total: ColumnAmounts;
  /** By month, as in `03`. */
  readonly months: Readonly<Record<string, ColumnAmounts>>;
  /** By day, as in `03-31`. */
  readonly days: Readonly<Record<string, ColumnAmounts>>;
}

export const BALANCE_INDEXES: readonly IndexDescription[] = [
  { name: 'unit', key: { unit: 1, standard: 1, group: 1, year: 1 } },
];

export type BalanceKey = Pick<BalanceDocument, 'unit' | 'standard' | 'group' | 'year'>;

/** What is added to a document, by its path: `days.03-31.poor.rePoor`. */
export interface BalanceChange {
  readonly id: string;
  readonly key: BalanceKey;
  readonly amounts: Map<string, Amount>;
}

export const balanceIdOf = ({ unit, standard, group, year }: BalanceKey): string =>
  idOf(unit, standard, group, year);

/** The bookings of a batch, added up: one change for each document. */
export function balanceChanges(bookings: readonly Booking[]): readonly BalanceChange[] {
  const changes = new Map<string, BalanceChange>();
  for (const { unit, standard, group, effectiveOn, column, households, persons } of bookings) {
    const key = { unit, standard, group, year: yearOf(effectiveOn) };
    const id = balanceIdOf(key);
    let change = changes.get(id);
    if (!change) changes.set(id, (change = { id, key, amounts: new Map() }));
    codeOf(column); // Throws where there is no such column.
    const amount = { households: wholeAmount(households), persons: wholeAmount(persons) };
    for (const path of pathsOf(effectiveOn, column))
      change.amounts.set(path, plus(change.amounts.get(path) ?? NOTHING, amount));
  }
  return [...changes.values()].flatMap((change) => (withoutNothing(change.amounts) ? [change] : []));
}

/** Where a day's amount counts. */
export const pathsOf = (day: PlainDate, column: Column): readonly string[] => [
  `total.${column}`,
  `months.${day.slice(5, 7)}.${column}`,
  `days.${day.slice(5)}.${column}`,
];

/** False when nothing is left. */
function withoutNothing(amounts: Map<string, Amount>): boolean {
  for (const [path, amount] of amounts) if (isNothing(amount)) amounts.delete(path);
  return amounts.size > 0;
}

/** As numbers to add, field by field. */
export function incrementsOf({ amounts }: BalanceChange): Record<string, number> {
  const increments: Record<string, number> = {};
  for (const [path, { households, persons }] of amounts) {
    increments[`${path}.households`] = households;
    increments[`${path}.persons`] = persons;
  }
  return increments;
}

export function* amountsIn(columns: ColumnAmounts = {}): Generator<readonly [Column, Amount]> {
  for (const [list, kinds] of Object.entries(columns)) {
    for (const [kind, { households, persons }] of Object.entries(kinds))
      yield [`${list}.${kind}` as Column, { households, persons }];
  }
}

export const isEmpty = (columns?: ColumnAmounts): boolean =>
  [...amountsIn(columns)].every(([, amount]) => isNothing(amount));

/** What was booked, day by day. */
export function bookingsIn({ unit, standard, group, year, days }: BalanceDocument): readonly Booking[] {
  return Object.entries(days).flatMap(([day, columns]) => {
    const effectiveOn = `${String(year).padStart(4, '0')}-${day}` as PlainDate;
    return [...amountsIn(columns)].flatMap(([column, amount]) =>
      isNothing(amount) ? [] : [{ unit, standard, group, effectiveOn, column, ...amount }],
    );
  });
}
