import type { PlainDate, UnitId } from '@ledger/kernel';
import type { Amount, Column, JournalEntry } from '@ledger/poverty-rates';
import { codeOf, isNothing, NOTHING, plus, POOR_AGAIN } from '@ledger/poverty-rates';
import type { IndexDescription } from 'mongodb';
import { idOf } from './ids';
import { wholeAmount } from './plain';

/**
 * What one household contributes on one line, in every group in which it counts the same. What is booked on the
 * same line for other groups is another document, so whoever asks for a group adds up those that have it.
 */
export interface JournalDocument extends Amount {
  readonly _id: string;
  readonly place: UnitId;
  readonly standard: string;
  /** The day on which it became known. */
  readonly recordedOn: PlainDate;
  readonly effectiveOn: PlainDate;
  readonly household: string;
  readonly column: Column;
  /** The other end of a move. */
  readonly counterpart: UnitId | null;
  readonly groups: readonly string[];
}

/** Recorded day first: asked as known on an earlier day, nothing that was overwritten since is looked at. */
export const JOURNAL_INDEXES: readonly IndexDescription[] = [
  { name: 'place', key: { place: 1, standard: 1, recordedOn: 1 } },
  {
    name: 'poor_again',
    key: { household: 1, effectiveOn: 1 },
    partialFilterExpression: { column: { $in: [...POOR_AGAIN] } },
  },
];

export type JournalLine = Omit<JournalDocument, '_id' | 'groups' | keyof Amount>;

/** Groups in the order of their names. */
export function journalDocument(
  line: JournalLine,
  groups: readonly string[],
  { households, persons }: Amount,
): JournalDocument {
  return { _id: `${lineIdOf(line)}|${idOf(...groups)}`, ...line, groups, households, persons };
}

/** The entries of a batch as few documents as may be: added up, and without what comes to nothing. */
export function journalDocuments(entries: readonly JournalEntry[]): readonly JournalDocument[] {
  const lines = new Map<string, { line: JournalLine; amounts: Map<string, Amount> }>();
  for (const entry of entries) {
    const { group, line, amount } = partsOf(entry);
    const id = lineIdOf(line);
    const known = lines.get(id);
    if (known) known.amounts.set(group, plus(known.amounts.get(group) ?? NOTHING, amount));
    else lines.set(id, { line, amounts: new Map([[group, amount]]) });
  }
  return [...lines.values()].flatMap(({ line, amounts }) =>
    byAmount(amounts).map(([amount, groups]) => journalDocument(line, groups, amount)),
  );
}

/** The entries of a document, one for each group. */
export const entriesOf = ({ _id, groups, ...entry }: JournalDocument): readonly JournalEntry[] =>
  groups.map((group) => ({ ...entry, group }));

function partsOf(entry: JournalEntry): { group: string; line: JournalLine; amount: Amount } {
  const { place, standard, recordedOn, effectiveOn, household, column, counterpart, group } = entry;
  codeOf(column); // Throws where there is no such column.
  const amount = { households: wholeAmount(entry.households), persons: wholeAmount(entry.persons) };
  return {
    group,
    line: { place, standard, recordedOn, effectiveOn, household, column, counterpart },
    amount,
  };
}

function byAmount(amounts: ReadonlyMap<string, Amount>): [Amount, string[]][] {
  const same = Map.groupBy(amounts, ([, { households, persons }]) => `${households}|${persons}`);
  return [...same.values()].flatMap((alike): [Amount, string[]][] => {
    const amount = alike[0]?.[1] ?? NOTHING;
    return isNothing(amount) ? [] : [[amount, alike.map(([group]) => group).sort()]];
  });
}

function lineIdOf(line: JournalLine): string {
  const { place, standard, recordedOn, effectiveOn, household, column, counterpart } = line;
  return idOf(place, standard, recordedOn, effectiveOn, household, column, counterpart ?? '');
}
