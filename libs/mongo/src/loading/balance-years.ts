import type { UnitId } from '@ledger/kernel';
import { dayOfNumber } from '@ledger/kernel';
import type { Amount, Column } from '@ledger/poverty-rates';
import { columnIn, columnOf, dayIn, firstDayOf, kindOf, listOf } from '@ledger/poverty-rates';
import type { BalanceChange, BalanceDocument, BalanceKey } from '../documents/balances';
import { balanceIdOf, pathsOf } from '../documents/balances';

/** A unit's year, packed: see `balance-rows.ts`. */
export interface PackedYear {
  readonly key: BalanceKey;
  readonly days: ArrayLike<number>;
}

type Sums = Record<string, Record<string, { households: number; persons: number }>>;

/** As it is kept. */
export function balanceDocument({ key, days }: PackedYear): BalanceDocument {
  const total: Sums = {};
  const months: Record<string, Sums> = {};
  const byDay: Record<string, Sums> = {};
  for (const [day, column, amount] of triplesIn(key.year, days)) {
    add(total, column, amount);
    add((months[day.slice(5, 7)] ??= {}), column, amount);
    add((byDay[day.slice(5)] ??= {}), column, amount);
  }
  const { unit, standard, group, year } = key;
  return { _id: balanceIdOf(key), unit, standard, group, year, total, months, days: byDay };
}

/** As it is added to what is kept already. */
export function balanceChange({ key, days }: PackedYear): BalanceChange {
  const amounts = new Map<string, Amount>();
  for (const [day, column, { households, persons }] of triplesIn(key.year, days)) {
    for (const path of pathsOf(day, column)) {
      const sum = amounts.get(path);
      amounts.set(path, {
        households: (sum?.households ?? 0) + households,
        persons: (sum?.persons ?? 0) + persons,
      });
    }
  }
  return { id: balanceIdOf(key), key, amounts };
}

function* triplesIn(year: number, days: ArrayLike<number>) {
  const first = firstDayOf(year);
  for (let at = 0; at < days.length; at += 3) {
    const key = days[at] as number;
    const amount: Amount = { households: days[at + 1] as number, persons: days[at + 2] as number };
    yield [dayOfNumber(first + dayIn(key)), columnOf(columnIn(key)), amount] as const;
  }
}

function add(sums: Sums, column: Column, { households, persons }: Amount): void {
  const kinds = (sums[listOf(column)] ??= {});
  const sum = (kinds[kindOf(column)] ??= { households: 0, persons: 0 });
  sum.households += households;
  sum.persons += persons;
}

export const keyIn = (unit: string, standard: string, group: string, year: number): BalanceKey => ({
  unit: unit as UnitId,
  standard,
  group,
  year,
});
