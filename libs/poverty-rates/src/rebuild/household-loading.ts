import type { UnitFact, UnitTree } from '@ledger/areas';
import type { EventStore } from '@ledger/event-sourcing';
import { householdStream } from '@ledger/households';
import type { UnitId } from '@ledger/kernel';
import { dayOfNumber } from '@ledger/kernel';
import { ALL_HOUSEHOLDS } from '@ledger/standards';
import { Numbers } from '../packed/numbers';
import { FACT_AT, NUMBERS_OF_A_FACT } from '../packed/packed-fact';
import { classificationHistory } from '../projection/classifications';
import { stepHousehold } from '../projection/households.projection';
import type { FirstClassification, Known, ParkedStream, PlaceSpan, ReadModelLoad } from '../read-store';
import type { Chunk, FoldedChunk } from './chunk-folder';
import { ChunkFolder } from './chunk-folder';
import type { RebuildCrew } from './crew';
import { FirstClassified } from './first-classified';
import type { FoldContext } from './fold-context';
import { contextOf } from './fold-context';
import { firstRow, inKeyOrder } from './journal-rows';
import type { PackedHistories } from './packed-histories';

const HOUSEHOLD_PREFIX = householdStream('');

/** Folds all households and loads what follows: those of one place after each other, and their places in order. */
export class HouseholdLoading {
  private readonly firsts: FirstClassified;
  /** Rows of households that have moved, and would come between those of other places. */
  private readonly rowsElsewhere = new Numbers();
  private readonly context: FoldContext;
  /** Their streams, by the number of the household. */
  private readonly streams = new Map<number, number>();

  constructor(
    private readonly load: ReadModelLoad,
    private readonly histories: PackedHistories,
    private readonly tree: UnitTree,
    units: readonly Known<UnitFact>[],
    private readonly park: (parked: ParkedStream) => void,
  ) {
    this.context = contextOf(load, histories, tree, units);
    this.firsts = new FirstClassified(load.bitOf(ALL_HOUSEHOLDS));
  }

  /** Yields how many households have been loaded, now and then. */
  async *loaded(store: EventStore, crew: RebuildCrew): AsyncGenerator<number> {
    const odd: number[] = [];
    let done = 0;
    for await (const [chunk, folded] of crew.folded(
      this.context,
      this.chunks(odd, crew.sizes.factsInAChunk),
    )) {
      const strange = new Set(folded.odd);
      for (const household of householdsIn(chunk)) {
        if (strange.has(household.number)) odd.push(this.streams.get(household.number) as number);
        else this.loadHousehold(household.number, household.facts);
        this.streams.delete(household.number);
        done++;
      }
      this.loadFolded(folded, firstPlacesIn(chunk));
      yield done;
    }
    await this.loadOdd(store, odd);
    this.load.journal(inKeyOrder(this.rowsElsewhere.view()));
    yield this.histories.streams.length;
  }

  /** How the first classification of each place came to be known, once all households are loaded. */
  classifications(): readonly FirstClassification[] {
    const { load } = this;
    return [...this.firsts.found()].flatMap((first): readonly FirstClassification[] => {
      const place = load.nameOf(first.place) as UnitId;
      const standard = load.nameOf(first.standard);
      if (first.neverChanged) {
        return [{ place, standard, recordedOn: dayOfNumber(first.recordedOn), on: dayOfNumber(first.on) }];
      }
      return classificationHistory(load.journalOf(place)).filter((row) => row.standard === standard);
    });
  }

  /** Streams that need a closer look are put aside: something in them does not decode. */
  private *chunks(odd: number[], facts: number): Generator<Chunk> {
    const { load, histories } = this;
    const nameOf = numbering(histories, (text) => load.numberOf(text));
    const sayingOf = numbering(histories, (text) => load.sayingNumberOf(text));
    const chunk = new Numbers();
    for (const stream of inOrderOfPlaces(histories, nameOf)) {
      if (histories.isOdd(stream)) {
        odd.push(stream);
        continue;
      }
      const number = load.numberOf(idOf(histories.textOf(stream)));
      const count = histories.countOf(stream);
      this.streams.set(number, stream);
      chunk.push(number, count);
      histories.unchain(stream, count, chunk, sayingOf, nameOf);
      if (chunk.length < facts * NUMBERS_OF_A_FACT) continue;
      yield chunk.copy();
      chunk.clear();
    }
    if (chunk.length > 0) yield chunk.copy();
  }

