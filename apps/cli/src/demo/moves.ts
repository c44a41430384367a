import type { CommuneBook } from './commune-book';
import type { Dice } from './dice';
import type { NetMoves } from './flows';

/** A household that moves from one commune of the province to another. */
export interface PlannedMove {
  readonly kind: 'poorMoves' | 'nearPoorMoves';
  readonly from: CommuneBook;
  readonly to: CommuneBook;
}

/** The moves out of one district in a year: most stay in it, at least one of the poor does not. */
export function planMoves(
  dice: Dice,
  district: readonly CommuneBook[],
  others: readonly CommuneBook[],
  counts: { readonly poor: number; readonly nearPoor: number },
): PlannedMove[] {
  const moves: PlannedMove[] = [];
  const add = (kind: PlannedMove['kind'], stays: boolean): void => {
    const from = dice.pick(district);
    const to = dice.pick(stays ? district.filter((book) => book !== from) : others);
    moves.push({ kind, from, to });
  };
  for (let nth = 0; nth < counts.poor; nth++) add('poorMoves', nth === 0 || (nth > 1 && dice.chance(0.7)));
  for (let nth = 0; nth < counts.nearPoor; nth++) add('nearPoorMoves', dice.chance(0.7));
  return moves;
}

export function netMovesOf(book: CommuneBook, moves: readonly PlannedMove[]): NetMoves {
  const net = (kind: PlannedMove['kind']): number => {
    const ofKind = moves.filter((move) => move.kind === kind);
    return ofKind.filter(({ to }) => to === book).length - ofKind.filter(({ from }) => from === book).length;
  };
  return { poor: net('poorMoves'), nearPoor: net('nearPoorMoves') };
}
