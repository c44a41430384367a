import { mergeTriples, YEAR_SUMS_HEADER } from '@ledger/poverty-rates';
import type { Collection } from 'mongodb';
import type { BalanceDocument } from '../documents/balances';
import { incrementsOf } from '../documents/balances';
import { removeEmptyYears } from '../empty-years';
import type { PackedYear } from './balance-years';
import { balanceChange, balanceDocument } from './balance-years';
import type { InsertQueue } from './insert-queue';

/** So many numbers are kept in memory before what has not been added to for longest is sent. */
const MOST_KEPT = 1_000_000;
/** At the end, of what is kept: the others stay as small as they are until there is room. */
const SENT_AT_ONCE = 100_000;
const CHANGES_AT_ONCE = 500;

/** From the numbers of a unit, standard and group to their names. */
export type KeyOf = (unit: number, standard: number, group: number, year: number) => PackedYear['key'];

/**
 * Fills the empty collection of balances. Places come one after the other, and their provinces with them: a year is
 * sent when nothing has been added to it for long. What is added to it even later waits for the end.
 */
export class BalanceLoad {
  /** In the order in which something was added last. */
  private readonly kept = new Map<string, PackedYear>();
  private readonly sent = new Set<string>();
  private readonly late = new Map<string, PackedYear>();
  private size = 0;

  constructor(
    private readonly balances: Collection<BalanceDocument>,
    private readonly queue: InsertQueue,
    private readonly keyOf: KeyOf,
    private readonly mostKept = MOST_KEPT,
  ) {}

  add(sums: Int32Array): void {
    for (let at = 0; at < sums.length;) {
      const [unit, standard, group, year, length] = sums.subarray(
        at,
        at + YEAR_SUMS_HEADER,
      ) as unknown as Header;
      const begin = at + YEAR_SUMS_HEADER;
      at = begin + length;
      const days = sums.subarray(begin, at);
      this.addYear(
        `${unit}|${standard}|${group}|${year}`,
        () => this.keyOf(unit, standard, group, year),
        days,
      );
    }
    if (this.size > this.mostKept) this.send(this.mostKept / 2);
  }

  async finish(): Promise<void> {
    while (this.kept.size > 0) {
      this.send(Math.max(0, this.size - SENT_AT_ONCE));
      await this.queue.drained();
    }
    await this.queue.emptied();
    const late = [...this.late.values()].filter(({ days }) => days.length > 0);
    for (let from = 0; from < late.length; from += CHANGES_AT_ONCE) {
      const changes = late.slice(from, from + CHANGES_AT_ONCE).map(balanceChange);
      await this.balances.bulkWrite(
        changes.map((change) => ({
          updateOne: { filter: { _id: change.id }, update: { $inc: incrementsOf(change) } },
        })),
        { ordered: false },
      );
      await removeEmptyYears(
        this.balances,
        changes.map(({ id }) => id),
      );
    }
    this.late.clear();
  }

  private addYear(id: string, keyOf: () => PackedYear['key'], days: Int32Array): void {
    const known = this.kept.get(id);
    this.kept.delete(id);
    this.size -= known?.days.length ?? 0;
    // A copy: what it is part of can be forgotten.
    const after = known
      ? { key: known.key, days: mergeTriples(known.days, days) }
      : { key: keyOf(), days: days.slice() };
    this.kept.set(id, after);
    this.size += after.days.length;
  }

  private send(untilSize: number): void {
    for (const [id, year] of this.kept) {
      if (this.size <= untilSize && this.size > 0) return;
      this.kept.delete(id);
      this.size -= year.days.length;
      if (year.days.length === 0) continue;
      if (!this.sent.has(id)) {
        this.sent.add(id);
        this.queue.add(this.balances, balanceDocument(year));
        continue;
      }
      const late = this.late.get(id);
      this.late.set(id, late ? { key: year.key, days: mergeTriples(late.days, year.days) } : year);
    }
  }
}

type Header = readonly [unit: number, standard: number, group: number, year: number, length: number];
