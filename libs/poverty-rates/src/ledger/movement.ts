import type { PlainDate, UnitId } from '@ledger/kernel';
import type { Column } from './columns';

/** Households and persons, as they change a list: negative where they leave it. */
export interface Amount {
  readonly households: number;
  readonly persons: number;
}

/** Where, under what and when an amount is booked. */
export interface Line {
  readonly place: UnitId;
  readonly standard: string;
  readonly group: string;
  readonly column: Column;
  readonly effectiveOn: PlainDate;
  /** The other end of a move. */
  readonly counterpart: UnitId | null;
}

/** What one household contributes on one line. */
export type Movement = Line & Amount;

/** A movement in the journal: whose it is, and the day on which it became known. */
export interface JournalEntry extends Movement {
  readonly household: string;
  readonly recordedOn: PlainDate;
}

export const NOTHING: Amount = { households: 0, persons: 0 };

export const plus = (a: Amount, b: Amount): Amount => ({
  households: a.households + b.households,
  persons: a.persons + b.persons,
});

/** From 0, because -0 would be another number to whoever compares. */
export const minus = (a: Amount): Amount => ({ households: 0 - a.households, persons: 0 - a.persons });

export const isNothing = ({ households, persons }: Amount): boolean => households === 0 && persons === 0;

/** Adds a movement to a few others: to the one on its own line, where there is one. */
export function addUp(movements: Movement[], movement: Movement): void {
  const at = movements.findIndex((other) => onSameLine(other, movement));
  const same = movements[at];
  if (!same) movements.push(movement);
  else {
    const sum = plus(same, movement);
    if (isNothing(sum)) movements.splice(at, 1);
    else movements[at] = { ...same, ...sum };
  }
}

const onSameLine = (a: Line, b: Line): boolean =>
  a.effectiveOn === b.effectiveOn &&
  a.column === b.column &&
  a.group === b.group &&
  a.standard === b.standard &&
  a.place === b.place &&
  a.counterpart === b.counterpart;

const keyOf = (line: Line): string =>
  `${line.place}|${line.standard}|${line.group}|${line.column}|${line.effectiveOn}|${line.counterpart ?? ''}`;

/**
 * What has to be booked so that `before` becomes `after`: the difference, line by line, without empty lines.
 * This is how a late fact reaches the past: nothing that was booked is taken back, its opposite is booked.
 */
export function difference(before: readonly Movement[], after: readonly Movement[]): readonly Movement[] {
  // A fact changes little of what came before it: most lines are the same at the beginning of both.
  const same = sameBeginning(before, after);
  const lines = new Map<string, Movement>();
  const add = (movement: Movement, sign: 1 | -1): void => {
    const key = keyOf(movement);
    const amount = plus(lines.get(key) ?? NOTHING, sign === 1 ? movement : minus(movement));
    lines.set(key, { ...movement, ...amount });
  };
  for (let at = same; at < after.length; at++) add(after[at] as Movement, 1);
  for (let at = same; at < before.length; at++) add(before[at] as Movement, -1);
  return [...lines.values()].filter((movement) => !isNothing(movement));
}

function sameBeginning(a: readonly Movement[], b: readonly Movement[]): number {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at++) {
    const [one, other] = [a[at] as Movement, b[at] as Movement];
    const same =
      onSameLine(one, other) && one.households === other.households && one.persons === other.persons;
    if (!same) return at;
  }
  return shorter;
}
