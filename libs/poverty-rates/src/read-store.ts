import type { HouseholdTotalDeclared, UnitFact } from '@ledger/areas';
import type { FactMetadata, Position } from '@ledger/event-sourcing';
import type { JsonObject, PlainDate, UnitId } from '@ledger/kernel';
import type { Booking } from './ledger/booking';
import type { Column, StockList } from './ledger/columns';
import type { Amount, JournalEntry, Line } from './ledger/movement';

/** How far the read models have come. */
export interface Checkpoint {
  readonly position: Position;
  /** The last day on which anything was booked: a clock that steps back books on it again (rule 1). */
  readonly lastDay: PlainDate | null;
}

/** A fact and the day on which it became known. */
export interface Known<Fact> {
  readonly fact: Fact;
  readonly recordedOn: PlainDate;
}

/** A household's fact as it is kept beside its document: undecoded, so that nothing of it is lost. */
export interface KeptFact {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly revision: number;
  readonly position: Position;
  readonly recordedAt: string;
  readonly recordedOn: PlainDate;
  readonly data: JsonObject;
  readonly metadata: FactMetadata;
}

export interface HouseholdDocument {
  readonly id: string;
  readonly facts: readonly KeptFact[];
  /** Under which number which place has it on its list. */
  readonly listed: { readonly place: UnitId; readonly number: string } | null;
}

/** A stream of which a fact could not be decoded or folded: it waits, the others go on. */
export interface ParkedStream {
  readonly stream: string;
  /** Why the first fact of `facts` could not be booked. */
  readonly reason: string;
  /** The places whose answers miss something; empty when nobody can tell: then it is every place. */
  readonly places: readonly UnitId[];
  readonly facts: readonly { readonly position: Position; readonly recordedOn: PlainDate }[];
}

/** One step of the read models, all or nothing, together with the checkpoint that it reaches. */
export interface ReadModelBatch {
  /** The checkpoint that the batch was computed from; another one in the store refuses it. */
  readonly from: Position;
  readonly checkpoint: Checkpoint;
  readonly journal: readonly JournalEntry[];
  readonly balances: readonly Booking[];
  readonly households: readonly HouseholdDocument[];
  readonly units: readonly Known<UnitFact>[];
  readonly totals: readonly Known<HouseholdTotalDeclared>[];
  readonly parked: readonly ParkedStream[];
  readonly unparked: readonly string[];
}

export interface BalanceQuery {
  readonly unit: UnitId;
  readonly standard: string;
  readonly group: string;
  /** First and last effective day; `from` absent means from the beginning. */
  readonly from?: PlainDate;
  readonly to: PlainDate;
}

export interface JournalQuery {
  readonly places: readonly UnitId[];
  readonly standard?: string;
  readonly group?: string;
  readonly columns?: readonly Column[];
  readonly effectiveFrom?: PlainDate;
  readonly effectiveTo: PlainDate;
  /** Known by the end of this day; absent means latest knowledge. */
  readonly knownOn?: PlainDate;
}

export interface OnListQuery {
  readonly places: readonly UnitId[];
  readonly standard: string;
  readonly group: string;
  readonly list: StockList;
  readonly on: PlainDate;
  readonly knownOn?: PlainDate;
  /** Only households whose id comes after this one. */
  readonly after?: string;
  readonly limit: number;
}

/** What one household did on a line, whichever places and days it is asked for. */
export interface HouseholdEvent extends Line {
  readonly household: string;
}

/** Everything that questions read. All reads of one snapshot see one state. */
export interface ReadModels {
  checkpoint(): Promise<Checkpoint>;
  /** Changes whenever a fact about units arrives: a key for what was built from them. */
  unitsVersion(): Promise<string>;
  unitFacts(): Promise<readonly Known<UnitFact>[]>;
  /** In order of arrival, for any of the units. */
  totals(units: readonly UnitId[], group?: string): Promise<readonly Known<HouseholdTotalDeclared>[]>;
  household(id: string): Promise<HouseholdDocument | undefined>;
  households(ids: readonly string[]): Promise<readonly HouseholdDocument[]>;
  /** Latest knowledge only: the sum of each column over the days asked for. */
  balances(query: BalanceQuery): Promise<ReadonlyMap<Column, Amount>>;
  /** The journal, added up over households: one movement for each line that is not nothing. */
  lines(query: JournalQuery): Promise<readonly (Line & Amount)[]>;
  /** The journal by household: the lines on which one household's sum is not nothing. */
  events(query: JournalQuery): Promise<readonly HouseholdEvent[]>;
  /**
   * The entries of households into poverty from above or near-poverty (`poor.rePoor` and
   * `poor.becamePoorFromNearPoor`), wherever and under whichever standard, up to a day.
   */
  poorAgain(
    households: readonly string[],
    to: PlainDate,
    knownOn?: PlainDate,
  ): Promise<readonly HouseholdEvent[]>;
  /** Ids of the households on a list at the end of a day, in order. */
  householdsOn(query: OnListQuery): Promise<readonly string[]>;
  /** Ids of the households that one of the places has on its list under this number. */
  listedAs(places: readonly UnitId[], number: string): Promise<readonly string[]>;
  /**
   * Those of the places that have a classification under a standard by a day: a line of a stock that is not
   * nothing. A balance of the commune that bears the place's id may be taken as a sign of one.
   */
  classifiedPlaces(
    places: readonly UnitId[],
    standard: string,
    on: PlainDate,
    knownOn?: PlainDate,
  ): Promise<ReadonlySet<UnitId>>;
  parked(): Promise<readonly ParkedStream[]>;
}

/** Where the read models live. Disposable: a rebuild from the log makes them again. */
export interface ReadStore {
  /** @throws CheckpointMoved when another projector was faster; nothing was written */
  write(batch: ReadModelBatch): Promise<void>;
  snapshot<Answer>(question: (models: ReadModels) => Promise<Answer>): Promise<Answer>;
  close(): Promise<void>;
}

export class CheckpointMoved extends Error {
  override readonly name = 'CheckpointMoved';
}
