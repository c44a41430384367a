import type { PlaceSpan } from '@ledger/poverty-rates';
import { mergeTriples, wholeNumbers, YEAR_SUMS_HEADER } from '@ledger/poverty-rates';
import type { BalanceTable } from './balance-table';

interface KeptYear {
  readonly unit: number;
  readonly standard: number;
  readonly group: number;
  readonly year: number;
  days: Int32Array;
}

/** So many numbers are kept in memory: of units that come again and again, as the country does with every place. */
const MOST_KEPT = 4_000_000;

/**
 * Fills the empty table of balances. The years of a place come all at once and are written as they come; those
 * of other units are added up first.
 */
export class BalanceLoad {
  private readonly kept = new Map<string, KeptYear>();
  private size = 0;

  constructor(private readonly table: BalanceTable) {}

  add(sums: Int32Array, { from, to }: PlaceSpan): void {
    for (let at = 0; at < sums.length;) {
      const unit = sums[at] as number;
      const standard = sums[at + 1] as number;
      const group = sums[at + 2] as number;
      const year = sums[at + 3] as number;
      const begin = at + YEAR_SUMS_HEADER;
      at = begin + (sums[at + 4] as number);
      const days = sums.subarray(begin, at);
      const isOneOfThem = unit >= from && unit <= to;
      if (!isOneOfThem || !this.table.insert(unit, standard, group, year, days))
        this.keep({ unit, standard, group, year, days });
    }
    if (this.size > MOST_KEPT) this.flush();
  }

  flush(): void {
    const rows = [...this.kept.values()];
    rows.sort((a, b) => a.unit - b.unit || a.standard - b.standard || a.group - b.group || a.year - b.year);
    for (const { unit, standard, group, year, days } of rows) {
      if (!this.table.insert(unit, standard, group, year, days))
        this.table.add({ unit, standard, group, year, days });
    }
    this.kept.clear();
    this.size = 0;
  }

  private keep(row: KeptYear): void {
    const key = `${row.unit}|${row.standard}|${row.group}|${row.year}`;
    const kept = this.kept.get(key);
    if (!kept) {
      // A copy: what it is part of can be forgotten.
      this.kept.set(key, { ...row, days: row.days.slice() });
      this.size += row.days.length;
      return;
    }
    this.size -= kept.days.length;
    kept.days = wholeNumbers(mergeTriples(kept.days, row.days));
    this.size += kept.days.length;
  }
}
