import type { HouseholdTotalDeclared, UnitFact } from '@ledger/areas';
import type { PlainDate, UnitId } from '@ledger/kernel';
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
import type { ClientSession, Collection } from 'mongodb';
import { BalanceQuestions } from './balance-questions';
import { allOf, ROWS_AT_ONCE } from './batches';
import type { KeptHousehold } from './documents/households';
import { householdIn } from './documents/households';
import type { Numbered } from './documents/lists';
import { withoutNumber } from './documents/lists';
import { parkedIn } from './documents/parked';
import type { PointerDocument } from './documents/pointer';
import { checkpointIn, countsIn } from './documents/pointer';
import type { Generation } from './generation';
import { JournalQuestions } from './journal-questions';

/** One generation of the read models, as the session of a snapshot sees it. */
export class MongoReadModels implements ReadModelContents {
  private readonly journal: JournalQuestions;
  private readonly balanceYears: BalanceQuestions;

  constructor(
    private readonly pointer: PointerDocument,
    private readonly generation: Generation,
    private readonly session: ClientSession,
  ) {
    this.journal = new JournalQuestions(generation.journal, session);
    this.balanceYears = new BalanceQuestions(generation.balances, session);
  }

  async checkpoint(): Promise<Checkpoint> {
    return checkpointIn(this.pointer);
  }

  async counts(): Promise<Counts> {
    return countsIn(this.pointer);
  }

  unitFacts(from = 0): Promise<readonly Known<UnitFact>[]> {
    return this.rest<Known<UnitFact>>('units', from);
  }

  totals(from = 0): Promise<readonly Known<HouseholdTotalDeclared>[]> {
    return this.rest<Known<HouseholdTotalDeclared>>('totals', from);
  }

  classifications(from = 0): Promise<readonly FirstClassification[]> {
    return this.rest<FirstClassification>('classifications', from);
  }

  async household(id: string): Promise<HouseholdDocument | undefined> {
    const { session } = this;
    const found = await this.generation.households.findOne({ _id: id }, { session });
    return found ? householdIn(found) : undefined;
  }

  async households(ids: readonly string[]): Promise<readonly HouseholdDocument[]> {
    if (ids.length === 0) return [];
    const { session } = this;
    const wanted = { _id: { $in: [...new Set(ids)] } };
    const found = await allOf(this.generation.households.find(wanted, { session, batchSize: ROWS_AT_ONCE }));
    return found.map(householdIn);
  }

  balances(query: BalanceQuery): Promise<ReadonlyMap<Column, Amount>> {
    return this.balanceYears.sums(query);
  }

  lines(query: JournalQuery): Promise<readonly (Line & Amount)[]> {
    return this.journal.lines(query);
  }

  eachEntry(query: EntriesQuery, take: TakeEntry): Promise<number> {
    return this.journal.eachEntry(query, take);
  }

  events(query: JournalQuery): Promise<readonly HouseholdEvent[]> {
    return this.journal.events(query);
  }

  poorAgain(
    households: readonly string[],
    to: PlainDate,
    knownOn?: PlainDate,
  ): Promise<readonly HouseholdEvent[]> {
    return this.journal.poorAgain(households, to, knownOn);
  }

  householdsOn(query: OnListQuery): Promise<readonly string[]> {
    return this.journal.householdsOn(query);
  }

  async listedAs(places: readonly UnitId[], number: string): Promise<readonly string[]> {
    const { session } = this;
    const bearers = this.generation.households.find<Pick<KeptHousehold, '_id'>>(
      { 'listed.place': { $in: [...new Set(places)] }, 'listed.number': number },
      { session, projection: { _id: 1 } },
    );
    return (await bearers.toArray()).map(({ _id }) => _id).sort();
  }

  async parked(): Promise<readonly ParkedStream[]> {
    const { session } = this;
    const found = await allOf(this.generation.parked.find({}, { session, sort: { _id: 1 } }));
    return found.map(parkedIn);
  }

  journalPlaces(): Promise<readonly UnitId[]> {
    return this.journal.places();
  }

  journalOf(place: UnitId): Promise<readonly JournalEntry[]> {
    return this.journal.entriesOf(place);
  }

  balanceUnits(): Promise<readonly UnitId[]> {
    return this.balanceYears.units();
  }

  balancesOf(unit: UnitId): Promise<readonly Booking[]> {
    return this.balanceYears.of(unit);
  }

  async householdIds(after: string, limit: number): Promise<readonly string[]> {
    const { session } = this;
    const found = this.generation.households.find<Pick<KeptHousehold, '_id'>>(
      { _id: { $gt: after } },
      { session, projection: { _id: 1 }, sort: { _id: 1 }, limit },
    );
    return (await found.toArray()).map(({ _id }) => _id);
  }

  private async rest<Row extends object>(
    list: 'units' | 'totals' | 'classifications',
    from: number,
  ): Promise<Row[]> {
    const { session } = this;
    const rows = this.generation[list] as unknown as Collection<Row & Numbered>;
    const where = { _id: { $gt: from } } as object;
    const found = await allOf(rows.find(where, { session, sort: { _id: 1 }, batchSize: ROWS_AT_ONCE }));
    return found.map((row) => withoutNumber<Row>(row as Row & Numbered));
  }
}
