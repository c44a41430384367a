import type { HouseholdTotalDeclared, UnitFact } from '@ledger/areas';
import type { Position } from '@ledger/event-sourcing';
import type { PlainDate, UnitId } from '@ledger/kernel';
import { LAST_DAY } from '@ledger/kernel';
import type {
  Amount,
  BalanceQuery,
  Checkpoint,
  Column,
  HouseholdDocument,
  HouseholdEvent,
  JournalQuery,
  KeptFact,
  Known,
  Line,
  OnListQuery,
  ParkedStream,
  ReadModels,
} from '@ledger/poverty-rates';
import { COLUMN_ORDER, columnsOf } from '@ledger/poverty-rates';
import { ALL_HOUSEHOLDS } from '@ledger/standards';
import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { codeOf, columnOf, POOR_AGAIN } from './read-schema';

type Row = Record<string, SQLOutputValue>;

const LONGEST_TURN_MS = 20;

/** Stock columns that are booked where a household lives; boundaries bring stock from elsewhere. */
const MOVED_CODES = COLUMN_ORDER.filter((column) => !/^campaign\.|\.boundary/.test(column)).map(codeOf);
const STOCK_CODES = COLUMN_ORDER.filter((column) => !column.startsWith('campaign.')).map(codeOf);

/** Rows of the journal that were taken back later sum to nothing. */
const NOT_NOTHING = '(sum(j.households) <> 0 OR sum(j.persons) <> 0)';

/** One connection that reads: within `begin` and `end` it sees one state. */
export class SqliteReadModels implements ReadModels {
  private readonly prepared = new Map<string, StatementSync>();

  private turnSince = 0;

  constructor(private readonly database: DatabaseSync) {}

  begin(): void {
    this.database.exec('BEGIN');
    this.turnSince = performance.now();
  }

  end(): void {
    this.database.exec('COMMIT');
  }

  close(): void {
    this.database.close();
  }

  async checkpoint(): Promise<Checkpoint> {
    const value = (key: string): string =>
      String(this.one('SELECT value FROM meta WHERE key = ?', key)?.['value'] ?? '');
    const lastDay = value('lastDay');
    return {
      position: value('position') as Position,
      lastDay: lastDay === '' ? null : (lastDay as PlainDate),
    };
  }

  async unitsVersion(): Promise<string> {
    return String(this.one('SELECT coalesce(max(seq), 0) AS seq FROM units')?.['seq']);
  }

  async unitFacts(): Promise<readonly Known<UnitFact>[]> {
    return this.all('SELECT recorded_on, fact FROM units ORDER BY seq').map((row) =>
      knownFact<UnitFact>(row),
    );
  }

  async totals(units: readonly UnitId[], group?: string): Promise<readonly Known<HouseholdTotalDeclared>[]> {
    await this.takeTurns();
    const rows = this.all(
      `SELECT t.recorded_on, t.fact FROM json_each(?) AS asked JOIN totals AS t ON t.unit = asked.value
       ${group === undefined ? '' : 'AND t.grp = ?'} ORDER BY t.seq`,
      listOf(units),
      ...(group === undefined ? [] : [group]),
    );
    return rows.map((row) => knownFact<HouseholdTotalDeclared>(row));
  }

  async household(id: string): Promise<HouseholdDocument | undefined> {
    const row = this.one('SELECT * FROM households WHERE id = ?', id);
    return row && householdOf(row);
  }

  async households(ids: readonly string[]): Promise<readonly HouseholdDocument[]> {
    await this.takeTurns();
    return this.all(
      'SELECT h.* FROM json_each(?) AS asked JOIN households AS h ON h.id = asked.value',
      listOf(ids),
    ).map(householdOf);
  }

  async balances({ unit, standard, group, from, to }: BalanceQuery): Promise<ReadonlyMap<Column, Amount>> {
    await this.takeTurns();
    const rows = this.all(
      `SELECT col, sum(households) AS households, sum(persons) AS persons FROM balances
       WHERE unit = ? AND standard = ? AND grp = ? AND effective_on BETWEEN ? AND ? GROUP BY col`,
      unit,
      standard,
      group,
      from ?? '',
      to,
    );
    return new Map(rows.map((row) => [columnOf(Number(row['col'])), amountOf(row)]));
  }

