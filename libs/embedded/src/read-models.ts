import type { HouseholdTotalDeclared, UnitFact } from '@ledger/areas';
import type { Position } from '@ledger/event-sourcing';
import type { PlainDate, UnitId } from '@ledger/kernel';
import { dayOfNumber, FIRST_DAY, LAST_DAY, numberOfDay } from '@ledger/kernel';
import type {
  Amount,
  BalanceQuery,
  Booking,
  Checkpoint,
  Column,
  Counts,
  EntriesQuery,
  FirstClassification,
  HouseholdDocument,
  HouseholdEvent,
  JournalEntry,
  JournalQuery,
  Known,
  Line,
  OnListQuery,
  ParkedStream,
  ReadModelContents,
  TakeEntry,
} from '@ledger/poverty-rates';
import { columnOf, columnsOf } from '@ledger/poverty-rates';
import { ALL_HOUSEHOLDS } from '@ledger/standards';
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { BalanceTable } from './balance-table';
import { FactPacking } from './fact-packing';
import { GroupBits } from './group-bits';
import { JournalReader } from './journal-reader';
import { KnownNames, Names } from './names';
import { IS_POOR_AGAIN } from './read-schema';
import type { Row } from './statements';
import { Statements } from './statements';

const LONGEST_TURN_MS = 20;

/** One connection that reads: within `begin` and `end` it sees one state. */
export class SqliteReadModels implements ReadModelContents {
  readonly statements: Statements;
  private readonly names: Names;
  private readonly groups: GroupBits;
  private readonly packing: FactPacking;
  private readonly journal: JournalReader;
  private readonly balanceTable: BalanceTable;

  private turnSince = 0;

