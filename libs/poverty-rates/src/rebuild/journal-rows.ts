/** A row of the journal in numbers: its key, then the amounts. `groups` are those in which it counts, as bits. */
export const ROW_AT = {
  ...{ place: 0, standard: 1, recordedOn: 2, effectiveOn: 3 },
  ...{ household: 4, column: 5, groups: 6, counterpart: 7 },
  ...{ households: 8, persons: 9 },
} as const;
export const NUMBERS_OF_A_ROW = 10;
const NUMBERS_OF_A_KEY = 8;

/** A copy of rows of the journal, in the order of their keys. */
export function inKeyOrder(rows: Int32Array): Int32Array<ArrayBuffer> {
  const order = new Uint32Array(rows.length / NUMBERS_OF_A_ROW);
  for (let index = 0; index < order.length; index++) order[index] = index * NUMBERS_OF_A_ROW;
  order.sort((a, b) => {
    for (let field = 0; field < NUMBERS_OF_A_KEY; field++) {
      const difference = (rows[a + field] as number) - (rows[b + field] as number);
      if (difference !== 0) return difference;
    }
    return 0;
  });
  const sorted = new Int32Array(rows.length);
  order.forEach((from, index) =>
    sorted.set(rows.subarray(from, from + NUMBERS_OF_A_ROW), index * NUMBERS_OF_A_ROW),
  );
  return sorted;
}

/** Where the rows begin whose place is so; they are in the order of their places. */
export function firstRow(rows: Int32Array, isSo: (place: number) => boolean): number {
  let from = 0;
  let to = rows.length / NUMBERS_OF_A_ROW;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (isSo(rows[middle * NUMBERS_OF_A_ROW] as number)) to = middle;
    else from = middle + 1;
  }
  return from * NUMBERS_OF_A_ROW;
}
