import type { HouseholdTotalDeclared, UnitFact } from '@ledger/areas';
import { START } from '@ledger/event-sourcing';
import type { PlainDate, UnitId } from '@ledger/kernel';
import { FIRST_DAY, LAST_DAY, numberOfDay } from '@ledger/kernel';
import { ALL_HOUSEHOLDS } from '@ledger/standards';
import type { Booking } from '../ledger/booking';
import type { Column } from '../ledger/columns';
import { columnsOf } from '../ledger/columns';
import type { Amount, JournalEntry, Line } from '../ledger/movement';
import { isNothing, NOTHING, plus } from '../ledger/movement';
import type {
  BalanceQuery,
  Checkpoint,
  Counts,
  EntriesQuery,
  FirstClassification,
  HouseholdDocument,
  HouseholdEvent,
  JournalQuery,
  Known,
  OnListQuery,
  ParkedStream,
  ReadModelContents,
  TakeEntry,
} from '../read-store';

/** One state of the read models. It never changes: a batch makes the next one. */
export interface InMemoryState {
  readonly checkpoint: Checkpoint;
  readonly journal: ReadonlyMap<string, JournalEntry>;
  readonly balances: ReadonlyMap<string, Booking>;
  readonly households: ReadonlyMap<string, HouseholdDocument>;
  readonly units: readonly Known<UnitFact>[];
  readonly totals: readonly Known<HouseholdTotalDeclared>[];
  readonly classifications: readonly FirstClassification[];
  readonly repairs: number;
  readonly parked: ReadonlyMap<string, ParkedStream>;
}

export const EMPTY: InMemoryState = {
  checkpoint: { position: START, lastDay: null },
  journal: new Map(),
  balances: new Map(),
  households: new Map(),
  units: [],
  totals: [],
  classifications: [],
  repairs: 0,
  parked: new Map(),
};

/** Answers from one state, by looking at everything that it holds. */
export class InMemoryReadModels implements ReadModelContents {
  constructor(private readonly state: InMemoryState) {}

  async checkpoint(): Promise<Checkpoint> {
    return this.state.checkpoint;
  }

  async counts(): Promise<Counts> {
    const { units, totals, classifications, repairs } = this.state;
    return {
      units: units.length,
      totals: totals.length,
      classifications: classifications.length,
      repairs,
    };
  }

  async unitFacts(from = 0): Promise<readonly Known<UnitFact>[]> {
    return this.state.units.slice(from);
  }

  async totals(from = 0): Promise<readonly Known<HouseholdTotalDeclared>[]> {
    return this.state.totals.slice(from);
  }

  async classifications(from = 0): Promise<readonly FirstClassification[]> {
    return this.state.classifications.slice(from);
  }

  async household(id: string): Promise<HouseholdDocument | undefined> {
    return this.state.households.get(id);
  }

  async households(ids: readonly string[]): Promise<readonly HouseholdDocument[]> {
    return [...new Set(ids)].flatMap((id) => this.state.households.get(id) ?? []);
  }

  async balances({ unit, standard, group, from, to }: BalanceQuery): Promise<ReadonlyMap<Column, Amount>> {
    const sums = new Map<Column, Amount>();
    for (const booking of this.state.balances.values()) {
      if (booking.unit !== unit || booking.standard !== standard || booking.group !== group) continue;
      if (!isWithin(booking, from, to)) continue;
      sums.set(booking.column, plus(sums.get(booking.column) ?? NOTHING, booking));
    }
    return sums;
  }

  async lines(query: JournalQuery): Promise<readonly (Line & Amount)[]> {
    return netted(
      this.asked(query).map(({ household: _household, recordedOn: _day, ...movement }) => movement),
    );
  }

  async eachEntry({ places, knownAfter, ...query }: EntriesQuery, take: TakeEntry): Promise<number> {
    const entries = this.asked({ places, ...query, effectiveTo: LAST_DAY }).filter(
      ({ recordedOn }) => knownAfter === undefined || recordedOn > knownAfter,
    );
    for (const { place, column, effectiveOn, counterpart, households, persons } of entries)
      take(places.indexOf(place), column, numberOfDay(effectiveOn), counterpart, households, persons);
    return entries.length;
  }

