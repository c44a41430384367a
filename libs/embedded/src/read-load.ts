import type { HouseholdTotalDeclared } from '@ledger/areas';
import type { UnitId } from '@ledger/kernel';
import { dayOfNumber } from '@ledger/kernel';
import type {
  Amount,
  Booking,
  HouseholdDocument,
  JournalEntry,
  Known,
  Line,
  LoadedPlace,
  LoadedRest,
  ReadModelLoad,
} from '@ledger/poverty-rates';
import type { DatabaseSync } from 'node:sqlite';
import type { BucketRow } from './journal-buckets';
import { JournalBuckets } from './journal-buckets';
import { columnOf, READ_INDEXES } from './read-schema';
import type { JournalRow } from './read-writer';
import { ReadWriter } from './read-writer';

/** Fills an empty file of read models. Nothing of it is used before {@link ReadLoad.finish} has returned. */
export class ReadLoad implements ReadModelLoad {
  private readonly writer: ReadWriter;
  private readonly buckets = new JournalBuckets();

  constructor(private readonly database: DatabaseSync) {
    // Who is interrupted begins again: there is nothing to roll back to.
    database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16384; BEGIN');
    this.writer = new ReadWriter(database);
  }

  totals(totals: readonly Known<HouseholdTotalDeclared>[]): void {
    this.writer.lists({ units: [], totals, classifications: [] });
  }

  order(places: readonly UnitId[]): void {
    for (const place of places) this.writer.names.numberOf(place);
  }

  household(document: HouseholdDocument, journal: readonly JournalEntry[]): void {
    this.writer.household(document);
    for (const [row, groups] of this.writer.rowsOf(journal)) this.buckets.add(row, groups);
  }

  countPlaces(): number {
    return this.buckets.places.length;
  }

  *places(): Generator<LoadedPlace> {
    for (const place of this.buckets.places) {
      const rows = this.buckets.take(place);
      for (const [row, groups] of rows) this.writer.journalRow(row, groups);
      yield { entriesIn: (group) => this.entriesIn(rows, group), lines: () => this.linesOf(rows) };
    }
  }

  private entriesIn(rows: readonly BucketRow[], group: string): readonly JournalEntry[] {
    const bit = 1 << this.writer.groups.bitOf(group);
    return rows.flatMap(([row, groups]) =>
      (groups & bit) === 0
        ? []
        : [{ ...this.lineOf(row, group), household: '', recordedOn: dayOfNumber(row[2]), ...amountOf(row) }],
    );
  }

  private linesOf(rows: readonly BucketRow[]): readonly (Line & Amount)[] {
    const sums = new Map<string, { row: JournalRow; groups: number; households: number; persons: number }>();
    for (const [row, groups] of rows) {
      const [, standard, , effectiveOn, , column, counterpart, households, persons] = row;
      const key = `${standard}|${effectiveOn}|${column}|${counterpart}|${groups}`;
      const sum = sums.get(key);
      if (!sum) sums.set(key, { row, groups, households, persons });
      else {
        sum.households += households;
        sum.persons += persons;
      }
    }
    return [...sums.values()].flatMap(({ row, groups, households, persons }) =>
      households === 0 && persons === 0
        ? []
        : this.writer.groups
            .groupsIn(groups)
            .map((group) => ({ ...this.lineOf(row, group), households, persons })),
    );
  }

  balances(bookings: readonly Booking[]): void {
    bookings.forEach((booking) => this.writer.addToBalance(booking));
  }

  async finish({ checkpoint, parked, ...lists }: LoadedRest): Promise<void> {
    this.writer.sums.flush();
    this.writer.lists({ ...lists, totals: [] });
    parked.forEach((one) => this.writer.park(one));
    this.writer.checkpoint(checkpoint);
    this.database.exec(READ_INDEXES);
    this.writer.dropEmptyRows();
    this.database.exec('COMMIT');
  }

  private lineOf(row: JournalRow, group: string): Line {
    const [place, standard, , effectiveOn, , column, counterpart] = row;
    const { names } = this.writer;
    return {
      place: names.nameOf(place) as UnitId,
      standard: names.nameOf(standard),
      group,
      column: columnOf(column),
      effectiveOn: dayOfNumber(effectiveOn),
      counterpart: counterpart === 0 ? null : (names.nameOf(counterpart) as UnitId),
    };
  }
}

const amountOf = ([, , , , , , , households, persons]: JournalRow): Amount => ({ households, persons });
