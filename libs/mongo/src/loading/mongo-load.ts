import type { HouseholdTotalDeclared } from '@ledger/areas';
import type { UnitId } from '@ledger/kernel';
import type {
  FactNumbers,
  JournalEntry,
  Known,
  LoadedRest,
  PlaceSpan,
  ReadModelLoad,
  ReadStore,
  Saying,
} from '@ledger/poverty-rates';
import { FACT_AT, factsIn, groupsIn, nextBit } from '@ledger/poverty-rates';
import { ALL_HOUSEHOLDS } from '@ledger/standards';
import type { Collection, Db } from 'mongodb';
import type { Numbered } from '../documents/lists';
import { numbered } from '../documents/lists';
import { parkedDocument } from '../documents/parked';
import type { PointerDocument } from '../documents/pointer';
import { generationName, NOTHING_KEPT } from '../documents/pointer';
import { plain } from '../documents/plain';
import type { Generation } from '../generation';
import { collectionsOf, createIndexes } from '../generation';
import { POINTER } from '../preparing';
import { BalanceLoad } from './balance-load';
import { keyIn } from './balance-years';
import { InsertQueue } from './insert-queue';
import { documentsOf } from './journal-rows';
import { LoadedStocks } from './loaded-stocks';
import { Numbering } from './numbering';

/** What a load needs of those who began it. */
export interface LoadParts {
  readonly db: Db;
  readonly generation: number;
  /** Throws where the right to rebuild was lost. */
  readonly requireLease: () => Promise<void>;
  /** The generation as a store of its own, once it is loaded. */
  readonly open: () => ReadStore;
  /** Drops what was loaded. */
  readonly remove: () => Promise<void>;
}

/** Fills the empty collections of a generation that nobody reads yet. Numbers are given in memory. */
export class MongoLoad implements ReadModelLoad {
  readonly generation: number;
  private readonly collections: Generation;
  private readonly queue = new InsertQueue();
  private readonly names = new Numbering(1);
  private readonly sayings = new Numbering(1);
  private readonly groups = new Numbering(0);
  private readonly parsed = new Map<number, Saying>();
  private readonly groupsByBits = new Map<number, readonly string[]>();
  private readonly stocks = new LoadedStocks(this.names, this.groups.numberOf(ALL_HOUSEHOLDS));
  private readonly known: FactNumbers = {
    sayingOf: (number) => this.sayingOf(number),
    nameOf: (number) => this.nameOf(number),
  };
  private readonly balanceLoad: BalanceLoad;
  private totalsLoaded = 0;

  constructor(private readonly parts: LoadParts) {
    this.generation = parts.generation;
    this.collections = collectionsOf(parts.db, parts.generation);
    this.balanceLoad = new BalanceLoad(this.collections.balances, this.queue, (unit, standard, group, year) =>
      keyIn(this.nameOf(unit), this.nameOf(standard), this.groups.textOf(group), year),
    );
  }

  numberOf(name: string): number {
    return this.names.numberOf(name);
  }

  nameOf(number: number): string {
    return this.names.textOf(number);
  }

  sayingNumberOf(saying: string): number {
    return this.sayings.numberOf(saying);
  }

  bitOf(group: string): number {
    return nextBit(this.groups.numberOf(group), group);
  }

  totals(totals: readonly Known<HouseholdTotalDeclared>[]): void {
    this.list(this.collections.totals, totals, this.totalsLoaded);
    this.totalsLoaded += totals.length;
  }

  household(number: number, packed: Int32Array, listNumber: string | undefined): void {
    const facts = factsIn(packed, this.known);
    const placeAtFirst = (): UnitId => this.nameOf(packed[FACT_AT.place] as number) as UnitId;
    const listed = listNumber === undefined ? null : { place: placeAtFirst(), number: listNumber };
    this.queue.add(this.collections.households, { _id: this.nameOf(number), facts, listed });
  }

  journal(rows: Int32Array): void {
    this.stocks.take(rows);
    for (const document of documentsOf(rows, this.names, (bits) => this.groupsIn(bits)))
      this.queue.add(this.collections.journal, document);
  }

  balances(sums: Int32Array, _places: PlaceSpan): void {
    this.balanceLoad.add(sums);
  }

  journalOf(place: UnitId): readonly JournalEntry[] {
    return this.stocks.of(place);
  }

  /** Resolves when there is room for more. */
  drained(): Promise<void> {
    return this.queue.drained();
  }

  async finish({ checkpoint, units, classifications, parked }: LoadedRest): Promise<void> {
    const { db, generation } = this.parts;
    this.list(this.collections.units, units, 0);
    this.list(this.collections.classifications, classifications, 0);
    for (const one of parked) this.queue.add(this.collections.parked, parkedDocument(one));
    await this.balanceLoad.finish();
    await this.queue.emptied();
    await createIndexes(db, generation);
    await this.parts.requireLease();
    const counts = {
      units: units.length,
      totals: this.totalsLoaded,
      classifications: classifications.length,
    };
    const loaded = { generation, ...NOTHING_KEPT, ...checkpoint, ...counts };
    // With the word of a majority for it and for everything before it.
    await db
      .collection<PointerDocument>(POINTER)
      .replaceOne({ _id: generationName(generation) }, loaded, { upsert: true });
  }

  /** What was loaded as a store of its own: to compare it, and to project what came meanwhile. Close it. */
  open(): ReadStore {
    return this.parts.open();
  }

  /** Drops it, unless it is in use. */
  remove(): Promise<void> {
    return this.parts.remove();
  }

  private list<Row extends object>(
    list: Collection<Row & Numbered>,
    rows: readonly Row[],
    before: number,
  ): void {
    for (const row of numbered(plain(rows), before)) this.queue.add(list, row as never);
  }

  private sayingOf(number: number): Saying {
    const known = this.parsed.get(number);
    if (known) return known;
    const saying = JSON.parse(this.sayings.textOf(number)) as Saying;
    this.parsed.set(number, saying);
    return saying;
  }

  private groupsIn(bits: number): readonly string[] {
    const known = this.groupsByBits.get(bits);
    if (known) return known;
    const groups = groupsIn(bits, (bit) => this.groups.textOf(bit)).sort();
    this.groupsByBits.set(bits, groups);
    return groups;
  }
}
