import { Recent } from '@ledger/areas';
import type { PlainDate, UnitId } from '@ledger/kernel';
import { numberOfDay } from '@ledger/kernel';
import type { Book } from './book';

/** Numbers in all the books that are kept, four bytes each. */
const MOST_NUMBERS = 2_000_000;
/** Of so many books the days are known, and of each so many. */
const MOST_TITLES = 2_000;
const MOST_DAYS = 40;

/** The book of a unit as it was known by the end of a day. */
export interface DatedBook {
  readonly knownOn: PlainDate;
  readonly book: Book;
}

/**
 * The books of days whose knowledge is final, for all answers. A title says what else they depend on: the
 * unit, standard and group, how many facts there are of units, and how often the past was repaired.
 */
export class KeptBooks {
  /** What is being read: whoever asks for it meanwhile waits for it too. */
  readonly underWay = new Map<string, Promise<ReadonlyMap<UnitId, Book>>>();
  private readonly finished = new Recent<string, Book>(MOST_NUMBERS, ({ size }) => size);
  private readonly days = new Recent<string, readonly PlainDate[]>(MOST_TITLES);

  find(title: string, knownOn: PlainDate): Book | undefined {
    return this.finished.find(`${knownOn}|${title}`);
  }

  keep(title: string, { knownOn, book }: DatedBook): void {
    this.finished.keep(`${knownOn}|${title}`, book);
    const others = (this.days.find(title) ?? []).filter((day) => day !== knownOn);
    this.days.keep(title, [knownOn, ...others].slice(0, MOST_DAYS));
  }

  /** Of the days before `before` the nearest one that has a book, in so many days at most. */
  nearest(
    title: string,
    knownOn: PlainDate,
    { before, within }: { readonly before: PlainDate; readonly within: number },
  ): DatedBook | undefined {
    const distance = (day: PlainDate): number => Math.abs(numberOfDay(day) - numberOfDay(knownOn));
    const near = (this.days.find(title) ?? [])
      .filter((day) => day < before && distance(day) <= within)
      .sort((a, b) => distance(a) - distance(b));
    for (const day of near) {
      const book = this.find(title, day);
      if (book) return { knownOn: day, book };
    }
    return undefined;
  }
}
