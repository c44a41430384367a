import { DatabaseSync } from 'node:sqlite';
import type { HouseholdTotalDeclared, UnitFact } from '@ledger/areas';
import type { Position } from '@ledger/event-sourcing';
import type { PlainDate, UnitId } from '@ledger/kernel';
import type { Dump } from '@ledger/poverty-rates/testing';
import { canonicalDump } from '@ledger/poverty-rates/testing';
import { columnOf } from '../read-schema';

type Row = Record<string, unknown>;

/**
 * Everything that a file of read models holds, table by table, as {@link canonicalDump} tells it: equal to
 * the dump of another adapter that holds the same. It reads the tables, not the port, so that it also sees
 * rows that no answer shows.
 */
export function dumpReadModels(file: string): Dump {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    database.exec('BEGIN');
    return dumpOf((sql) => database.prepare(sql).all());
  } finally {
    database.close();
  }
}

function dumpOf(all: (sql: string) => Row[]): Dump {
  const meta = new Map(all('SELECT key, value FROM meta').map(({ key, value }) => [key, value]));
  const lastDay = meta.get('lastDay') as PlainDate | '';
  return canonicalDump({
    checkpoint: { position: meta.get('position') as Position, lastDay: lastDay === '' ? null : lastDay },
    journal: all('SELECT * FROM journal').map((row) => ({
      ...{ place: row['place'] as UnitId, household: row['household'] as string },
      ...{ counterpart: row['counterpart'] === '' ? null : (row['counterpart'] as UnitId) },
      recordedOn: row['recorded_on'] as PlainDate,
      ...bookedIn(row),
    })),
    balances: all('SELECT * FROM balances').map((row) => ({ unit: row['unit'] as UnitId, ...bookedIn(row) })),
    households: all('SELECT * FROM households').map((row) => ({
      id: row['id'] as string,
      facts: fromJson(row['facts']),
      listed:
        row['listed_number'] === null
          ? null
          : { place: row['listed_place'] as UnitId, number: row['listed_number'] as string },
    })),
    units: all('SELECT * FROM units ORDER BY seq').map((row) => known<UnitFact>(row)),
    totals: all('SELECT * FROM totals ORDER BY seq').map((row) => known<HouseholdTotalDeclared>(row)),
    parked: all('SELECT * FROM parked').map((row) => fromJson(row['document'])),
  });
}

/** What the rows of journal and balances have in common. */
const bookedIn = (row: Row) => ({
  standard: row['standard'] as string,
  group: row['grp'] as string,
  column: columnOf(row['col'] as number),
  effectiveOn: row['effective_on'] as PlainDate,
  households: row['households'] as number,
  persons: row['persons'] as number,
});

const known = <Fact>(row: Row): { fact: Fact; recordedOn: PlainDate } => ({
  fact: fromJson(row['fact']),
  recordedOn: row['recorded_on'] as PlainDate,
});

const fromJson = <Value>(text: unknown): Value => JSON.parse(text as string) as Value;
