import type { Declaration, UnitTree } from '@ledger/areas';
import { declarationOf } from '@ledger/areas';
import type { Position } from '@ledger/event-sourcing';
import type { Notice, PlainDate, UnitId } from '@ledger/kernel';
import { LAST_DAY } from '@ledger/kernel';
import type { Booking } from '../ledger/booking';
import { bookingsOf } from '../ledger/booking';
import type { Column, StockList } from '../ledger/columns';
import { listOf } from '../ledger/columns';
import type { Amount } from '../ledger/movement';
import { NOTHING, plus } from '../ledger/movement';
import type { ReadModels } from '../read-store';

export type Columns = ReadonlyMap<Column, Amount>;

/** The span of days that a sum covers; `from` absent means from the beginning. */
export interface Span {
  readonly from?: PlainDate;
  readonly to: PlainDate;
}

/**
 * What is known by the end of a day, and how it adds up for a unit. Everything in one answer comes from one
 * of these, and so from one snapshot.
 */
export class Knowledge {
  private readonly books = new Map<string, Promise<readonly Booking[]>>();
  private readonly declarations = new Map<string, Map<UnitId, Declaration[]>>();

  constructor(
    readonly models: ReadModels,
    /** The units as the facts recorded by then tell them. */
    readonly tree: UnitTree,
    /** Absent: the latest knowledge. */
    readonly knownOn: PlainDate | undefined,
    /** The day of knowledge to show: the one asked for, or today. */
    readonly shownOn: PlainDate,
    readonly today: PlainDate,
    readonly position: Position,
  ) {}

  /** True for what was recorded by the day of knowledge. */
  knows({ recordedOn }: { readonly recordedOn: PlainDate }): boolean {
    return this.knownOn === undefined || recordedOn <= this.knownOn;
  }

  /** The sum of each column of a unit over a span of effective days. */
  async columns(unit: UnitId, standard: string, group: string, { from, to }: Span): Promise<Columns> {
    if (from !== undefined && from > to) return new Map();
    if (this.knownOn === undefined) {
      return this.models.balances({ unit, standard, group, to, ...(from !== undefined && { from }) });
    }
    const sums = new Map<Column, Amount>();
    for (const booking of await this.bookOf(unit, standard, group)) {
      if (booking.effectiveOn > to || (from !== undefined && booking.effectiveOn < from)) continue;
      sums.set(booking.column, plus(sums.get(booking.column) ?? NOTHING, booking));
    }
    return sums;
  }

  /** What was declared for distinct units, in order of arrival; each is read once for all the days of one answer. */
  async declarationsOf(
    units: readonly UnitId[],
    group: string,
  ): Promise<ReadonlyMap<UnitId, readonly Declaration[]>> {
    const own = this.declarations.get(group) ?? new Map<UnitId, Declaration[]>();
    this.declarations.set(group, own);
    const missing = units.filter((unit) => !own.has(unit));
    if (missing.length > 0) {
      const totals = await this.models.totals(missing, group);
      for (const unit of missing) own.set(unit, []);
      for (const total of totals)
        if (this.knows(total)) own.get(total.fact.unit)?.push(declarationOf(total.fact));
    }
    return own;
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

  /** The places that make up the unit on a day. */
  placesOn(unit: UnitId, day: PlainDate): readonly UnitId[] {
    return this.tree.placesEverIn(unit).filter((place) => this.tree.unitsOfPlace(place, day).includes(unit));
  }

  /** Those places of the unit that have any classification by the day; without one nothing is known. */
  async classifiedPlaces(unit: UnitId, standard: string, on: PlainDate): Promise<ReadonlySet<UnitId>> {
    return this.models.classifiedPlaces(this.placesOn(unit, on), standard, on, this.knownOn);
  }

  /** Says where answers for a unit miss something, because facts wait to be repaired. */
  async parkedNotices(unit: UnitId): Promise<readonly Notice[]> {
    const parked = await this.models.parked();
    if (parked.length === 0) return [];
    // The totals of a unit may be parked as well: their place is the unit itself.
    const places = new Set([unit, ...this.tree.placesEverIn(unit)]);
    const here = parked.filter(
      (one) => one.places.length === 0 || one.places.some((place) => places.has(place)),
    );
    return here.length === 0 ? [] : [{ code: 'answer.parked', facts: { count: here.length } }];
  }

  /**
   * The journal, booked on one unit as it was known then. It is asked once for all the days of one answer.
   * Nothing but the journal can tell what an earlier day knew: balances hold the latest knowledge.
   */
  private bookOf(unit: UnitId, standard: string, group: string): Promise<readonly Booking[]> {
    const key = `${unit}|${standard}|${group}`;
    const book = this.books.get(key) ?? this.readBook(unit, standard, group);
    this.books.set(key, book);
    return book;
  }

  private async readBook(unit: UnitId, standard: string, group: string): Promise<readonly Booking[]> {
    const lines = await this.models.lines({
      places: this.tree.placesEverIn(unit),
      standard,
      group,
      effectiveTo: LAST_DAY,
      ...(this.knownOn !== undefined && { knownOn: this.knownOn }),
    });
    return lines.flatMap((line) => bookingsOf(this.tree, line).filter((booking) => booking.unit === unit));
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
