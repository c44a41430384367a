import type { Binary, IndexDescription } from 'mongodb';

/**
 * Who writes, by the id of the session in which it does. A process that is killed in the middle of a batch leaves
 * a transaction behind that keeps everyone else from the checkpoint, for a minute or more
 * (`transactionLifetimeLimitSeconds`): whoever waits for it finds here which sessions to end.
 */
export interface WriterDocument {
  readonly _id: Binary;
  readonly seenAt: Date;
}

export const WRITERS = 'writers';

/** Who writes says so again before this is over. */
const KEPT_S = 3_600;
export const SEEN_AGAIN_MS = (KEPT_S / 6) * 1_000;

export const WRITER_INDEXES: readonly IndexDescription[] = [
  { name: 'forgotten', key: { seenAt: 1 }, expireAfterSeconds: KEPT_S },
];