  constructor(
    private readonly database: DatabaseSync,
    known = new KnownNames(),
  ) {
    this.statements = new Statements(database);
    this.names = new Names(database, known);
    this.groups = new GroupBits(database);
    this.packing = new FactPacking(database, this.names);
    this.balanceTable = new BalanceTable(this.statements);
    this.journal = new JournalReader(this.statements, this.names, this.groups);
  }

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
    const lastDay = this.meta('lastDay');
    return {
      position: this.meta('position') as Position,
      lastDay: lastDay === '' ? null : (lastDay as PlainDate),
    };
  }

  async counts(): Promise<Counts> {
    return {
      units: this.lastOf('units'),
      totals: this.lastOf('totals'),
      classifications: this.lastOf('classifications'),
      repairs: Number(this.meta('repairs')),
    };
  }

  async unitFacts(from = 0): Promise<readonly Known<UnitFact>[]> {
    return this.statements
      .all('SELECT recorded_on, fact FROM units WHERE seq > ? ORDER BY seq', from)
      .map((row) => knownFact<UnitFact>(row));
  }

  async totals(from = 0): Promise<readonly Known<HouseholdTotalDeclared>[]> {
    return this.inBites('SELECT seq, recorded_on, fact FROM totals', from, (row) =>
      knownFact<HouseholdTotalDeclared>(row),
    );
  }

  async classifications(from = 0): Promise<readonly FirstClassification[]> {
    return this.inBites('SELECT * FROM classifications', from, (row) => {
      const { place, standard, recorded_on: recordedOn, first_on: on } = row;
      return {
        place: this.names.nameOf(Number(place)) as UnitId,
        standard: this.names.nameOf(Number(standard)),
        recordedOn: dayOfNumber(Number(recordedOn)),
        on: on === null ? null : dayOfNumber(Number(on)),
      };
    });
  }

  async household(id: string): Promise<HouseholdDocument | undefined> {
    const row = this.statements.one(
      'SELECT n.name, h.* FROM names AS n JOIN households AS h ON h.id = n.id WHERE n.name = ?',
      id,
    );
    return row && this.householdOf(row);
  }

  async households(ids: readonly string[]): Promise<readonly HouseholdDocument[]> {
    await this.takeTurns();
    const rows = this.statements.all(
      `SELECT n.name, h.* FROM json_each(?) AS asked JOIN names AS n ON n.name = asked.value
       JOIN households AS h ON h.id = n.id`,
      JSON.stringify([...new Set(ids)]),
    );
    return rows.map((row) => this.householdOf(row));
  }

  async balances({ unit, standard, group, from, to }: BalanceQuery): Promise<ReadonlyMap<Column, Amount>> {
    await this.takeTurns();
    const [asked, under, within] = [
      this.names.find(unit),
      this.names.find(standard),
      this.groups.find(group),
    ];
    if (asked === undefined || under === undefined || within === undefined) return new Map();
    const span = { unit: asked, standard: under, group: within };
    const sums = this.balanceTable.sums({
      ...span,
      from: numberOfDay(from ?? FIRST_DAY),
      to: numberOfDay(to),
    });
    return new Map(
      [...sums].map(([column, [households, persons]]) => [columnOf(column), { households, persons }]),
    );
  }

  async lines(query: JournalQuery): Promise<readonly (Line & Amount)[]> {
    await this.takeTurns();
    return this.journal.lines(query);
  }

  async eachEntry(query: EntriesQuery, take: TakeEntry): Promise<number> {
    await this.takeTurns();
    return this.journal.eachEntry(query, take);
  }

  async events(query: JournalQuery): Promise<readonly HouseholdEvent[]> {
    await this.takeTurns();
    return this.journal.events(query);
  }

  async poorAgain(
    households: readonly string[],
    to: PlainDate,
    knownOn?: PlainDate,
  ): Promise<readonly HouseholdEvent[]> {
    await this.takeTurns();
    const bit = this.groups.find(ALL_HOUSEHOLDS);
    if (bit === undefined) return [];
    return this.journal.eventsIn(
      `json_each(?) AS asked JOIN names AS n ON n.name = asked.value JOIN journal AS j ON j.household = n.id
       WHERE j.${IS_POOR_AGAIN} AND j.groups_in & ? <> 0 AND j.effective_on <= ? AND j.recorded_on <= ?`,
      [JSON.stringify([...new Set(households)]), 1 << bit, numberOfDay(to), numberOfDay(knownOn ?? LAST_DAY)],
      ALL_HOUSEHOLDS,
    );
  }

  async householdsOn({ list, on, after, limit, ...query }: OnListQuery): Promise<readonly string[]> {
    await this.takeTurns();
    const filter = this.journal.filter({ ...query, columns: columnsOf(list), effectiveTo: on });
    if (!filter) return [];
    const rows = this.statements.all(
      `SELECT n.name FROM (SELECT j.household FROM ${filter.where}
         GROUP BY j.household HAVING sum(j.households) > 0) AS standing
       JOIN names AS n ON n.id = standing.household WHERE n.name > ? ORDER BY n.name LIMIT ?`,
      ...filter.values,
      after ?? '',
      limit,
    );
    return rows.map(nameIn);
  }

  async listedAs(places: readonly UnitId[], number: string): Promise<readonly string[]> {
    const rows = this.statements.all(
      `SELECT n.name FROM json_each(?) AS asked
       JOIN households AS h ON h.listed_place = asked.value AND h.listed_number = ?
       JOIN names AS n ON n.id = h.id ORDER BY n.name`,
      this.journal.idsOf(places),
      number,
    );
    return rows.map(nameIn);
  }

  async parked(): Promise<readonly ParkedStream[]> {
    return this.statements
      .all('SELECT document FROM parked ORDER BY stream')
      .map((row) => JSON.parse(String(row['document'])) as ParkedStream);
  }

  async journalPlaces(): Promise<readonly UnitId[]> {
    return this.distinct('place', 'journal');
  }

  async journalOf(place: UnitId): Promise<readonly JournalEntry[]> {
    await this.takeTurns();
    return this.journal.entriesOf(place);
  }

  async balanceUnits(): Promise<readonly UnitId[]> {
    return this.distinct('unit', 'balances');
  }

  async balancesOf(unit: UnitId): Promise<readonly Booking[]> {
    await this.takeTurns();
    const id = this.names.find(unit);
    if (id === undefined) return [];
    const bookings: Booking[] = [];
    for (const [standard, group, effectiveOn, column, households, persons] of this.balanceTable.of(id)) {
      bookings.push({
        unit,
        standard: this.names.nameOf(standard),
        group: this.groups.nameOf(group),
        column: columnOf(column),
        effectiveOn: dayOfNumber(effectiveOn),
        households,
        persons,
      });
    }
    return bookings;
  }

  async householdIds(after: string, limit: number): Promise<readonly string[]> {
    return this.statements
      .all(
        `SELECT n.name FROM names AS n WHERE n.name > ? AND EXISTS (SELECT 1 FROM households AS h WHERE h.id = n.id)
         ORDER BY n.name LIMIT ?`,
        after,
        limit,
      )
      .map(nameIn);
  }

  private meta(key: string): string {
    return String(this.statements.one('SELECT value FROM meta WHERE key = ?', key)?.['value'] ?? '');
  }

  /** Rows are numbered without a gap and never deleted: the last number is the count. */
  private lastOf(table: 'units' | 'totals' | 'classifications'): number {
    return Number(this.statements.one(`SELECT coalesce(max(seq), 0) AS seq FROM ${table}`)?.['seq']);
  }

  /** Each name once, by jumping from one to the next in the primary key. */
  private distinct(column: string, table: string): readonly UnitId[] {
    const rows = this.statements.all(
      `WITH RECURSIVE found(id) AS (
         SELECT min(${column}) FROM ${table}
         UNION ALL
         SELECT (SELECT min(${column}) FROM ${table} WHERE ${column} > found.id) FROM found WHERE found.id IS NOT NULL
       ) SELECT n.name FROM found JOIN names AS n ON n.id = found.id`,
    );
    return rows.map((row) => nameIn(row) as UnitId).sort();
  }

  /** A list that may be long, so that others have their turn in between. */
  private async inBites<Told>(select: string, from: number, tell: (row: Row) => Told): Promise<Told[]> {
    const told: Told[] = [];
    for (let after = from; ;) {
      await this.takeTurns();
      const rows = this.statements.all(`${select} WHERE seq > ? ORDER BY seq LIMIT ${BITE}`, after);
      for (const row of rows) told.push(tell(row));
      if (rows.length < BITE) return told;
      after = Number(rows.at(-1)?.['seq']);
    }
  }

  private householdOf(row: Row): HouseholdDocument {
    const { listed_place: place, listed_number: number } = row;
    return {
      id: nameIn(row),
      facts: this.packing.unpack(row['facts'] as Uint8Array),
      listed:
        number === null
          ? null
          : { place: this.names.nameOf(Number(place)) as UnitId, number: String(number) },
    };
  }

  /** The driver holds the thread: an answer of many questions lets the others have theirs in between. */
  private async takeTurns(): Promise<void> {
    if (performance.now() - this.turnSince < LONGEST_TURN_MS) return;
    await nextTurn();
    this.turnSince = performance.now();
  }
}

const BITE = 2_000;

const nameIn = (row: Row): string => String(row['name']);

function knownFact<Fact>(row: Row): Known<Fact> {
  return {
    fact: JSON.parse(String(row['fact'])) as Fact,
    recordedOn: String(row['recorded_on']) as PlainDate,
  };
}
