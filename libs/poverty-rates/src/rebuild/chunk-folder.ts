import { UnitTree } from '@ledger/areas';
import type { BareFact } from '@ledger/households';
import { dayOfNumber, numberOfDay } from '@ledger/kernel';
import { bookingsOf } from '../ledger/booking';
import { codeOf } from '../ledger/columns';
import type { JournalEntry } from '../ledger/movement';
import { BalanceSums } from '../packed/balance-sums';
import { Numbers } from '../packed/numbers';
import type { Saying } from '../packed/packed-fact';
import { FACT_AT, factWith, NUMBERS_OF_A_FACT } from '../packed/packed-fact';
import { journalOf } from '../projection/household-journal';
import { placesOf } from '../projection/households.projection';
import type { Known } from '../read-store';
import type { Chunk } from './chunk';
import { householdsIn } from './chunk';
import type { FoldContext } from './fold-context';
import { inKeyOrder, NUMBERS_OF_A_ROW, ROW_AT } from './journal-rows';

export type { Chunk } from './chunk';

/** Before the triples of a unit's year: unit, standard, group, year, and how many numbers they are. */
export const YEAR_SUMS_HEADER = 5;

export interface FoldedChunk {
  /** The journal of these households, in order. */
  readonly rows: Int32Array<ArrayBuffer>;
  /** What follows for the balances: unit, standard, group, year, how many numbers, and these. */
  readonly sums: Int32Array<ArrayBuffer>;
  /** Numbers of households that do not fold: nothing of them is in the others. */
  readonly odd: readonly number[];
}

/** Folds households and books what follows: everything of a rebuild that needs no file. */
export class ChunkFolder {
  private readonly tree: UnitTree;
  private readonly numbers: ReadonlyMap<string, number>;
  private readonly places: ReadonlyMap<number, string>;
  private readonly sayings: ReadonlyMap<number, Saying>;
  private readonly bits: ReadonlyMap<string, number>;
  private readonly rows = new Numbers();
  /** Of the household in work: a row and what it says. */
  private entries: JournalEntry[] = [];
  private readonly written = new Numbers();
  private readonly sums = new BalanceSums(({ unit, standard, group, year, days }) => {
    this.written.push(unit, standard, group, year, days.length);
    this.written.push(...days);
  }, Infinity);

  constructor({ units, names, sayings, groups }: FoldContext) {
    this.tree = UnitTree.of(units);
    this.numbers = new Map(names);
    this.places = new Map(names.map(([name, number]) => [number, name]));
    this.sayings = new Map(sayings.map(([number, saying]) => [number, JSON.parse(saying) as Saying]));
    this.bits = new Map(groups.map((group, bit) => [group, bit]));
  }

  fold(chunk: Chunk): FoldedChunk {
    const odd: number[] = [];
    for (const { number, facts } of householdsIn(chunk)) {
      const entries = this.journalFrom(facts);
      if (entries) this.book(number, entries);
      else odd.push(number);
    }
    return { ...this.taken(), odd };
  }

  /** The same for a household whose journal is known. */
  foldJournal(number: number, entries: readonly JournalEntry[]): FoldedChunk {
    this.book(number, entries);
    return { ...this.taken(), odd: [] };
  }

  /** `undefined` where the household does not fold: who folds it fact by fact can tell why. */
  private journalFrom(packed: Int32Array): readonly JournalEntry[] | undefined {
    try {
      const facts: Known<BareFact>[] = [];
      for (let at = 0; at < packed.length; at += NUMBERS_OF_A_FACT) {
        const says = this.sayings.get(packed[at + FACT_AT.says] as number) as Saying;
        const fact = factWith(
          says,
          packed[at + FACT_AT.effectiveOn] as number,
          this.places.get(packed[at + FACT_AT.place] as number),
          undefined,
        );
        if (!placesOf(fact).every((place) => this.tree.find(place) !== undefined)) return undefined;
        facts.push({ fact, recordedOn: dayOfNumber(packed[at + FACT_AT.recordedOn] as number) });
      }
      return journalOf({ id: '', facts, listed: null });
    } catch {
      return undefined;
    }
  }

  private book(household: number, entries: readonly JournalEntry[]): void {
    const begin = this.rows.length;
    this.entries = [];
    for (const entry of entries) this.addRow(household, entry, begin);
    this.entries.forEach((entry, index) => {
      const groups = this.rows.at(begin + index * NUMBERS_OF_A_ROW + ROW_AT.groups);
      this.addToBalances(entry, groups);
    });
  }

  /** Entries that differ in their group alone are one row. They come after each other. */
  private addRow(household: number, entry: JournalEntry, begin: number): void {
    const { place, standard, recordedOn, effectiveOn, column, counterpart, households, persons } = entry;
    const bit = 1 << (this.bits.get(entry.group) as number);
    for (let at = this.rows.length - NUMBERS_OF_A_ROW; at >= begin; at -= NUMBERS_OF_A_ROW) {
      const other = this.entries[(at - begin) / NUMBERS_OF_A_ROW] as JournalEntry;
      if (other.effectiveOn !== effectiveOn || other.recordedOn !== recordedOn) break;
      const groups = this.rows.at(at + ROW_AT.groups);
      // Twice the same entry in one group is two rows that add up, not one bit.
      if (differInGroup(other, entry) && (groups & bit) === 0)
        return this.rows.set(at + ROW_AT.groups, groups | bit);
    }
    this.entries.push(entry);
    this.rows.push(
      this.numberOf(place),
      this.numberOf(standard),
      numberOfDay(recordedOn),
      numberOfDay(effectiveOn),
      household,
      codeOf(column),
      bit,
      counterpart === null ? 0 : this.numberOf(counterpart),
      households,
      persons,
    );
  }

  private addToBalances(entry: JournalEntry, groups: number): void {
    const standard = this.numberOf(entry.standard);
    const ownDay = numberOfDay(entry.effectiveOn);
    const ownCode = codeOf(entry.column);
    for (const { unit, effectiveOn, column, households, persons } of bookingsOf(this.tree, entry)) {
      const number = this.numberOf(unit);
      // Another day and column only where the place changes units later.
      const day = effectiveOn === entry.effectiveOn ? ownDay : numberOfDay(effectiveOn);
      const code = column === entry.column ? ownCode : codeOf(column);
      for (let bit = 0; groups >>> bit !== 0; bit++) {
        if ((groups >>> bit) & 1) this.sums.add(number, standard, bit, day, code, households, persons);
      }
    }
  }

  private numberOf(name: string): number {
    const number = this.numbers.get(name);
    if (number === undefined) throw new Error(`${name} has no number`);
    return number;
  }

  private taken(): Pick<FoldedChunk, 'rows' | 'sums'> {
    this.sums.flush();
    const taken = { rows: inKeyOrder(this.rows.view()), sums: this.written.copy() };
    this.rows.clear();
    this.written.clear();
    return taken;
  }
}

const differInGroup = (a: JournalEntry, b: JournalEntry): boolean =>
  a.column === b.column &&
  a.households === b.households &&
  a.persons === b.persons &&
  a.standard === b.standard &&
  a.place === b.place &&
  a.counterpart === b.counterpart;
