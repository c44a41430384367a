import { addDays } from '@ledger/kernel';
import { dayIn, sittingOf, yearlyDecisionDays } from './calendar';
import type { CommuneBook } from './commune-book';
import type { Listed } from './flows';

/** The households of the first list, entered when the review begins. */
export function enterFirstList(book: CommuneBook, year: number, { poor, nearPoor }: Listed): void {
  for (let nth = 0; nth < poor + nearPoor; nth++) {
    const on = dayIn(year, book.dice.pick([9, 10]), book.dice.between(5, 28));
    book.register({ on, recordedOn: on });
  }
}

/** The review that opens a standard's books (VN-2022: autumn 2021, applied from 2022 on). */
export function openBooks(book: CommuneBook, year: number, { poor }: Listed): void {
  const sittings = yearlyDecisionDays(book.dice, year);
  for (const [index, story] of book.dice.shuffled(book.stories).entries()) {
    const on = sittingOf(story.village, sittings);
    const when = { on, recordedOn: addDays(on, book.dice.between(0, 10)) };
    story.reviewed(when, { channel: 'periodic', outcome: index < poor ? 'poor' : 'near-poor' });
  }
}
