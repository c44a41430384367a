import type { UnitFact, UnitTree } from '@ledger/areas';
import type { EventStore } from '@ledger/event-sourcing';
import { householdStream } from '@ledger/households';
import type { UnitId } from '@ledger/kernel';
import { dayOfNumber } from '@ledger/kernel';
import { ALL_HOUSEHOLDS } from '@ledger/standards';
import { entryOf } from '../packed/entry-of';
import { Numbers } from '../packed/numbers';
import { FACT_AT, NUMBERS_OF_A_FACT } from '../packed/packed-fact';
import { classificationHistory } from '../projection/classifications';
import { stepHousehold } from '../projection/households.projection';
import type { FirstClassification, Known, ParkedStream, PlaceSpan, ReadModelLoad } from '../read-store';
import type { Chunk, PackedHousehold } from './chunk';
import { householdsIn } from './chunk';
import type { FoldedChunk } from './chunk-folder';
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
  private readonly nameOf: (word: number) => number;
  private readonly sayingOf: (word: number) => number;

  constructor(
    private readonly load: ReadModelLoad,
    private readonly histories: PackedHistories,
    private readonly tree: UnitTree,
    units: readonly Known<UnitFact>[],
    private readonly park: (parked: ParkedStream) => void,
  ) {
    this.context = contextOf(load, histories, tree, units);
    this.firsts = new FirstClassified(load.bitOf(ALL_HOUSEHOLDS));
    this.nameOf = numbering(histories, (text) => load.numberOf(text));
    this.sayingOf = numbering(histories, (text) => load.sayingNumberOf(text));
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
      const households = [...householdsIn(chunk)];
      for (const { number, facts } of households) {
        const stream = this.streams.get(number) as number;
        if (strange.has(number)) odd.push(stream);
        else this.load.household(number, facts, this.histories.listNumberOf(stream));
        this.streams.delete(number);
      }
      this.loadFolded(folded, firstPlacesOf(households));
      yield (done += households.length);
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
    const { load, histories, nameOf, sayingOf } = this;
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
    const { load, histories, nameOf, sayingOf } = this;
    const folder = new ChunkFolder(this.context);
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
  return (word) => entryOf(numbers, word, () => numberOf(histories.textOf(word)));
}

/** Households that were registered in one place after each other. */
function inOrderOfPlaces(histories: PackedHistories, nameOf: (word: number) => number): readonly number[] {
  const places = new Map(histories.streams.map((stream) => [stream, nameOf(histories.firstPlaceOf(stream))]));
  return histories.streams.toSorted((a, b) => (places.get(a) as number) - (places.get(b) as number));
}

/** The places in which the households of a chunk were registered: they are in order. */
function firstPlacesOf(households: readonly PackedHousehold[]): PlaceSpan {
  const placeOf = (household?: PackedHousehold): number => household?.facts[FACT_AT.place] as number;
  return { from: placeOf(households[0]), to: placeOf(households.at(-1)) };
}
