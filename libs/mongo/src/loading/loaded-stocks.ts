import type { UnitId } from '@ledger/kernel';
import { dayOfNumber } from '@ledger/kernel';
import type { Column, JournalEntry } from '@ledger/poverty-rates';
import { COLUMN_ORDER, columnOf, listOf, NUMBERS_OF_A_ROW, ROW_AT } from '@ledger/poverty-rates';
import { ALL_HOUSEHOLDS } from '@ledger/standards';
import type { Numbering } from './numbering';

const IS_STOCK = COLUMN_ORDER.map((column: Column) => listOf(column) !== 'campaign');
const FIELDS = [
  ROW_AT.standard,
  ROW_AT.recordedOn,
  ROW_AT.effectiveOn,
  ROW_AT.column,
  ROW_AT.counterpart,
  ROW_AT.households,
  ROW_AT.persons,
];
const FIRST_LENGTH = 64 * FIELDS.length;

/**
 * What was loaded of the journal that classifies households, kept in memory by place: 28 bytes a row. Some places
 * have to be looked at again when all is loaded, nobody knows which, and the server cannot be asked at once.
 */
export class LoadedStocks {
  private readonly places = new Map<number, { numbers: Int32Array; used: number }>();

  constructor(
    private readonly names: Numbering,
    private readonly allHouseholds: number,
  ) {}

  take(rows: Int32Array): void {
    for (let at = 0; at < rows.length; at += NUMBERS_OF_A_ROW) {
      const counts = ((rows[at + ROW_AT.groups] as number) >>> this.allHouseholds) & 1;
      if (counts && IS_STOCK[rows[at + ROW_AT.column] as number]) this.keep(rows, at);
    }
  }

  /** Whose entries they are is not known any more. */
  of(place: UnitId): readonly JournalEntry[] {
    const kept = this.places.get(this.names.numberOf(place));
    if (!kept) return [];
    const entries: JournalEntry[] = [];
    for (let at = 0; at < kept.used; at += FIELDS.length) {
      const [standard, recordedOn, effectiveOn, column, counterpart, households, persons] =
        kept.numbers.subarray(at, at + FIELDS.length) as unknown as NumbersOfARow;
      entries.push({
        place,
        standard: this.names.textOf(standard),
        group: ALL_HOUSEHOLDS,
        column: columnOf(column),
        effectiveOn: dayOfNumber(effectiveOn),
        counterpart: counterpart === 0 ? null : (this.names.textOf(counterpart) as UnitId),
        household: '',
        recordedOn: dayOfNumber(recordedOn),
        households,
        persons,
      });
    }
    return entries;
  }

  private keep(rows: Int32Array, at: number): void {
    const place = rows[at + ROW_AT.place] as number;
    let kept = this.places.get(place);
    if (!kept) this.places.set(place, (kept = { numbers: new Int32Array(FIRST_LENGTH), used: 0 }));
    if (kept.used === kept.numbers.length) {
      const longer = new Int32Array(2 * kept.used);
      longer.set(kept.numbers);
      kept.numbers = longer;
    }
    for (const field of FIELDS) kept.numbers[kept.used++] = rows[at + field] as number;
  }
}

type NumbersOfARow = readonly [number, number, number, number, number, number, number];