  async lines(query: JournalQuery): Promise<readonly (Line & Amount)[]> {
    await this.takeTurns();
    const { where, values } = journalFilter(query);
    const line = 'j.place, j.standard, j.grp, j.col, j.effective_on, j.counterpart';
    return this.all(
      `SELECT ${line}, sum(j.households) AS households, sum(j.persons) AS persons FROM ${where}
       GROUP BY ${line} HAVING ${NOT_NOTHING}`,
      ...values,
    ).map((row) => ({ ...lineOf(row), ...amountOf(row) }));
  }

  async events(query: JournalQuery): Promise<readonly HouseholdEvent[]> {
    await this.takeTurns();
    const { where, values } = journalFilter(query);
    const line = 'j.household, j.place, j.standard, j.grp, j.col, j.effective_on, j.counterpart';
    return this.all(`SELECT ${line} FROM ${where} GROUP BY ${line} HAVING ${NOT_NOTHING}`, ...values).map(
      (row) => ({ ...lineOf(row), household: String(row['household']) }),
    );
  }

  async poorAgain(
    households: readonly string[],
    to: PlainDate,
    knownOn?: PlainDate,
  ): Promise<readonly HouseholdEvent[]> {
    await this.takeTurns();
    const line = 'j.household, j.place, j.standard, j.grp, j.col, j.effective_on, j.counterpart';
    return this.all(
      `SELECT ${line} FROM json_each(?) AS asked JOIN journal AS j ON j.household = asked.value
       WHERE j.${POOR_AGAIN} AND j.grp = ? AND j.effective_on <= ? AND j.recorded_on <= ?
       GROUP BY ${line} HAVING ${NOT_NOTHING}`,
      listOf(households),
      ALL_HOUSEHOLDS,
      to,
      knownOn ?? LAST_DAY,
    ).map((row) => ({ ...lineOf(row), household: String(row['household']) }));
  }

  async householdsOn({ list, on, after, limit, ...query }: OnListQuery): Promise<readonly string[]> {
    await this.takeTurns();
    const { where, values } = journalFilter({ ...query, columns: columnsOf(list), effectiveTo: on });
    return this.all(
      `SELECT j.household FROM ${where} AND j.household > ? GROUP BY j.household
       HAVING sum(j.households) > 0 ORDER BY j.household LIMIT ?`,
      ...values,
      after ?? '',
      limit,
    ).map((row) => String(row['household']));
  }

  async listedAs(places: readonly UnitId[], number: string): Promise<readonly string[]> {
    return this.all(
      `SELECT h.id FROM json_each(?) AS asked
       JOIN households AS h ON h.listed_place = asked.value AND h.listed_number = ? ORDER BY h.id`,
      listOf(places),
      number,
    ).map((row) => String(row['id']));
  }

  async classifiedPlaces(
    places: readonly UnitId[],
    standard: string,
    on: PlainDate,
    knownOn?: PlainDate,
  ): Promise<ReadonlySet<UnitId>> {
    await this.takeTurns();
    // A balance of the commune that a place began as can only come from the place: most are known by that.
    const balanced = knownOn === undefined ? this.balancedPlaces(places, standard, on) : [];
    const classified = new Set(balanced);
    for (const place of places) {
      if (!classified.has(place) && this.isClassified(place, standard, on, knownOn ?? LAST_DAY))
        classified.add(place);
    }
    return classified;
  }

  async parked(): Promise<readonly ParkedStream[]> {
    return this.all('SELECT document FROM parked ORDER BY stream').map(
      (row) => JSON.parse(String(row['document'])) as ParkedStream,
    );
  }