  async events(query: JournalQuery): Promise<readonly HouseholdEvent[]> {
    return eventsOf(this.asked(query));
  }

  async poorAgain(
    households: readonly string[],
    to: PlainDate,
    knownOn?: PlainDate,
  ): Promise<readonly HouseholdEvent[]> {
    const entries: readonly Column[] = ['poor.rePoor', 'poor.becamePoorFromNearPoor'];
    const asked = new Set(households);
    return eventsOf(
      [...this.state.journal.values()].filter(
        (entry) =>
          asked.has(entry.household) &&
          entry.group === ALL_HOUSEHOLDS &&
          entries.includes(entry.column) &&
          isWithin(entry, undefined, to) &&
          isKnown(entry, knownOn),
      ),
    );
  }

  async householdsOn({ list, on, after = '', limit, ...query }: OnListQuery): Promise<readonly string[]> {
    const standing = new Map<string, number>();
    for (const entry of this.asked({ ...query, columns: columnsOf(list), effectiveTo: on })) {
      standing.set(entry.household, (standing.get(entry.household) ?? 0) + entry.households);
    }
    const ids = [...standing].flatMap(([id, households]) => (households > 0 && id > after ? [id] : []));
    return ids.sort().slice(0, limit);
  }

  async listedAs(places: readonly UnitId[], number: string): Promise<readonly string[]> {
    const bearers = [...this.state.households.values()].filter(
      ({ listed }) => listed?.number === number && places.includes(listed.place),
    );
    return bearers.map(({ id }) => id).sort();
  }

  async parked(): Promise<readonly ParkedStream[]> {
    return [...this.state.parked.values()];
  }

  async journalPlaces(): Promise<readonly UnitId[]> {
    return [...new Set([...this.state.journal.values()].map(({ place }) => place))].sort();
  }

  async journalOf(place: UnitId): Promise<readonly JournalEntry[]> {
    return [...this.state.journal.values()].filter((entry) => entry.place === place);
  }

  async balanceUnits(): Promise<readonly UnitId[]> {
    return [...new Set([...this.state.balances.values()].map(({ unit }) => unit))].sort();
  }

  async balancesOf(unit: UnitId): Promise<readonly Booking[]> {
    return [...this.state.balances.values()].filter((booking) => booking.unit === unit);
  }

  async householdIds(after: string, limit: number): Promise<readonly string[]> {
    return [...this.state.households.keys()]
      .filter((id) => id > after)
      .sort()
      .slice(0, limit);
  }

  private asked(query: JournalQuery): readonly JournalEntry[] {
    const { standard, group, columns, effectiveFrom, effectiveTo, knownOn } = query;
    const places = new Set(query.places);
    return [...this.state.journal.values()].filter(
      (entry) =>
        places.has(entry.place) &&
        (standard === undefined || entry.standard === standard) &&
        (group === undefined || entry.group === group) &&
        (columns === undefined || columns.includes(entry.column)) &&
        isWithin(entry, effectiveFrom, effectiveTo) &&
        isKnown(entry, knownOn),
    );
  }
}

type Dated = Pick<Line, 'effectiveOn'>;

const isWithin = ({ effectiveOn }: Dated, from: PlainDate = FIRST_DAY, to: PlainDate): boolean =>
  from <= effectiveOn && effectiveOn <= to;

const isKnown = ({ recordedOn }: JournalEntry, knownOn: PlainDate = LAST_DAY): boolean =>
  recordedOn <= knownOn;

/** Rows that differ in nothing but their amounts, added up; what comes to nothing is left out. */
function netted<Row extends Amount>(rows: readonly Row[]): readonly Row[] {
  const sums = new Map<string, Row>();
  for (const row of rows) {
    const key = JSON.stringify(Object.entries({ ...row, households: 0, persons: 0 }).sort());
    sums.set(key, { ...row, ...plus(sums.get(key) ?? NOTHING, row) });
  }
  return [...sums.values()].filter((row) => !isNothing(row));
}

const eventsOf = (entries: readonly JournalEntry[]): readonly HouseholdEvent[] =>
  netted(entries.map(({ recordedOn: _day, ...movement }) => movement)).map(
    ({ households: _households, persons: _persons, ...event }) => event,
  );
