/** What a file may hold; the order is the one in which a day of old books is entered. */
export const IMPORT_KINDS = ['units', 'totals', 'households', 'reviews'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

export const isImportKind = (word: string): word is ImportKind =>
  (IMPORT_KINDS as readonly string[]).includes(word);

interface KindOfFile {
  readonly columns: readonly string[];
  /** Every row needs them: a file without one of each line is refused before any row. */
  readonly necessary: readonly (readonly string[])[];
  /** They name what a row is about, or are ignored: a row with nothing else is blank. */
  readonly naming: readonly string[];
}

/** Told of a household by its list, for whoever fills the sheet in: never read. */
export const IGNORED_COLUMN = 'current_status';

export const RECORDED_ON = 'recorded_on';
export const RECORDED_BY = 'recorded_by';
export const MIGRATION_COLUMNS: readonly string[] = [RECORDED_ON, RECORDED_BY];

/** Of `necessary`, one entry of a line is enough; `a+b` are two columns that go together. */
export const FILES: Readonly<Record<ImportKind, KindOfFile>> = {
  units: {
    columns: 'code,name,level,parent_code,area_type,valid_from,valid_to,legal_basis'.split(','),
    necessary: [['code'], ['name'], ['level'], ['valid_from']],
    naming: [],
  },
  totals: {
    columns: 'unit_code,on,group,households,persons,source'.split(','),
    necessary: [['unit_code'], ['on'], ['group'], ['households'], ['source']],
    naming: ['unit_code'],
  },
  households: {
    columns: 'household_id,unit_code,village,registered_on,members,groups,list_number'.split(','),
    necessary: [['unit_code'], ['registered_on'], ['members'], ['household_id', 'list_number']],
    naming: ['household_id', 'unit_code', 'list_number'],
  },
  reviews: {
    columns: [
      ...'household_id,unit_code,list_number,kind,standard,channel,effective_on,outcome,area_type'.split(','),
      ...'income_score,income_per_capita,deprivations,causes,groups,members,village,reason'.split(','),
      ...'override_reason,decision_no,decision_date,decision_authority'.split(','),
      IGNORED_COLUMN,
    ],
    necessary: [['effective_on'], ['household_id', 'unit_code+list_number']],
    naming: ['household_id', 'unit_code', 'list_number', IGNORED_COLUMN],
  },
};
