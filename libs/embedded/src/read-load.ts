import type { HouseholdTotalDeclared } from '@ledger/areas';
import type { UnitId } from '@ledger/kernel';
import type { JournalEntry, Known, LoadedRest, PlaceSpan, ReadModelLoad } from '@ledger/poverty-rates';
import { FACT_AT, NUMBERS_OF_A_ROW } from '@ledger/poverty-rates';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { BalanceLoad } from './balance-load';
import { BalanceTable } from './balance-table';
import { JournalReader } from './journal-reader';
import { READ_INDEXES } from './read-schema';
import { ADD_ROW, ReadWriter } from './read-writer';
import { Statements } from './statements';

/** Fills an empty file of read models. Nothing of it is used before {@link ReadLoad.finish} has returned. */
export class ReadLoad implements ReadModelLoad {
  private readonly writer: ReadWriter;
  private readonly balanceLoad: BalanceLoad;
  private readonly reader: JournalReader;
  private readonly insertRow: StatementSync;
  private readonly insertHousehold: StatementSync;

  constructor(private readonly database: DatabaseSync) {
    // Who is interrupted begins again: there is nothing to roll back to.
    database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16384; BEGIN');
    this.writer = new ReadWriter(database);
    const statements = new Statements(database);
    this.balanceLoad = new BalanceLoad(new BalanceTable(statements));
    this.reader = new JournalReader(statements, this.writer.names, this.writer.groups);
    this.insertRow = database.prepare(ADD_ROW);
    this.insertHousehold = database.prepare('INSERT INTO households VALUES (?, ?, ?, ?)');
  }

  numberOf(name: string): number {
    return this.writer.names.numberOf(name);
  }

  nameOf(number: number): string {
    return this.writer.names.nameOf(number);
  }

  sayingNumberOf(saying: string): number {
    return this.writer.packing.numberOf(saying);
  }

  bitOf(group: string): number {
    return this.writer.groups.bitOf(group);
  }

  totals(totals: readonly Known<HouseholdTotalDeclared>[]): void {
    this.writer.lists({ units: [], totals, classifications: [] });
  }

  household(number: number, facts: Int32Array, listNumber: string | undefined): void {
    const bytes = new Uint8Array(facts.buffer, facts.byteOffset, facts.byteLength);
    const place = listNumber === undefined ? null : (facts[FACT_AT.place] as number);
    this.insertHousehold.run(number, bytes, place, listNumber ?? null);
  }

  journal(rows: Int32Array): void {
    for (let at = 0; at < rows.length; at += NUMBERS_OF_A_ROW) {
      this.insertRow.run(
        rows[at] as number,
        rows[at + 1] as number,
        rows[at + 2] as number,
        rows[at + 3] as number,
        rows[at + 4] as number,
        rows[at + 5] as number,
        rows[at + 6] as number,
        rows[at + 7] as number,
        rows[at + 8] as number,
        rows[at + 9] as number,
      );
    }
  }

  balances(sums: Int32Array, places: PlaceSpan): void {
    this.balanceLoad.add(sums, places);
  }

  journalOf(place: UnitId): readonly JournalEntry[] {
    return this.reader.entriesOf(place);
  }

  async finish({ checkpoint, parked, ...lists }: LoadedRest): Promise<void> {
    this.balanceLoad.flush();
    this.writer.lists({ ...lists, totals: [] });
    parked.forEach((one) => this.writer.park(one));
    this.writer.checkpoint(checkpoint);
    this.database.exec(READ_INDEXES);
    this.writer.dropEmptyRows();
    this.database.exec('COMMIT');
  }
}
