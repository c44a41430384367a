import type { AbstractCursor } from 'mongodb';

/** Rows in one answer of the server: enough to be worth a round trip, little enough to be decoded in one go. */
export const ROWS_AT_ONCE = 2_000;

/** Hands over what a cursor finds, a batch of the server at a time. */
export async function eachBatch<Row>(
  cursor: AbstractCursor<Row>,
  take: (rows: readonly Row[]) => void,
): Promise<void> {
  try {
    while (await cursor.hasNext()) take(cursor.readBufferedDocuments());
  } finally {
    await cursor.close();
  }
}

export async function allOf<Row>(cursor: AbstractCursor<Row>): Promise<Row[]> {
  const all: Row[] = [];
  await eachBatch(cursor, (rows) => {
    for (const row of rows) all.push(row);
  });
  return all;
}
