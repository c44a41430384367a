import { NUMBERS_OF_A_FACT } from '../packed/packed-fact';

/** Households one after the other: number, how many facts, and these, packed. */
export type Chunk = Int32Array;

const HEADER = 2;

export interface PackedHousehold {
  readonly number: number;
  /** In place: a view of its chunk. */
  readonly facts: Int32Array;
}

export function* householdsIn(chunk: Chunk): Generator<PackedHousehold> {
  for (let at = 0; at < chunk.length;) {
    const begin = at + HEADER;
    const end = begin + (chunk[at + 1] as number) * NUMBERS_OF_A_FACT;
    yield { number: chunk[at] as number, facts: chunk.subarray(begin, end) };
    at = end;
  }
}
