import type { BareFact } from '@ledger/households';
import type { PlainDate } from '@ledger/kernel';
import { dayOfNumber, numberOfDay } from '@ledger/kernel';
import type { Known } from '../read-store';

const CHUNK_FACTS = 65_536;
/** Next fact of the household, recorded day, effective day, what it says. */
const NUMBERS_OF_A_FACT = 4;
const NONE = -1;

/**
 * The facts of all households at once, 16 bytes each: what facts say apart from their day is kept once, and
 * the facts of one household are a chain. Facts that could not be read keep their place in it.
 */
export class PackedHistories {
  private readonly streams = new Map<string, number>();
  private readonly first: number[] = [];
  private readonly last: number[] = [];
  private readonly counts: number[] = [];
  private readonly chunks: Int32Array[] = [];
  private readonly sayings: Omit<BareFact, 'effectiveOn'>[] = [];
  private readonly sayingIds = new Map<string, number>();
  private count = 0;

  /** The number of a stream, one of its own for each. */
  numberOf(stream: string): number {
    const known = this.streams.get(stream);
    if (known !== undefined) return known;
    const number = this.streams.size;
    this.streams.set(stream, number);
    this.first.push(NONE);
    this.last.push(NONE);
    this.counts.push(0);
    return number;
  }

  /** How many facts of the stream there are so far. */
  countOf(number: number): number {
    return this.counts[number] ?? 0;
  }

  /** @param fact `undefined` where it could not be read */
  add(number: number, recordedOn: PlainDate, fact: BareFact | undefined): void {
    const at = this.count++;
    const chunk = this.chunkFor(at);
    const offset = (at % CHUNK_FACTS) * NUMBERS_OF_A_FACT;
    chunk[offset] = NONE;
    chunk[offset + 1] = numberOfDay(recordedOn);
    chunk[offset + 2] = fact ? numberOfDay(fact.effectiveOn) : 0;
    chunk[offset + 3] = fact ? this.sayingOf(fact) : NONE;
    this.chain(number, at);
  }

  get households(): number {
    return this.streams.size;
  }

  get streamNames(): Iterable<string> {
    return this.streams.keys();
  }

  /** In order of arrival. */
  *of(stream: string): Generator<Known<BareFact | undefined>> {
    const number = this.streams.get(stream);
    let at = number === undefined ? NONE : (this.first[number] as number);
    while (at !== NONE) {
      const chunk = this.chunkFor(at);
      const offset = (at % CHUNK_FACTS) * NUMBERS_OF_A_FACT;
      const saying = this.sayings[chunk[offset + 3] as number];
      const fact =
        saying && ({ ...saying, effectiveOn: dayOfNumber(chunk[offset + 2] as number) } as BareFact);
      yield { fact, recordedOn: dayOfNumber(chunk[offset + 1] as number) };
      at = chunk[offset] as number;
    }
  }

  private chain(number: number, at: number): void {
    const before = this.last[number] as number;
    if (before === NONE) this.first[number] = at;
    else this.chunkFor(before)[(before % CHUNK_FACTS) * NUMBERS_OF_A_FACT] = at;
    this.last[number] = at;
    this.counts[number] = this.countOf(number) + 1;
  }

  private chunkFor(at: number): Int32Array {
    const number = Math.floor(at / CHUNK_FACTS);
    const chunk = this.chunks[number] ?? new Int32Array(CHUNK_FACTS * NUMBERS_OF_A_FACT);
    this.chunks[number] = chunk;
    return chunk;
  }

  private sayingOf(fact: BareFact): number {
    const { effectiveOn: _day, ...saying } = fact;
    const key = JSON.stringify(saying);
    const known = this.sayingIds.get(key);
    if (known !== undefined) return known;
    this.sayingIds.set(key, this.sayings.length);
    return this.sayings.push(saying) - 1;
  }
}
