import type { UnitId } from '@ledger/kernel';
import { dayOfNumber } from '@ledger/kernel';
import { columnOf, NUMBERS_OF_A_ROW, ROW_AT } from '@ledger/poverty-rates';
import type { JournalDocument } from '../documents/journal';
import { journalDocument } from '../documents/journal';
import type { Numbering } from './numbering';

const NUMBERS_OF_A_KEY = ROW_AT.households;

/** The documents of rows of the journal, which are in the order of their keys: rows on one key add up. */
export function* documentsOf(
  rows: Int32Array,
  names: Numbering,
  groupsIn: (bits: number) => readonly string[],
): Generator<JournalDocument> {
  for (let at = 0; at < rows.length;) {
    let households = 0;
    let persons = 0;
    const first = at;
    do {
      households += rows[at + ROW_AT.households] as number;
      persons += rows[at + ROW_AT.persons] as number;
      at += NUMBERS_OF_A_ROW;
    } while (at < rows.length && sameKey(rows, first, at));
    if (households === 0 && persons === 0) continue;
    const number = (field: number): number => rows[first + field] as number;
    const counterpart = number(ROW_AT.counterpart);
    yield journalDocument(
      {
        place: names.textOf(number(ROW_AT.place)) as UnitId,
        standard: names.textOf(number(ROW_AT.standard)),
        recordedOn: dayOfNumber(number(ROW_AT.recordedOn)),
        effectiveOn: dayOfNumber(number(ROW_AT.effectiveOn)),
        household: names.textOf(number(ROW_AT.household)),
        column: columnOf(number(ROW_AT.column)),
        counterpart: counterpart === 0 ? null : (names.textOf(counterpart) as UnitId),
      },
      groupsIn(number(ROW_AT.groups)),
      { households, persons },
    );
  }
}

function sameKey(rows: Int32Array, a: number, b: number): boolean {
  for (let field = 0; field < NUMBERS_OF_A_KEY; field++)
    if (rows[a + field] !== rows[b + field]) return false;
  return true;
}
