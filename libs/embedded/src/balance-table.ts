import type { Triples, YearSums } from '@ledger/poverty-rates';
import {
  columnIn,
  dayIn,
  firstDayOf,
  mergeTriples,
  packTriples,
  placeInYear,
  yearTotalsOf,
} from '@ledger/poverty-rates';
import { numbersIn } from './numbers-in';
import type { Statements } from './statements';

/** Households and persons, by column. */
export type ColumnSums = Map<number, [households: number, persons: number]>;

export interface BalanceSpan {
  readonly unit: number;
  readonly standard: number;
  readonly group: number;
  /** First and last effective day, as numbers. */
  readonly from: number;
  readonly to: number;
}

type YearOfSums = Omit<YearSums, 'days'> & { readonly days: Triples };

/** The table of balances, which has a row for each year: what a year adds up to, and what each day of it does. */
export class BalanceTable {
  constructor(private readonly statements: Statements) {}

  /** Years in the middle of the span are added up already; of those at its ends the days count. */
  sums({ unit, standard, group, from, to }: BalanceSpan): ColumnSums {
    const sums: ColumnSums = new Map();
    const first = placeInYear(from);
    const last = placeInYear(to);
    const rows = this.statements.all(
      `SELECT year, totals FROM balances WHERE ${ROW} AND year BETWEEN ? AND ?`,
      ...[unit, standard, group, first.year, last.year],
    );
    for (const row of rows) {
      const year = Number(row['year']);
      const whole = (year > first.year || first.dayOfYear === 0) && year < last.year;
      const totals = numbersIn(row['totals'] as Uint8Array);
      if (whole && totals.length > 0) {
        addTo(sums, totals, 0, Infinity);
        continue;
      }
      const days = this.daysIn(unit, standard, group, year);
      const begin = year === first.year ? first.dayOfYear : 0;
      addTo(sums, days, begin, year === last.year ? last.dayOfYear : Infinity);
    }
    return sums;
  }

  /** Every balance of a unit: standard, group, effective day, column, households, persons. */
  *of(unit: number): Generator<readonly [number, number, number, number, number, number]> {
    const sql = 'SELECT standard, in_group, year, days FROM balances WHERE unit = ?';
    for (const row of this.statements.all(sql, unit)) {
      const days = numbersIn(row['days'] as Uint8Array);
      const firstDay = firstDayOf(Number(row['year']));
      for (let at = 0; at < days.length; at += 3) {
        const key = days[at] as number;
        const amount = [days[at + 1] as number, days[at + 2] as number] as const;
        yield [
          Number(row['standard']),
          Number(row['in_group']),
          firstDay + dayIn(key),
          columnIn(key),
          ...amount,
        ];
      }
    }
  }

  /** False where the unit's year is there already: then nothing was written. @param days packed already */
  insert(unit: number, standard: number, group: number, year: number, days: Int32Array): boolean {
    if (days.length === 0) return true;
    const packed = new Uint8Array(days.buffer, days.byteOffset, days.byteLength);
    return this.statements.run(INSERT, unit, standard, group, year, totalsWorthKeeping(days), packed) > 0;
  }

  add({ unit, standard, group, year, days }: YearOfSums): void {
    const before = this.daysIn(unit, standard, group, year);
    const after = before.length === 0 ? days : mergeTriples(before, days);
    const key = [unit, standard, group, year];
    if (after.length > 0) this.statements.run(PUT, ...key, totalsWorthKeeping(after), packTriples(after));
    else if (before.length > 0) this.statements.run(`DELETE FROM balances WHERE ${ROW} AND year = ?`, ...key);
  }

  private daysIn(unit: number, standard: number, group: number, year: number): Int32Array {
    const sql = `SELECT days FROM balances WHERE ${ROW} AND year = ?`;
    const bytes = this.statements.one(sql, unit, standard, group, year)?.['days'];
    return bytes === undefined ? NO_DAYS : numbersIn(bytes as Uint8Array);
  }
}

/** In a short year the days are added up as quickly as its totals are read. */
const SHORT = 3 * 64;
const NO_TOTALS = new Uint8Array();
const totalsWorthKeeping = (days: Triples): Uint8Array =>
  days.length <= SHORT ? NO_TOTALS : packTriples(yearTotalsOf(days));

const NO_DAYS = new Int32Array();
const ROW = 'unit = ? AND standard = ? AND in_group = ?';
const INSERT = 'INSERT INTO balances VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING';
const PUT = 'INSERT OR REPLACE INTO balances VALUES (?, ?, ?, ?, ?, ?)';

/** Adds the triples of some days; the keys of yearly totals have day 0. */
function addTo(sums: ColumnSums, triples: Int32Array, firstDay: number, lastDay: number): void {
  for (let at = 0; at < triples.length; at += 3) {
    const key = triples[at] as number;
    const day = dayIn(key);
    if (day < firstDay || day > lastDay) continue;
    const column = columnIn(key);
    const sum = sums.get(column);
    if (sum) {
      sum[0] += triples[at + 1] as number;
      sum[1] += triples[at + 2] as number;
    } else sums.set(column, [triples[at + 1] as number, triples[at + 2] as number]);
  }
}
