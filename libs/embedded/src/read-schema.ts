import { codeOf, POOR_AGAIN } from '@ledger/poverty-rates';

/** "PLrm": the file is ours and holds read models. */
export const READ_APPLICATION_ID = 0x504c726d;

/**
 * Grows whenever the tables, the order of the columns or the rules of the fold change. Read models of
 * another version are not read: they are disposable, and made again from the log.
 */
export const READ_VERSION = 2;

/** {@link POOR_AGAIN} as a condition, the same to the letter in index and question. */
export const IS_POOR_AGAIN = `col IN (${POOR_AGAIN.map(codeOf).join(', ')})`;

/** Rows that were taken back altogether. Few and short-lived: each batch removes those that it made. */
export const NOTHING = 'households = 0 AND persons = 0';

/**
 * Everything that comes again and again is a number: units, places, standards and households are numbers of
 * `names`, days are counted from 1970-01-01, columns are {@link codeOf} them, and a row of the journal is
 * there once for all the groups in which it counts, as bits of `groups_in`.
 *
 * The journal has the recorded day before the effective day: asked as known on an earlier day, it does not
 * even look at what was overwritten since. Balances are a row a year, with the
 * days in it packed (balance-rows.ts): a rate adds up a few years and the days of one.
 */
export const READ_TABLES = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE groups (bit INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE sayings (id INTEGER PRIMARY KEY, saying TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE journal (
    place INTEGER NOT NULL, standard INTEGER NOT NULL, recorded_on INTEGER NOT NULL, effective_on INTEGER NOT NULL,
    household INTEGER NOT NULL, col INTEGER NOT NULL, groups_in INTEGER NOT NULL, counterpart INTEGER NOT NULL,
    households INTEGER NOT NULL, persons INTEGER NOT NULL,
    PRIMARY KEY (place, standard, recorded_on, effective_on, household, col, groups_in, counterpart)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE balances (
    unit INTEGER NOT NULL, standard INTEGER NOT NULL, in_group INTEGER NOT NULL, year INTEGER NOT NULL,
    totals BLOB NOT NULL, days BLOB NOT NULL,
    PRIMARY KEY (unit, standard, in_group, year)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE households (
    id INTEGER PRIMARY KEY, facts BLOB NOT NULL, listed_place INTEGER, listed_number TEXT
  ) STRICT;
  CREATE TABLE units (seq INTEGER PRIMARY KEY, recorded_on TEXT NOT NULL, fact TEXT NOT NULL) STRICT;
  CREATE TABLE totals (seq INTEGER PRIMARY KEY, recorded_on TEXT NOT NULL, fact TEXT NOT NULL) STRICT;
  CREATE TABLE classifications (
    seq INTEGER PRIMARY KEY, place INTEGER NOT NULL, standard INTEGER NOT NULL, recorded_on INTEGER NOT NULL,
    first_on INTEGER
  ) STRICT;
  CREATE TABLE parked (stream TEXT PRIMARY KEY, document TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

/** Made after the rows when many are loaded at once. */
export const READ_INDEXES = `
  CREATE INDEX journal_poor_again ON journal (household) WHERE ${IS_POOR_AGAIN};
  CREATE INDEX journal_nothing ON journal (place) WHERE ${NOTHING};
  CREATE INDEX households_listed ON households (listed_place, listed_number) WHERE listed_number IS NOT NULL;
`;