  private balancedPlaces(places: readonly UnitId[], standard: string, on: PlainDate): UnitId[] {
    return this.all(
      `SELECT asked.value AS place FROM json_each(?) AS asked WHERE EXISTS (
         SELECT 1 FROM balances AS b WHERE b.unit = asked.value AND b.standard = ? AND b.grp = ?
         AND b.effective_on <= ? AND b.col IN (${MOVED_CODES.join(',')}))`,
      listOf(places),
      standard,
      ALL_HOUSEHOLDS,
      on,
    ).map((row) => String(row['place']) as UnitId);
  }

  /** What was booked may have been taken back since: then it is as if nothing had been known. */
  private isClassified(place: UnitId, standard: string, on: PlainDate, knownOn: PlainDate): boolean {
    const left = this.one(
      `SELECT 1 FROM journal WHERE place = ? AND standard = ? AND recorded_on <= ? AND effective_on <= ?
       AND grp = ? AND col IN (${STOCK_CODES.join(',')}) GROUP BY effective_on, col, counterpart
       HAVING sum(households) <> 0 OR sum(persons) <> 0 LIMIT 1`,
      place,
      standard,
      knownOn,
      on,
      ALL_HOUSEHOLDS,
    );
    return left !== undefined;
  }

  private all(sql: string, ...values: (string | number)[]): Row[] {
    return this.statement(sql).all(...values);
  }

  private one(sql: string, ...values: (string | number)[]): Row | undefined {
    return this.statement(sql).get(...values);
  }

  /** The driver holds the thread: an answer of many questions lets the others have theirs in between. */
  private async takeTurns(): Promise<void> {
    if (performance.now() - this.turnSince < LONGEST_TURN_MS) return;
    await nextTurn();
    this.turnSince = performance.now();
  }

  private statement(sql: string): StatementSync {
    const statement = this.prepared.get(sql) ?? this.database.prepare(sql);
    this.prepared.set(sql, statement);
    return statement;
  }
}

/** A list for `json_each`: each value once, or what is joined to it would be there twice. */
const listOf = (values: readonly string[]): string => JSON.stringify([...new Set(values)]);

function journalFilter(query: JournalQuery): { where: string; values: (string | number)[] } {
  const { places, standard, group, columns, effectiveFrom, effectiveTo, knownOn } = query;
  const conditions = ['j.effective_on <= ?'];
  const values: (string | number)[] = [listOf(places), effectiveTo];
  const add = (condition: string, value: string): void => {
    conditions.push(condition);
    values.push(value);
  };
  if (standard !== undefined) add('j.standard = ?', standard);
  if (group !== undefined) add('j.grp = ?', group);
  if (effectiveFrom !== undefined) add('j.effective_on >= ?', effectiveFrom);
  if (knownOn !== undefined) add('j.recorded_on <= ?', knownOn);
  if (columns) conditions.push(`j.col IN (${columns.map(codeOf).join(',')})`);
  return {
    where: `json_each(?) AS asked JOIN journal AS j ON j.place = asked.value WHERE ${conditions.join(' AND ')}`,
    values,
  };
}

function lineOf(row: Row): Line {
  const counterpart = String(row['counterpart']);
  return {
    place: String(row['place']) as UnitId,
    standard: String(row['standard']),
    group: String(row['grp']),
    column: columnOf(Number(row['col'])),
    effectiveOn: String(row['effective_on']) as PlainDate,
    counterpart: counterpart === '' ? null : (counterpart as UnitId),
  };
}

const amountOf = (row: Row): Amount => ({
  households: Number(row['households']),
  persons: Number(row['persons']),
});

function knownFact<Fact>(row: Row): Known<Fact> {
  return {
    fact: JSON.parse(String(row['fact'])) as Fact,
    recordedOn: String(row['recorded_on']) as PlainDate,
  };
}

function householdOf(row: Row): HouseholdDocument {
  const { listed_place: place, listed_number: number } = row;
  return {
    id: String(row['id']),
    facts: JSON.parse(String(row['facts'])) as KeptFact[],
    listed: number === null ? null : { place: String(place) as UnitId, number: String(number) },
  };
}
