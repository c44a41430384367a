import type { PlainDate } from '@ledger/kernel';
import type { CommuneBook } from './commune-book';
import type { Dice } from './dice';
import type { Flows } from './flows';
import type { LateNote } from './late';

/** The months in which the demo decides outside the yearly review. */
export const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
type Months = readonly [first: number, last: number];

export type Move = { readonly kind: 'poorMoves' | 'nearPoorMoves'; readonly to: CommuneBook };
export type Passing = { readonly kind: keyof Flows };

/** Something that is to happen to some household of the commune. */
export type Task = (Move | Passing) & { readonly recordedOn?: PlainDate };

/** How often what is left to the yearly review. */
export type ReviewTasks = { -readonly [Kind in keyof Flows]: number };

export interface YearPlan {
  readonly byMonth: ReadonlyMap<number, readonly Task[]>;
  readonly review: ReviewTasks;
}

/** Which share is decided month by month, and when. */
const MONTHLY: Readonly<Record<keyof Flows, { readonly share: number; readonly months: Months }>> = {
  poorGone: { share: 1, months: [1, 10] },
  nearPoorGone: { share: 1, months: [1, 10] },
  escapedToNearPoor: { share: 0.2, months: [1, 10] },
  escapedAbove: { share: 0.3, months: [1, 10] },
  nearPoorEscaped: { share: 0.25, months: [1, 10] },
  becamePoor: { share: 0.5, months: [2, 10] },
  newPoor: { share: 0.4, months: [1, 10] },
  newNearPoor: { share: 0.3, months: [1, 10] },
  rePoor: { share: 0.5, months: [7, 10] },
  reNearPoor: { share: 0.5, months: [7, 10] },
};

/** So early in the year that who escaped can be on the list again before its end. */
const EARLY: Months = [1, 5];
const EARLY_FOR = { escapedAbove: 'rePoor', nearPoorEscaped: 'reNearPoor' } as const;

/** Spreads a commune's year over its months; what is not decided there is left to the yearly review. */
export function planYear(
  dice: Dice,
  flows: Flows,
  moves: readonly Move[],
  late: readonly LateNote[],
): YearPlan {
  const byMonth = new Map<number, Task[]>(MONTHS.map((month) => [month, []]));
  const review = { ...flows };
  const notes = [...late];
  const assign = (task: Task, [first, last]: Months): void => {
    const at = notes.findIndex(({ kind }) => kind === task.kind);
    const [note] = at < 0 ? [] : notes.splice(at, 1);
    const month = note?.month ?? dice.between(first, last);
    byMonth.get(month)?.push({ ...task, ...(note && { recordedOn: note.recordedOn }) });
  };

  for (const move of moves) assign(move, [1, 10]);
  for (const kind of Object.keys(MONTHLY) as (keyof Flows)[]) {
    const { share, months } = MONTHLY[kind];
    const early = kind === 'escapedAbove' || kind === 'nearPoorEscaped' ? flows[EARLY_FOR[kind]] : 0;
    const drawn = share === 1 ? flows[kind] : Math.floor(flows[kind] * share + dice.next());
    const monthly = Math.min(flows[kind], Math.max(early, drawn));
    for (let nth = 0; nth < monthly; nth++) assign({ kind }, nth < early ? EARLY : months);
    review[kind] -= monthly;
  }
  return { byMonth, review };
}
