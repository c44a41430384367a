import type { PlainDate, UnitId } from '@ledger/kernel';
import { dayOfNumber, FIRST_DAY, numberOfDay } from '@ledger/kernel';
import type {
  Amount,
  EntriesQuery,
  HouseholdEvent,
  JournalEntry,
  JournalQuery,
  Line,
  TakeEntry,
} from '@ledger/poverty-rates';
import { codeOf, columnOf, isNothing, plus } from '@ledger/poverty-rates';
import type { GroupBits } from './group-bits';
import type { Names } from './names';
import type { Row, Statements } from './statements';

type LineWithAmount = Line & Amount;

/** Rows of the journal that were taken back later sum to nothing. */
const NOT_NOTHING = '(sum(j.households) <> 0 OR sum(j.persons) <> 0)';
const LINE = 'j.place, j.standard, j.effective_on, j.col, j.counterpart';
const SUMS = 'sum(j.households) AS households, sum(j.persons) AS persons';

/** No place has this number. */
const NOWHERE = 0;
const ENTRIES = `SELECT asked.key, j.col, j.effective_on, j.counterpart, j.households, j.persons
  FROM json_each(?) AS asked JOIN journal AS j ON j.place = asked.value
  WHERE j.standard = ? AND j.recorded_on BETWEEN ? AND ? AND j.groups_in & ? <> 0`;
type EntryRow = readonly [
  place: number,
  column: number,
  effectiveOn: number,
  counterpart: number,
  households: number,
  persons: number,
];

/** The questions that are put to the journal. */
export class JournalReader {
  constructor(
    private readonly statements: Statements,
    private readonly names: Names,
    private readonly groups: GroupBits,
  ) {}

  lines(query: JournalQuery): readonly LineWithAmount[] {
    const filter = this.filter(query);
    if (!filter) return [];
    const { where, values } = filter;
    if (query.group !== undefined) {
      const { group } = query;
      return this.statements
        .all(`SELECT ${LINE}, ${SUMS} FROM ${where} GROUP BY ${LINE} HAVING ${NOT_NOTHING}`, ...values)
        .map((row) => ({ ...this.lineOf(row, group), ...amountOf(row) }));
    }
    const rows = this.statements.all(
      `SELECT ${LINE}, j.groups_in, ${SUMS} FROM ${where} GROUP BY ${LINE}, j.groups_in HAVING ${NOT_NOTHING}`,
      ...values,
    );
    return addedUp(
      this.inEachGroup(rows, (row, group) => ({ ...this.lineOf(row, group), ...amountOf(row) })),
    );
  }

  /** As arrays, without names of days and places: a row takes half a microsecond, an object four times as long. */
  eachEntry({ places, standard, group, knownAfter, knownOn }: EntriesQuery, take: TakeEntry): number {
    const bit = this.groups.find(group);
    const standardId = this.names.find(standard);
    const ids = places.map((place) => this.names.find(place) ?? NOWHERE);
    if (bit === undefined || standardId === undefined) return 0;
    const rows = this.statements.rows<EntryRow>(
      ENTRIES,
      JSON.stringify(ids),
      standardId,
      knownAfter === undefined ? numberOfDay(FIRST_DAY) : numberOfDay(knownAfter) + 1,
      numberOfDay(knownOn),
      1 << bit,
    );
    for (const [place, column, effectiveOn, counterpart, households, persons] of rows) {
      const across = counterpart === 0 ? null : (this.names.nameOf(counterpart) as UnitId);
      take(place, columnOf(column), effectiveOn, across, households, persons);
    }
    return rows.length;
  }

  events(query: JournalQuery): readonly HouseholdEvent[] {
    const filter = this.filter(query);
    if (!filter) return [];
    const { where, values } = filter;
    return this.eventsIn(where, values, query.group);
  }

  /** The events of a condition on rows `j`, in one group or in all. */
  eventsIn(
    where: string,
    values: readonly (string | number)[],
    group: string | undefined,
  ): readonly HouseholdEvent[] {
    const grouped = group === undefined ? `${LINE}, j.household, j.groups_in` : `${LINE}, j.household`;
    const rows = this.statements.all(
      `SELECT ${grouped}, ${SUMS} FROM ${where} GROUP BY ${grouped} HAVING ${NOT_NOTHING}`,
      ...values,
    );
    const event = (row: Row, of: string): HouseholdEvent & Amount => ({
      ...this.lineOf(row, of),
      household: this.names.nameOf(Number(row['household'])),
      ...amountOf(row),
    });
    const events =
      group === undefined ? addedUp(this.inEachGroup(rows, event)) : rows.map((row) => event(row, group));
    return events.map(({ households: _households, persons: _persons, ...told }) => told);
  }

