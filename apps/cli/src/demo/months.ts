import { unreachable } from '@ledger/kernel';
import { dayIn, monthlyDecisionDay } from './calendar';
import type { CommuneBook } from './commune-book';
import type { HouseholdStory, ReviewResult, When } from './household-story';
import { monthlyRecordingDay } from './late';
import type { ReviewTasks, Task } from './year-plan';

const FLAG_REASONS = ['crop-loss', 'serious-illness', 'job-loss', 'natural-disaster'];
const ENDINGS = ['died', 'left', 'left', 'other'] as const;

/** To whom each thing can happen; what is newly arising happens to a household that nobody knew. */
const FITS: Readonly<Record<Task['kind'], (story: HouseholdStory) => boolean>> = {
  poorMoves: ({ status }) => status === 'poor',
  nearPoorMoves: ({ status }) => status === 'near-poor',
  poorGone: ({ status }) => status === 'poor',
  nearPoorGone: ({ status }) => status === 'near-poor',
  escapedToNearPoor: ({ status }) => status === 'poor',
  escapedAbove: ({ status }) => status === 'poor',
  nearPoorEscaped: ({ status }) => status === 'near-poor',
  becamePoor: ({ status }) => status === 'near-poor',
  rePoor: ({ status, escapedPoverty }) => status === 'above' && escapedPoverty,
  reNearPoor: ({ status, escapedNearPoverty }) => status === 'above' && escapedNearPoverty,
  newPoor: () => false,
  newNearPoor: () => false,
};

/** What the monthly channel decides in one commune. What finds nobody is left to the yearly review. */
export function tellMonth(
  book: CommuneBook,
  year: number,
  month: number,
  tasks: readonly Task[],
  left: ReviewTasks,
): void {
  for (const task of tasks) {
    const { dice } = book;
    const on = monthlyDecisionDay(dice, year, month);
    const when = { on, recordedOn: task.recordedOn ?? monthlyRecordingDay(dice, on) };
    const arises = task.kind === 'newPoor' || task.kind === 'newNearPoor';
    const asked = dayIn(year, month, dice.between(3, 15));
    const story = arises ? book.register({ ...when, on: asked }) : findSomeone(book, year, month, task);
    if (story) happen(story, task, when, book);
    else leave(task, left);
  }
}

/** Nothing else has happened to the household in the month, and no older paper of it waits to be recorded. */
function findSomeone(book: CommuneBook, year: number, month: number, task: Task): HouseholdStory | undefined {
  const from = dayIn(year, month, 1);
  const fits = FITS[task.kind];
  const candidates = [...book.stories].filter(
    (story) => !story.gone && story.recordedUpTo < from && fits(story),
  );
  return candidates.length > 0 ? book.dice.pick(candidates) : undefined;
}

function happen(story: HouseholdStory, task: Task, when: When, { dice }: CommuneBook): void {
  switch (task.kind) {
    case 'poorMoves':
    case 'nearPoorMoves':
      return story.moved(when, task.to);
    case 'poorGone':
    case 'nearPoorGone':
      return story.dissolved(when, dice.pick(ENDINGS));
    case 'escapedToNearPoor':
      return story.escaped(when, 'near-poor');
    case 'escapedAbove':
    case 'nearPoorEscaped':
      return story.escaped(when, 'above');
    case 'rePoor':
      return story.flagged(when, dice.pick(FLAG_REASONS));
    case 'becamePoor':
      return story.escapedPoverty
        ? story.flagged(when, dice.pick(FLAG_REASONS))
        : story.reviewed(when, regular('poor'));
    case 'newPoor':
      return story.reviewed(when, regular('poor'));
    case 'newNearPoor':
    case 'reNearPoor':
      return story.reviewed(when, regular('near-poor'));
  }
  return unreachable(task);
}

function leave({ kind }: Task, left: ReviewTasks): void {
  if (kind === 'poorMoves' || kind === 'nearPoorMoves' || kind === 'poorGone' || kind === 'nearPoorGone') {
    throw new Error(`nobody is there for ${kind}`);
  }
  left[kind] += 1;
}

const regular = (outcome: 'poor' | 'near-poor'): ReviewResult => ({
  channel: 'regular',
  outcome,
  paper: 'recognises-changes',
});
