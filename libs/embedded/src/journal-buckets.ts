import type { JournalRow } from './read-writer';

/** A row of the journal, and the groups in which it counts. */
export type BucketRow = readonly [JournalRow, number];

interface Bucket {
  numbers: Int32Array;
  rows: number;
}

/** All of a row but its place, and its groups. */
const NUMBERS_OF_A_ROW = 9;
const FIRST_ROWS = 16;

/** Rows of the journal by place, in numbers: what a bulk load sorts and adds up before it writes. */
export class JournalBuckets {
  private readonly buckets = new Map<number, Bucket>();

  add([place, ...row]: JournalRow, groups: number): void {
    const bucket = this.buckets.get(place) ?? {
      numbers: new Int32Array(FIRST_ROWS * NUMBERS_OF_A_ROW),
      rows: 0,
    };
    if ((bucket.rows + 1) * NUMBERS_OF_A_ROW > bucket.numbers.length) {
      const longer = new Int32Array(bucket.numbers.length * 2);
      longer.set(bucket.numbers);
      bucket.numbers = longer;
    }
    const at = bucket.rows++ * NUMBERS_OF_A_ROW;
    bucket.numbers.set(row, at);
    bucket.numbers[at + NUMBERS_OF_A_ROW - 1] = groups;
    this.buckets.set(place, bucket);
  }

  /** In the order of their numbers. */
  get places(): readonly number[] {
    return [...this.buckets.keys()].sort((a, b) => a - b);
  }

  /** The rows of a place in the order of the journal's key; they are kept no longer. */
  take(place: number): readonly BucketRow[] {
    const bucket = this.buckets.get(place);
    this.buckets.delete(place);
    return bucket ? rowsOf(place, bucket) : [];
  }
}

/** Standard, recorded day, effective day, household, column, groups, counterpart: without the place before them. */
const KEY = [0, 1, 2, 3, 4, 8, 5] as const;

function rowsOf(place: number, { numbers, rows }: Bucket): readonly BucketRow[] {
  const order = Array.from({ length: rows }, (_none, index) => index * NUMBERS_OF_A_ROW);
  order.sort((a, b) => {
    for (const field of KEY) {
      const difference = (numbers[a + field] as number) - (numbers[b + field] as number);
      if (difference !== 0) return difference;
    }
    return 0;
  });
  return order.map((at): BucketRow => {
    const row = [place, ...numbers.subarray(at, at + NUMBERS_OF_A_ROW - 1)] as unknown as JournalRow;
    return [row, numbers[at + NUMBERS_OF_A_ROW - 1] as number];
  });
}
