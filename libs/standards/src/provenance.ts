/**
 * How far a value can be relied on. Only `verified` was read in the law or in a page that quotes it; a rule
 * of any other certainty refuses nobody.
 */
export const CERTAINTIES = [
  'verified',
  'partly-verified',
  'from-memory',
  'draft',
  'inferred',
  'unknown',
] as const;
export type Certainty = (typeof CERTAINTIES)[number];
export type KnownCertainty = Exclude<Certainty, 'unknown'>;

/** Where a value comes from. `note` keeps the wording of the table in `libs/standards/data`. */
export interface Provenance<C extends Certainty = Certainty> {
  readonly certainty: C;
  readonly source: string;
  readonly note?: string;
}

export type Known = Provenance<KnownCertainty>;
/** Looked for and not found: there is no value, and none is made up. */
export type Unknown = Provenance<'unknown'>;
