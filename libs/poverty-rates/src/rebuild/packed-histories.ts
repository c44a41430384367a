import { StoreRefused } from '@ledger/event-sourcing';
import type { PlainDate } from '@ledger/kernel';
import { dayOfNumber, laterOf, numberOfDay } from '@ledger/kernel';
import { entryOf } from '../packed/entry-of';
import type { Numbers } from '../packed/numbers';
import { FACT_AT, NUMBERS_OF_A_FACT } from '../packed/packed-fact';
import { Words } from '../packed/words';
import type { BookedFact } from '../projection/known-order';
import type { LogPart } from './log-part';
import { NUMBERS_IN_A_PART, PART_AT } from './log-part';

const FACTS_IN_A_BLOCK = 65_536;
/** The five of a packed fact, with words for what they name, and which fact of the household is the next. */
const NUMBERS_KEPT = NUMBERS_OF_A_FACT + 1;
const NEXT = NUMBERS_OF_A_FACT;

/**
 * The facts of all households at once, 24 bytes each: what is said, places and villages are words, which are
 * kept once, and the facts of one household are a chain.
 */
export class PackedHistories {
  /** The latest day so far: nothing is booked before it any more. */
  lastDay: PlainDate | null = null;
  /** Household streams, by their word, in order of arrival. */
  readonly streams: number[] = [];
  /** The words that are sayings. */
  readonly sayings = new Set<number>();
  private readonly words = new Words();
  private readonly texts: string[] = [''];
  private readonly wordsOfReaders = new Map<number, number[]>();
  /** By the word of the stream: its first and its last fact, counted from 1, and how many there are. */
  private readonly first: number[] = [];
  private readonly last: number[] = [];
  private readonly counts: number[] = [];
  private readonly blocks: Int32Array[] = [];
  private readonly listNumbers = new Map<number, number>();
  private count = 0;

  /**
   * Takes the next part of the log in.
   * @returns its other facts, on the days on which they are booked
   * @throws StoreRefused where a fact of a stream is missing: the rest would fold to a state that never was
   */
  take(part: LogPart): readonly BookedFact[] {
    const wordOf = this.wordsOf(part);
    const notBefore = this.lastDay === null ? -Infinity : numberOfDay(this.lastDay);
    const { facts, listed } = part;
    for (let at = 0; at < facts.length; at += NUMBERS_IN_A_PART) {
      this.add(
        wordOf[facts[at + PART_AT.stream] as number] as number,
        facts[at + PART_AT.revision] as number,
        Math.max(facts[at + PART_AT.recordedOn] as number, notBefore),
        facts[at + PART_AT.effectiveOn] as number,
        wordOf[facts[at + PART_AT.says] as number] as number,
        wordOf[facts[at + PART_AT.place] as number] as number,
        wordOf[facts[at + PART_AT.village] as number] as number,
      );
    }
    for (let at = 0; at < listed.length; at += 2) {
      this.listNumbers.set(
        wordOf[listed[at] as number] as number,
        wordOf[listed[at + 1] as number] as number,
      );
    }
    const { lastDay } = this;
    const others = part.others.map(({ recorded, recordedOn }) => ({
      recorded,
      recordedOn: lastDay === null ? recordedOn : laterOf(recordedOn, lastDay),
    }));
    if (part.lastDay !== null)
      this.lastDay = lastDay === null ? part.lastDay : laterOf(part.lastDay, lastDay);
    return others;
  }

  textOf(word: number): string {
    return this.texts[word] as string;
  }

  countOf(stream: number): number {
    return this.counts[stream] as number;
  }

  /** The place in which it was registered; 0 where nobody can tell. */
  firstPlaceOf(stream: number): number {
    return this.numberAt(this.first[stream] as number, FACT_AT.place);
  }

  /** What the registration calls it in the list of its place; `undefined` where it has no number there. */
  listNumberOf(stream: number): string | undefined {
    const word = this.listNumbers.get(stream);
    return word === undefined ? undefined : this.textOf(word);
  }

  /** Whether one of its facts could not be read, or it does not begin as it should. */
  isOdd(stream: number): boolean {
    for (let fact = this.first[stream] as number; fact !== 0; fact = this.numberAt(fact, NEXT)) {
      if (this.numberAt(fact, FACT_AT.says) === 0) return true;
    }
    return false;
  }

  recordedDaysOf(stream: number): readonly PlainDate[] {
    const days: PlainDate[] = [];
    for (let fact = this.first[stream] as number; fact !== 0; fact = this.numberAt(fact, NEXT)) {
      days.push(dayOfNumber(this.numberAt(fact, FACT_AT.recordedOn)));
    }
    return days;
  }

  /** Appends the first facts of a household, with numbers of somebody else for the words. */
  unchain(
    stream: number,
    count: number,
    into: Numbers,
    sayingOf: (word: number) => number,
    nameOf: (word: number) => number,
  ): void {
    let fact = this.first[stream] as number;
    for (let left = count; left > 0; left--, fact = this.numberAt(fact, NEXT)) {
      const block = this.blockOf(fact);
      const at = (fact % FACTS_IN_A_BLOCK) * NUMBERS_KEPT;
      into.push(
        block[at + FACT_AT.recordedOn] as number,
        block[at + FACT_AT.effectiveOn] as number,
        sayingOf(block[at + FACT_AT.says] as number),
        nameOf(block[at + FACT_AT.place] as number),
        nameOf(block[at + FACT_AT.village] as number),
      );
    }
  }

  private add(
    stream: number,
    revision: number,
    recordedOn: number,
    effectiveOn: number,
    saying: number,
    place: number,
    village: number,
  ): void {
    const expected = this.counts[stream] ?? 0;
    if (revision !== expected) throw missing(this.textOf(stream), expected, revision);
    const fact = ++this.count;
    const block = this.blockOf(fact);
    const at = (fact % FACTS_IN_A_BLOCK) * NUMBERS_KEPT;
    block[at + FACT_AT.recordedOn] = recordedOn;
    block[at + FACT_AT.effectiveOn] = effectiveOn;
    block[at + FACT_AT.says] = saying;
    block[at + FACT_AT.place] = place;
    block[at + FACT_AT.village] = village;
    if (saying !== 0) this.sayings.add(saying);
    if (expected === 0) {
      this.streams.push(stream);
      this.first[stream] = fact;
    } else {
      const before = this.last[stream] as number;
      this.blockOf(before)[(before % FACTS_IN_A_BLOCK) * NUMBERS_KEPT + NEXT] = fact;
    }
    this.last[stream] = fact;
    this.counts[stream] = expected + 1;
  }

  /** From the numbers that the part's reader gives to words, to ours. */
  private wordsOf({ reader, words }: LogPart): readonly number[] {
    const known = entryOf(this.wordsOfReaders, reader, () => [0]);
    for (const word of words) known.push(this.words.numberOf(word));
    for (const text of this.words.takeFresh()) this.texts.push(text);
    return known;
  }

  private numberAt(fact: number, field: number): number {
    return this.blockOf(fact)[(fact % FACTS_IN_A_BLOCK) * NUMBERS_KEPT + field] as number;
  }

  private blockOf(fact: number): Int32Array {
    const number = Math.floor(fact / FACTS_IN_A_BLOCK);
    return (this.blocks[number] ??= new Int32Array(FACTS_IN_A_BLOCK * NUMBERS_KEPT));
  }
}

export const missing = (stream: string, expected: number, found: number): StoreRefused =>
  new StoreRefused(
    `the log lacks revision ${expected} of the stream ${stream}: it goes on with ${found}. ` +
      'Restore it from a backup.',
  );
