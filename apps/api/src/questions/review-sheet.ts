import { FILES } from '@ledger/imports';
import type { ListedHousehold } from '@ledger/poverty-rates';
import type { CsvRow } from '../http/csv';

/** What goes out is what an import takes in: `current_status` among it, which the import ignores. */
export const REVIEW_SHEET_COLUMNS = FILES.reviews.columns;

/** A household's row of the sheet: who it is, and nothing that the review has yet to find out. */
export function reviewSheetRow({ householdId, unitCode, listNumber, status }: ListedHousehold): CsvRow {
  return { household_id: householdId, unit_code: unitCode, list_number: listNumber, current_status: status };
}
