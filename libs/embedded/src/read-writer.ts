import { numberOfDay } from '@ledger/kernel';
import type { Booking, FirstClassification, HouseholdDocument, JournalEntry } from '@ledger/poverty-rates';
import type { Known, ParkedStream, ReadModelBatch } from '@ledger/poverty-rates';
import { BalanceSums, codeOf } from '@ledger/poverty-rates';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { BalanceTable } from './balance-table';
import { FactPacking } from './fact-packing';
import { GroupBits } from './group-bits';
import { Names } from './names';
import { NOTHING } from './read-schema';
import type { OnStep } from './steps';
import { NOBODY_LISTENS } from './steps';
import { Statements } from './statements';

/** A row of the journal, in the order of its columns: added to the one of the same key, where there is one. */
export const ADD_ROW = `INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET households = households + excluded.households, persons = persons + excluded.persons`;

/** A row of the journal in numbers, without the groups in which it counts. */
type JournalRow = readonly [
  place: number,
  standard: number,
  recordedOn: number,
  effectiveOn: number,
  household: number,
  column: number,
  counterpart: number,
  households: number,
  persons: number,
];

/** Writes rows within the transaction of its caller. */
export class ReadWriter {
  private readonly statements: Readonly<Record<string, StatementSync>>;
  private readonly sums: BalanceSums;
  readonly names: Names;
  readonly groups: GroupBits;
  readonly packing: FactPacking;

  constructor(
    database: DatabaseSync,
    private readonly onStep: OnStep = NOBODY_LISTENS,
  ) {
    this.names = new Names(database);
    this.groups = new GroupBits(database);
    this.packing = new FactPacking(database, this.names);
    const balances = new BalanceTable(new Statements(database));
    this.sums = new BalanceSums((year) => balances.add(year));
    this.statements = {
      journal: database.prepare(ADD_ROW),
      emptyJournal: database.prepare(`DELETE FROM journal WHERE ${NOTHING}`),
      household: database.prepare('INSERT OR REPLACE INTO households VALUES (?, ?, ?, ?)'),
      unit: database.prepare('INSERT INTO units (recorded_on, fact) VALUES (?, ?)'),
      total: database.prepare('INSERT INTO totals (recorded_on, fact) VALUES (?, ?)'),
      classification: database.prepare(
        'INSERT INTO classifications (place, standard, recorded_on, first_on) VALUES (?, ?, ?, ?)',
      ),
      park: database.prepare('INSERT OR REPLACE INTO parked VALUES (?, ?)'),
      unpark: database.prepare('DELETE FROM parked WHERE stream = ?'),
      meta: database.prepare('UPDATE meta SET value = ? WHERE key = ?'),
      repaired: database.prepare("UPDATE meta SET value = value + 1 WHERE key = 'repairs'"),
    };
  }

  write(batch: ReadModelBatch): void {
    this.checkpoint(batch.checkpoint);
    this.onStep('batch: checkpoint moved');
    const rows = [...this.rowsOf(batch.journal)].sort(([a], [b]) => a[0] - b[0]);
    for (const [row, groups] of rows) this.journalRow(row, groups);
    this.onStep('batch: journal written');
    for (const booking of batch.balances) this.addToBalance(booking);
    this.sums.flush();
    this.dropEmptyRows();
    this.onStep('batch: balances written');
    batch.households.forEach((document) => this.household(document));
    this.onStep('batch: households written');
    this.lists(batch);
    for (const stream of batch.unparked) this.run('unpark', stream);
    batch.parked.forEach((parked) => this.park(parked));
    if (batch.repairs) this.run('repaired');
    this.onStep('batch: lists written');
  }

  /** After a transaction that was rolled back: what it made up is gone. */
  forget(): void {
    this.sums.forget();
    this.names.forget();
    this.groups.forget();
    this.packing.forget();
  }

  checkpoint({ position, lastDay }: ReadModelBatch['checkpoint']): void {
    this.run('meta', position, 'position');
    this.run('meta', lastDay ?? '', 'lastDay');
  }

  /** Entries that differ in their group alone are one row. */
  private rowsOf(entries: readonly JournalEntry[]): Iterable<readonly [JournalRow, number]> {
    const rows = new Map<string, [JournalRow, number]>();
    for (const entry of entries) {
      const row = this.rowOf(entry);
      const bits = 1 << this.groups.bitOf(entry.group);
      const key = row.join();
      const same = rows.get(key);
      if (!same) rows.set(key, [row, bits]);
      // Twice the same entry in one group is two rows that add up, not one bit.
      else if (same[1] & bits) rows.set(`${key}|${rows.size}`, [row, bits]);
      else same[1] |= bits;
    }
    return rows.values();
  }

  private journalRow(row: JournalRow, groups: number): void {
    const [place, standard, recorded, effective, household, column, counterpart, households, persons] = row;
    (this.statements['journal'] as StatementSync).run(
      ...[place, standard, recorded, effective, household, column, groups, counterpart],
      ...[households, persons],
    );
  }

  /** Is written by the next flush: neighbours together, and each balance once. */
  private addToBalance({ unit, standard, group, effectiveOn, column, households, persons }: Booking): void {
    this.sums.add(
      this.names.numberOf(unit),
      this.names.numberOf(standard),
      this.groups.bitOf(group),
      numberOfDay(effectiveOn),
      codeOf(column),
      households,
      persons,
    );
  }

  /** Rows that what was added to them has brought to nothing. */
  dropEmptyRows(): void {
    this.run('emptyJournal');
  }

  household({ id, facts, listed }: HouseholdDocument): void {
    this.run(
      'household',
      this.names.numberOf(id),
      this.packing.pack(facts),
      listed ? this.names.numberOf(listed.place) : null,
      listed ? listed.number : null,
    );
  }

  lists({
    units,
    totals,
    classifications,
  }: Pick<ReadModelBatch, 'units' | 'totals' | 'classifications'>): void {
    for (const known of units) this.fact('unit', known);
    for (const known of totals) this.fact('total', known);
    classifications.forEach((row) => this.classification(row));
  }

  park(parked: ParkedStream): void {
    this.run('park', parked.stream, JSON.stringify(parked));
  }

  private rowOf(entry: JournalEntry): JournalRow {
    const { place, standard, recordedOn, effectiveOn, household, column, counterpart } = entry;
    return [
      this.names.numberOf(place),
      this.names.numberOf(standard),
      numberOfDay(recordedOn),
      numberOfDay(effectiveOn),
      this.names.numberOf(household),
      codeOf(column),
      counterpart === null ? 0 : this.names.numberOf(counterpart),
      entry.households,
      entry.persons,
    ];
  }

  private fact(table: 'unit' | 'total', { fact, recordedOn }: Known<unknown>): void {
    this.run(table, recordedOn, JSON.stringify(fact));
  }

  private classification({ place, standard, recordedOn, on }: FirstClassification): void {
    this.run(
      'classification',
      this.names.numberOf(place),
      this.names.numberOf(standard),
      numberOfDay(recordedOn),
      on === null ? null : numberOfDay(on),
    );
  }

  private run(name: string, ...values: (string | number | Uint8Array | null)[]): void {
    (this.statements[name] as StatementSync).run(...values);
  }
}
