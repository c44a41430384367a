import type { UnitTree } from '@ledger/areas';
import type { EventStore, Position, RecordedFact } from '@ledger/event-sourcing';
import { householdStream } from '@ledger/households';
import type { Notice, PlainDate, UnitId } from '@ledger/kernel';
import type { StockList } from '../ledger/columns';
import { listOf } from '../ledger/columns';
import type { Amount } from '../ledger/movement';
import { NOTHING, plus } from '../ledger/movement';
import type { HouseholdDocument, ParkedStream, ReadModels } from '../read-store';
import type { Columns, Span } from './book';
import type { ClassifiedCommunes } from './classified-communes';
import type { Denominators } from './denominators';
import type { JournalBooks } from './journal-books';
import type { Shelf } from './shelf';

/** When an answer is known, and from what. */
export interface State {
  /** Absent: the latest knowledge. */
  readonly knownOn: PlainDate | undefined;
  /** The day of knowledge to show: the one asked for, or today. */
  readonly shownOn: PlainDate;
  readonly today: PlainDate;
  readonly position: Position;
  readonly registryParked: boolean;
}

/** Where the papers of a fact are: everything that was recorded, for ever. */
export type FactLog = Pick<EventStore, 'read'>;

/**
 * What is known by the end of a day, and how it adds up for a unit. Everything in one answer comes from one
 * of these, and so from one snapshot.
 */
export class Knowledge {
  /** The units as the facts recorded by then tell them. */
  readonly tree: UnitTree;
  readonly knownOn: PlainDate | undefined;
  readonly shownOn: PlainDate;
  readonly today: PlainDate;
  readonly position: Position;
  /** Facts about units wait for repair: there may be units that nobody can see. */
  readonly registryParked: boolean;
  private waiting: Promise<readonly ParkedStream[]> | undefined;

  constructor(
    readonly models: ReadModels,
    private readonly log: FactLog,
    private readonly shelf: Shelf,
    /** Present for an earlier day's knowledge. */
    private readonly books: JournalBooks | undefined,
    { knownOn, shownOn, today, position, registryParked }: State,
  ) {
    this.tree = shelf.tree;
    this.knownOn = knownOn;
    this.shownOn = shownOn;
    this.today = today;
    this.position = position;
    this.registryParked = registryParked;
  }

  /** True for what was recorded by the day of knowledge. */
  knows({ recordedOn }: { readonly recordedOn: PlainDate }): boolean {
    return this.knownOn === undefined || recordedOn <= this.knownOn;
  }

  /** The sum of each column of a unit over a span of effective days. */
  async columns(unit: UnitId, standard: string, group: string, span: Span): Promise<Columns> {
    if (span.from !== undefined && span.from > span.to) return new Map();
    if (!this.books) return this.models.balances({ unit, standard, group, ...span });
    return (await this.books.bookOf(unit, standard, group)).columns(span);
  }

  /** Says that these units will be asked for: an earlier day's journal is then read once for all of them. */
  async expect(units: readonly UnitId[], standard: string, group: string): Promise<void> {
    await this.books?.open(units, standard, group);
  }

  /** Households and persons on each list at the end of a day. */
  async stock(
    unit: UnitId,
    standard: string,
    group: string,
    on: PlainDate,
  ): Promise<Record<StockList, Amount>> {
    return stockOf(await this.columns(unit, standard, group, { to: on }));
  }

  denominators(): Promise<Denominators> {
    return this.shelf.denominators(this.models);
  }

  /** Without a classification by the day nothing is known of a commune. */
  classified(): Promise<ClassifiedCommunes> {
    return this.shelf.classified(this.models);
  }

  /** The places that make up the unit on a day. */
  placesOn(unit: UnitId, day: PlainDate): readonly UnitId[] {
    return this.tree.placesOn(unit, day);
  }

  /**
   * The facts of a household as they were recorded, one for each fact of its document and in the same order.
   * What the log has of it beyond these is not in this snapshot.
   */
  async recordedFacts({ id, facts }: HouseholdDocument): Promise<readonly RecordedFact[]> {
    const stream = householdStream(id);
    const recorded = (await this.log.read(stream)).slice(0, facts.length);
    if (recorded.length < facts.length)
      throw new Error(
        `${stream}: the log has ${recorded.length} of the ${facts.length} facts that are booked`,
      );
    return recorded;
  }

  parked(): Promise<readonly ParkedStream[]> {
    this.waiting ??= this.models.parked();
    return this.waiting;
  }

  /** Says where answers for a unit miss something, because facts wait to be repaired. */
  async parkedNotices(unit: UnitId): Promise<readonly Notice[]> {
    const parked = await this.parked();
    if (parked.length === 0) return [];
    // The totals of a unit may be parked as well: their place is the unit itself.
    const places = new Set([unit, ...this.tree.placesEverIn(unit)]);
    const here = parked.filter(
      (one) => one.places.length === 0 || one.places.some((place) => places.has(place)),
    );
    return here.length === 0 ? [] : [{ code: 'answer.parked', facts: { count: here.length } }];
  }
}

/** The stocks that columns add up to, from the beginning of the books. */
export function stockOf(columns: Columns): Record<StockList, Amount> {
  const stock: Record<StockList, Amount> = { poor: NOTHING, 'near-poor': NOTHING, above: NOTHING };
  for (const [column, amount] of columns) {
    const list = listOf(column);
    if (list !== 'campaign') stock[list] = plus(stock[list], amount);
  }
  return stock;
}
