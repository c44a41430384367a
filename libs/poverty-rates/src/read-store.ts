import type { HouseholdTotalDeclared, UnitFact } from '@ledger/areas';
import type { Position } from '@ledger/event-sourcing';
import type { BareFact } from '@ledger/households';
import type { PlainDate, UnitId } from '@ledger/kernel';
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

export interface HouseholdDocument {
  readonly id: string;
  /** What folding needs of each of its facts, in order of arrival: the papers behind them are in the log. */
  readonly facts: readonly Known<BareFact>[];
  /** Under which number which place has it on its list. */
  readonly listed: { readonly place: UnitId; readonly number: string } | null;
}

/**
 * From a recorded day on, the first day with a classification of a place under a standard: an earlier one, a
 * later one, or none any more. Without one by a day nothing is known of the place on it (rule 4).
 */
export interface FirstClassification {
  readonly place: UnitId;
  readonly standard: string;
  readonly recordedOn: PlainDate;
  readonly on: PlainDate | null;
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
  /** How often the past had been repaired by then: a repair leaves the checkpoint where it is. */
  readonly fromRepairs: number;
  readonly checkpoint: Checkpoint;
  readonly journal: readonly JournalEntry[];
  /** Several may be on one balance: they add up. */
  readonly balances: readonly Booking[];
  readonly households: readonly HouseholdDocument[];
  readonly units: readonly Known<UnitFact>[];
  readonly totals: readonly Known<HouseholdTotalDeclared>[];
  readonly classifications: readonly FirstClassification[];
  readonly parked: readonly ParkedStream[];
  readonly unparked: readonly string[];
  /** It books on days that have passed (a repair): what was kept of an earlier day's knowledge is void. */
  readonly repairs: boolean;
}

/** How long the lists are that only grow, and how often the past was repaired: keys for what is kept of them. */
export interface Counts {
  readonly units: number;
  readonly totals: number;
  readonly classifications: number;
  readonly repairs: number;
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

/** What is added up from the journal: everything that became known on some days. */
export interface EntriesQuery {
  /** Each once. */
  readonly places: readonly UnitId[];
  readonly standard: string;
  readonly group: string;
  /** Only what became known after this day; absent means from the beginning. */
  readonly knownAfter?: PlainDate;
  readonly knownOn: PlainDate;
}

/** Takes one entry out of many: nothing is made for it, since it is added up at once. */
export type TakeEntry = (
  /** Which of the places asked for. */
  place: number,
  column: Column,
  /** The number of the day, see `numberOfDay`. */
  effectiveOn: number,
  /** The other end of a move. */
  counterpart: UnitId | null,
  households: number,
  persons: number,
) => void;

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
  counts(): Promise<Counts>;
  /** In order of arrival, from the so-manieth on: whoever has the first ones asks for the rest. */
  unitFacts(from?: number): Promise<readonly Known<UnitFact>[]>;
  totals(from?: number): Promise<readonly Known<HouseholdTotalDeclared>[]>;
  classifications(from?: number): Promise<readonly FirstClassification[]>;
  household(id: string): Promise<HouseholdDocument | undefined>;
  households(ids: readonly string[]): Promise<readonly HouseholdDocument[]>;
  /** Latest knowledge only: the sum of each column over the days asked for. */
  balances(query: BalanceQuery): Promise<ReadonlyMap<Column, Amount>>;
  /** The journal, added up over households: one movement for each line that is not nothing. */
  lines(query: JournalQuery): Promise<readonly (Line & Amount)[]>;
  /**
   * Hands over the entries of the journal one by one, in any order and however they are kept: what they add up
   * to is what counts. Resolves to how many there were.
   */
  eachEntry(query: EntriesQuery, take: TakeEntry): Promise<number>;
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
  parked(): Promise<readonly ParkedStream[]>;
}

/** Everything that is kept, part by part: for whoever compares two read models with each other. */
export interface ReadModelContents extends ReadModels {
  /** The places with a row in the journal, in order. */
  journalPlaces(): Promise<readonly UnitId[]>;
  journalOf(place: UnitId): Promise<readonly JournalEntry[]>;
  /** The units with a balance, in order. */
  balanceUnits(): Promise<readonly UnitId[]>;
  balancesOf(unit: UnitId): Promise<readonly Booking[]>;
  /** Ids after this one, in order. */
  householdIds(after: string, limit: number): Promise<readonly string[]>;
}

/** Where the read models live. Disposable: a rebuild from the log makes them again. */
export interface ReadStore {
  /** @throws CheckpointMoved when another projector was faster; nothing was written */
  write(batch: ReadModelBatch): Promise<void>;
  snapshot<Answer>(question: (models: ReadModelContents) => Promise<Answer>): Promise<Answer>;
  close(): Promise<void>;
}

/** How far the read models are. */
export const positionIn = async (store: ReadStore): Promise<Position> =>
  (await store.snapshot((models) => models.checkpoint())).position;

/**
 * Fills empty read models all at once, which is many times faster than batch by batch. What it is given is in
 * numbers: days are numbers of days, and names, sayings and groups are the numbers that it gives them itself.
 */
export interface ReadModelLoad {
  /** Numbers rise in the order in which names are first asked for: what is read together comes together. */
  numberOf(name: string): number;
  nameOf(number: number): string;
  /** What a fact says apart from its days, place and village, as JSON. */
  sayingNumberOf(saying: string): number;
  /** The bit of a group: journal rows count in several groups at once. */
  bitOf(group: string): number;
  /** Totals in order of arrival, whenever they come. */
  totals(totals: readonly Known<HouseholdTotalDeclared>[]): void;
  /** @param facts packed, as `packed-fact.ts` has it @param listNumber in the list of the first one's place */
  household(number: number, facts: Int32Array, listNumber: string | undefined): void;
  /** Rows of ten numbers: the key of the journal, then households and persons. Best in the order of the key. */
  journal(rows: Int32Array): void;
  /**
   * For each unit, standard, group and year: these, how many numbers follow, and the triples that are added.
   * @param places whose sums are complete with this and the next call
   */
  balances(sums: Int32Array, places: PlaceSpan): void;
  /** Where what is given goes far: resolves when there is room for more. */
  drained?(): Promise<void>;
  /** What was loaded of a place, in the group of all households at least. */
  journalOf(place: UnitId): readonly JournalEntry[];
  finish(rest: LoadedRest): Promise<void>;
}

/** Places by their numbers: the first and the last one. */
export interface PlaceSpan {
  readonly from: number;
  readonly to: number;
}

export type LoadedRest = Pick<ReadModelBatch, 'checkpoint' | 'units' | 'classifications' | 'parked'>;

/** The read models are no longer those that a batch was computed from: another projector was faster. */
export class CheckpointMoved extends Error {
  override readonly name = 'CheckpointMoved';

  constructor(from: string, found: string) {
    super(`expected the read models at ${from}, found ${found}`);
  }
}

/** @throws CheckpointMoved when read models at this position, so often repaired, are not where the batch comes from */
export function requireFence(
  { from, fromRepairs }: Pick<ReadModelBatch, 'from' | 'fromRepairs'>,
  position: string | undefined,
  repairs: number,
): void {
  if (from !== position || fromRepairs !== repairs)
    throw new CheckpointMoved(`${from || 'the beginning'} (${fromRepairs})`, `${position} (${repairs})`);
}