  private loadHousehold(number: number, facts: Int32Array): void {
    const stream = this.streams.get(number) as number;
    this.load.household(number, facts, this.histories.listNumberOf(stream));
  }

  private loadFolded({ rows, sums }: FoldedChunk, places: PlaceSpan): void {
    const { from, to } = places;
    this.firsts.take(rows);
    const begin = firstRow(rows, (place) => place >= from);
    const end = firstRow(rows, (place) => place > to);
    this.rowsElsewhere.append(rows.subarray(0, begin));
    this.rowsElsewhere.append(rows.subarray(end));
    this.load.journal(rows.subarray(begin, end));
    this.load.balances(sums, places);
  }

  /** Fact by fact, as the projection does it: what does not fold is parked. */
  private async loadOdd(store: EventStore, odd: readonly number[]): Promise<void> {
    if (odd.length === 0) return;
    const { load, histories } = this;
    const folder = new ChunkFolder(this.context);
    const nameOf = numbering(histories, (text) => load.numberOf(text));
    const sayingOf = numbering(histories, (text) => load.sayingNumberOf(text));
    for (const stream of odd) {
      const name = histories.textOf(stream);
      const recorded = await store.read(name);
      const booked = histories.recordedDaysOf(stream).flatMap((recordedOn, index) => {
        const fact = recorded[index];
        return fact ? [{ recorded: fact, recordedOn }] : [];
      });
      const { document, journal, parked } = stepHousehold(name, undefined, booked, this.tree);
      if (parked) this.park(parked);
      if (!document) continue;
      const number = load.numberOf(document.id);
      const facts = new Numbers();
      histories.unchain(stream, document.facts.length, facts, sayingOf, nameOf);
      load.household(number, facts.view(), document.listed?.number);
      this.loadFolded(folder.foldJournal(number, journal), NOWHERE);
    }
  }
}

const NOWHERE: PlaceSpan = { from: Infinity, to: Infinity };
const idOf = (stream: string): string => stream.slice(HOUSEHOLD_PREFIX.length);

/** From our words to the numbers of the read models, each looked up once. */
function numbering(histories: PackedHistories, numberOf: (text: string) => number): (word: number) => number {
  const numbers = new Map<number, number>([[0, 0]]);
  return (word) => {
    const known = numbers.get(word);
    if (known !== undefined) return known;
    const number = numberOf(histories.textOf(word));
    numbers.set(word, number);
    return number;
  };
}

/** Households that were registered in one place after each other. */
function inOrderOfPlaces(histories: PackedHistories, nameOf: (word: number) => number): readonly number[] {
  const places = new Map(histories.streams.map((stream) => [stream, nameOf(histories.firstPlaceOf(stream))]));
  return histories.streams.toSorted((a, b) => (places.get(a) as number) - (places.get(b) as number));
}

function* householdsIn(chunk: Chunk): Generator<{ number: number; facts: Int32Array }> {
  for (let at = 0; at < chunk.length;) {
    const end = at + 2 + (chunk[at + 1] as number) * NUMBERS_OF_A_FACT;
    yield { number: chunk[at] as number, facts: chunk.subarray(at + 2, end) };
    at = end;
  }
}

/** The places in which the households of a chunk were registered: they are in order. */
function firstPlacesIn(chunk: Chunk): PlaceSpan {
  const places = [...householdsIn(chunk)].map(({ facts }) => facts[FACT_AT.place] as number);
  return { from: places[0] as number, to: places.at(-1) as number };
}
