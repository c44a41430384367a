import { COLUMN_ORDER } from '@ledger/poverty-rates';

/** "PLrm": the file is ours and holds read models. */
export const READ_APPLICATION_ID = 0x504c726d;

/**
 * Grows whenever the tables, the order of the columns or the rules of the fold change. Read models of
 * another version are not read: they are disposable, and made again from the log.
 */
export const READ_VERSION = 1;

const CODES = new Map(COLUMN_ORDER.map((column, code) => [column, code]));

/** A column as it is stored: its place in the order of all columns. */
export function codeOf(column: (typeof COLUMN_ORDER)[number]): number {
  const code = CODES.get(column);
  if (code === undefined) throw new Error(`no column ${column}`);
  return code;
}

export function columnOf(code: number): (typeof COLUMN_ORDER)[number] {
  const column = COLUMN_ORDER[code];
  if (column === undefined) throw new Error(`no column with code ${code}`);
  return column;
}

/** The entries that a cohort of escaped households is asked for: few, and found by household. */
export const POOR_AGAIN = `col IN (${codeOf('poor.rePoor')}, ${codeOf('poor.becamePoorFromNearPoor')})`;

/** Rows that were taken back altogether. Few and short-lived: each batch removes those that it made. */
export const NOTHING = 'households = 0 AND persons = 0';

/**
 * The journal has the recorded day before the effective day: asked as known on an earlier day, it does not
 * even look at what was overwritten since. Balances have the day before the column: a rate is one range.
 */
export const READ_SCHEMA = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE journal (
    place TEXT NOT NULL, standard TEXT NOT NULL, recorded_on TEXT NOT NULL, effective_on TEXT NOT NULL,
    household TEXT NOT NULL, grp TEXT NOT NULL, col INTEGER NOT NULL, counterpart TEXT NOT NULL,
    households INTEGER NOT NULL, persons INTEGER NOT NULL,
    PRIMARY KEY (place, standard, recorded_on, effective_on, household, grp, col, counterpart)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX journal_poor_again ON journal (household) WHERE ${POOR_AGAIN};
  CREATE INDEX journal_nothing ON journal (place) WHERE ${NOTHING};
  CREATE TABLE balances (
    unit TEXT NOT NULL, standard TEXT NOT NULL, grp TEXT NOT NULL, effective_on TEXT NOT NULL, col INTEGER NOT NULL,
    households INTEGER NOT NULL, persons INTEGER NOT NULL,
    PRIMARY KEY (unit, standard, grp, effective_on, col)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX balances_nothing ON balances (unit) WHERE ${NOTHING};
  CREATE TABLE households (
    id TEXT PRIMARY KEY, facts TEXT NOT NULL, listed_place TEXT, listed_number TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX households_listed ON households (listed_place, listed_number) WHERE listed_number IS NOT NULL;
  CREATE TABLE units (seq INTEGER PRIMARY KEY, recorded_on TEXT NOT NULL, fact TEXT NOT NULL) STRICT;
  CREATE TABLE totals (
    seq INTEGER PRIMARY KEY, unit TEXT NOT NULL, grp TEXT NOT NULL, recorded_on TEXT NOT NULL, fact TEXT NOT NULL
  ) STRICT;
  CREATE INDEX totals_unit ON totals (unit, grp, seq);
  CREATE TABLE parked (stream TEXT PRIMARY KEY, document TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;
