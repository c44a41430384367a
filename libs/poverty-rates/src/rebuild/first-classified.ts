import type { Column } from '../ledger/columns';
import { COLUMN_ORDER, listOf } from '../ledger/columns';
import { entryOf } from '../packed/entry-of';
import { FewNumbers } from '../packed/few-numbers';
import { NUMBERS_OF_A_ROW, ROW_AT } from './journal-rows';

/** What is known of the first classification of a place under a standard while its journal comes in. */
interface FirstDay {
  readonly place: number;
  readonly standard: number;
  /** The first recorded day of any entry. */
  recordedOn: number;
  /** The first effective day, and of its entries: the first recorded day, and whether one takes back. */
  on: number;
  knownOn: number;
  takenBack: boolean;
}

export interface FoundFirst {
  readonly place: number;
  readonly standard: number;
  readonly recordedOn: number;
  readonly on: number;
  /** What was classified first is still the first, and nothing of its day was taken back. */
  readonly neverChanged: boolean;
}

const IS_STOCK = COLUMN_ORDER.map((column: Column) => listOf(column) !== 'campaign');
const STANDARDS = 1_024;

/**
 * Finds the first classification of each place while the rows of the journal pass, without keeping them: for
 * most places it never changed, and for the others the whole journal has to be looked at.
 */
export class FirstClassified {
  private readonly days = new Map<number, FirstDay>();
  private readonly standards = new FewNumbers();

  /** @param allHouseholds the bit of the group of all: others count what it has counted */
  constructor(private readonly allHouseholds: number) {}

  take(rows: Int32Array): void {
    for (let at = 0; at < rows.length; at += NUMBERS_OF_A_ROW) {
      const groups = rows[at + ROW_AT.groups] as number;
      if ((groups >>> this.allHouseholds) & 1 && IS_STOCK[rows[at + ROW_AT.column] as number])
        this.takeRow(rows, at);
    }
  }

  *found(): Generator<FoundFirst> {
    const days = [...this.days.values()].sort((a, b) => a.place - b.place || a.standard - b.standard);
    for (const { place, standard, recordedOn, on, knownOn, takenBack } of days) {
      yield { place, standard, recordedOn, on, neverChanged: knownOn === recordedOn && !takenBack };
    }
  }

  private takeRow(rows: Int32Array, at: number): void {
    const recordedOn = rows[at + ROW_AT.recordedOn] as number;
    const on = rows[at + ROW_AT.effectiveOn] as number;
    const takesBack =
      (rows[at + ROW_AT.households] as number) < 0 || (rows[at + ROW_AT.persons] as number) < 0;
    const first = this.firstDayOf(rows[at + ROW_AT.place] as number, rows[at + ROW_AT.standard] as number);
    first.recordedOn = Math.min(first.recordedOn, recordedOn);
    if (on < first.on) Object.assign(first, { on, knownOn: recordedOn, takenBack: takesBack });
    else if (on === first.on) {
      first.knownOn = Math.min(first.knownOn, recordedOn);
      first.takenBack ||= takesBack;
    }
  }

  private firstDayOf(place: number, standard: number): FirstDay {
    return entryOf(this.days, place * STANDARDS + this.standards.indexOf(standard), () => ({
      ...{ place, standard },
      ...{ recordedOn: Infinity, on: Infinity, knownOn: Infinity, takenBack: false },
    }));
  }
}
