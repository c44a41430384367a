import type { Amount } from '../ledger/movement';

/** Something that two tellings of the ledger do not agree about. */
export interface Difference {
  /** Which part, and of what: `journal of 24628@2020-01-01`. */
  readonly where: string;
  /** The row: which movement, balance, household, fact. */
  readonly what: string;
  /** `null` where it is not there at all. */
  readonly expected: string | null;
  readonly found: string | null;
}

/** A row that is told by its key and says something. */
export interface Told {
  readonly what: string;
  readonly says: string;
}

/** The rows that only one has, or of which the two say different things; in the order of their keys. */
export function differencesIn(
  where: string,
  expected: Iterable<Told>,
  found: Iterable<Told>,
): readonly Difference[] {
  const left = new Map<string, string>();
  for (const { what, says } of expected) left.set(what, says);
  const differences: Difference[] = [];
  for (const { what, says } of found) {
    const wanted = left.get(what) ?? null;
    left.delete(what);
    if (wanted !== says) differences.push({ where, what, expected: wanted, found: says });
  }
  for (const [what, says] of left) differences.push({ where, what, expected: says, found: null });
  return differences.sort((a, b) => (a.what < b.what ? -1 : 1));
}

/** One difference as a sentence. */
export const inWords = ({ where, what, expected, found }: Difference): string =>
  `${where}: ${what}: the log gives ${expected ?? 'nothing'}, the read models have ${found ?? 'nothing'}`;

export const amountInWords = ({ households, persons }: Amount): string =>
  `${signed(households)} households, ${signed(persons)} persons`;

const signed = (count: number): string => (count > 0 ? `+${count}` : String(count));
