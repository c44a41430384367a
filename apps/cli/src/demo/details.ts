import { dayIn } from './calendar';
import type { CommuneBook } from './commune-book';
import { monthlyRecordingDay } from './late';

/** A birth, someone who leaves, an illness: changes of a listed household that concern no status. */
export function tellDetails(book: CommuneBook, year: number, month: number): void {
  const { dice } = book;
  const from = dayIn(year, month, 1);
  for (const story of book.stories) {
    if (!story.isListed || story.recordedUpTo >= from || !dice.chance(0.002)) continue;
    const on = dayIn(year, month, dice.between(2, 27));
    const when = { on, recordedOn: monthlyRecordingDay(dice, on) };
    if (dice.chance(0.75)) story.changed(when, { members: changedSize(story.members, dice.chance(0.5)) });
    else
      story.changed(when, { groups: toggled(story.groups, dice.pick(['no-labour', 'social-protection'])) });
  }
}

export const changedSize = (members: number, grows: boolean): number =>
  grows || members === 1 ? members + 1 : members - 1;

const toggled = (groups: readonly string[], group: string): readonly string[] =>
  groups.includes(group) ? groups.filter((other) => other !== group) : [...groups, group];
