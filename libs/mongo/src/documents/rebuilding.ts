/**
 * Who rebuilds: one at a time, beside the pointers. It says again and again that it is still at work, so that who
 * was killed does not keep others from it.
 */
export interface RebuildingDocument {
  readonly _id: string;
  readonly holder: string;
  readonly since: Date;
  readonly seenAt: Date;
}

export const REBUILDING = 'rebuilding';

/**
 * The last number that a generation was given. None is given again: who was taken for dead may be writing still.
 */
export interface GenerationsDocument {
  readonly _id: string;
  readonly last: number;
}

export const GENERATIONS = 'generations';

export const SEEN_EVERY_MS = 10_000;
/** Nothing was heard for so long: it is at work no more. */
export const GONE_AFTER_MS = 60_000;