  /** The journal of one place, row by row. */
  entriesOf(place: UnitId): readonly JournalEntry[] {
    const id = this.names.find(place);
    if (id === undefined) return [];
    const rows = this.statements.all(
      `SELECT j.place, j.standard, j.recorded_on, j.effective_on, j.household, j.col, j.groups_in, j.counterpart,
         j.households, j.persons FROM journal AS j WHERE j.place = ?`,
      id,
    );
    return addedUp(
      this.inEachGroup(rows, (row, group) => ({
        ...this.lineOf(row, group),
        household: this.names.nameOf(Number(row['household'])),
        recordedOn: dayOfNumber(Number(row['recorded_on'])),
        ...amountOf(row),
      })),
    );
  }

  /** `undefined` where no row can meet the query. */
  filter(query: JournalQuery): { where: string; values: (string | number)[] } | undefined {
    const { places, standard, group, columns, effectiveFrom, effectiveTo, knownOn } = query;
    const conditions = ['j.effective_on <= ?'];
    const values: (string | number)[] = [this.idsOf(places), numberOfDay(effectiveTo)];
    const add = (condition: string, value: number): void => {
      conditions.push(condition);
      values.push(value);
    };
    if (standard !== undefined) {
      const id = this.names.find(standard);
      if (id === undefined) return undefined;
      add('j.standard = ?', id);
    }
    if (group !== undefined) {
      const bit = this.groups.find(group);
      if (bit === undefined) return undefined;
      add('j.groups_in & ? <> 0', 1 << bit);
    }
    if (effectiveFrom !== undefined) add('j.effective_on >= ?', numberOfDay(effectiveFrom));
    if (knownOn !== undefined) add('j.recorded_on <= ?', numberOfDay(knownOn));
    if (columns) conditions.push(`j.col IN (${columns.map(codeOf).join(',')})`);
    return {
      where: `json_each(?) AS asked JOIN journal AS j ON j.place = asked.value WHERE ${conditions.join(' AND ')}`,
      values,
    };
  }

  /** A list for `json_each`: each once, or what is joined to it would be there twice. */
  idsOf(names: readonly string[]): string {
    return JSON.stringify([...new Set(names.flatMap((name) => this.names.find(name) ?? []))]);
  }

  private inEachGroup<Told>(rows: readonly Row[], tell: (row: Row, group: string) => Told): Told[] {
    return rows.flatMap((row) =>
      this.groups.groupsIn(Number(row['groups_in'])).map((group) => tell(row, group)),
    );
  }

  private lineOf(row: Row, group: string): Line {
    const counterpart = Number(row['counterpart']);
    return {
      place: this.names.nameOf(Number(row['place'])) as UnitId,
      standard: this.names.nameOf(Number(row['standard'])),
      group,
      column: columnOf(Number(row['col'])),
      effectiveOn: dayOfNumber(Number(row['effective_on'])),
      counterpart: counterpart === 0 ? null : (this.names.nameOf(counterpart) as UnitId),
    };
  }
}

/** Rows of the same key but other groups, added up; those that come to nothing are left out. */
function addedUp<Told extends Line & Amount & { household?: string; recordedOn?: PlainDate }>(
  rows: readonly Told[],
): readonly Told[] {
  const sums = new Map<string, Told>();
  for (const row of rows) {
    const { place, standard, group, column, effectiveOn, counterpart, household = '', recordedOn = '' } = row;
    const key = [place, standard, group, column, effectiveOn, counterpart, household, recordedOn].join('|');
    const same = sums.get(key);
    sums.set(key, same ? { ...row, ...plus(same, row) } : row);
  }
  return [...sums.values()].filter((row) => !isNothing(row));
}

const amountOf = (row: Row): Amount => ({
  households: Number(row['households']),
  persons: Number(row['persons']),
});
