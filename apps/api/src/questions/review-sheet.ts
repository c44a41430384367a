import type { ListedHousehold } from '@ledger/poverty-rates';
import type { CsvRow } from '../http/csv';

/** The columns of a `reviews` file, and `current_status`, which an import ignores. */
export const REVIEW_SHEET_COLUMNS = [
  'household_id',
  'unit_code',
  'list_number',
  'kind',
  'standard',
  'channel',
  'effective_on',
  'outcome',
  'area_type',
  'income_score',
  'income_per_capita',
  'deprivations',
  'causes',
  'groups',
  'members',
  'village',
  'reason',
  'override_reason',
  'decision_no',
  'decision_date',
  'decision_authority',
  'current_status',
] as const;

/** A household's row of the sheet: who it is, and nothing that the review has yet to find out. */
export function reviewSheetRow({ householdId, unitCode, listNumber, status }: ListedHousehold): CsvRow {
  return { household_id: householdId, unit_code: unitCode, list_number: listNumber, current_status: status };
}
