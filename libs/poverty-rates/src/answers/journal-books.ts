import type { UnitTree } from '@ledger/areas';
import type { PlainDate, UnitId } from '@ledger/kernel';
import { numberOfDay } from '@ledger/kernel';
import { requireStandard } from '@ledger/standards';
import type { ReadModels } from '../read-store';
import type { Book } from './book';
import type { KeptBooks } from './kept-books';
import type { Asked } from './reading';
import { readBooks } from './reading';

type Books = ReadonlyMap<UnitId, Book>;

/** What an earlier day's knowledge is read from. */
export interface Past {
  readonly models: ReadModels;
  /** The units as known on the day. */
  readonly tree: UnitTree;
  readonly knownOn: PlainDate;
  /** The last day on which anything is booked in the read models. */
  readonly lastDay: PlainDate;
  /**
   * Present once nothing but a repair can change what is known on the day. It names the units that are known
   * and the repairs: with the same name, the knowledge of two days differs by what was booked between them.
   */
  readonly finalAs: string | undefined;
}

/**
 * The journal, booked on units as it was known on a day. Nothing but the journal can tell what an earlier day
 * knew: balances hold the latest knowledge. Each book is read once for all the days of one answer; and of
 * the journal only what was recorded since the nearest day, earlier or later, whose book is kept.
 */
export class JournalBooks {
  private readonly own = new Map<string, Promise<Books>>();

  constructor(
    private readonly past: Past,
    private readonly kept: KeptBooks,
  ) {}

  async bookOf(unit: UnitId, standard: string, group: string): Promise<Book> {
    await this.open([unit], standard, group);
    return (await this.own.get(`${unit}|${standard}|${group}`))?.get(unit) as Book;
  }

  /** Reads the books of several units in one go, those that are not open yet. */
  async open(units: readonly UnitId[], standard: string, group: string): Promise<void> {
    const missing: UnitId[] = [];
    for (const unit of units) {
      const key = `${unit}|${standard}|${group}`;
      if (this.own.has(key)) continue;
      const kept = this.findKept(unit, key);
      if (kept) this.own.set(key, kept);
      else missing.push(unit);
    }
    // One after another: none may still be reading when another fails and the snapshot ends.
    for (const asked of this.withTheirBases(missing, standard, group)) await this.read(asked);
  }

  private findKept(unit: UnitId, key: string): Promise<Books> | undefined {
    const { finalAs, knownOn } = this.past;
    if (finalAs === undefined) return undefined;
    const book = this.kept.find(`${finalAs}|${key}`, knownOn);
    return book
      ? Promise.resolve(new Map([[unit, book]]))
      : this.kept.underWay.get(`${knownOn}|${finalAs}|${key}`);
  }

  /** The units whose books go on from those of the same day, or from nothing, are read in one go. */
  private withTheirBases(units: readonly UnitId[], standard: string, group: string): readonly Asked[] {
    const { finalAs, knownOn, lastDay } = this.past;
    const opened = requireStandard(standard).openingFrom;
    // Little is recorded under a standard before it is opened.
    const within = numberOfDay(knownOn) - numberOfDay(opened);
    const based = units.map((unit) => {
      const title = `${finalAs}|${unit}|${standard}|${group}`;
      // What was recorded on the last day may not all be in this snapshot.
      const near = { before: lastDay, within };
      return { unit, base: finalAs === undefined ? undefined : this.kept.nearest(title, knownOn, near) };
    });
    return [...Map.groupBy(based, ({ base }) => base?.knownOn)].map(([from, together]) => ({
      ...{ standard, group },
      ...(from !== undefined && { from }),
      bases: new Map(together.map(({ unit, base }) => [unit, base?.book])),
    }));
  }

  private async read(asked: Asked): Promise<void> {
    const books = readBooks(this.past, asked);
    const { finalAs, knownOn } = this.past;
    const { underWay } = this.kept;
    const keys = [...asked.bases.keys()].map((unit) => ({
      unit,
      key: `${unit}|${asked.standard}|${asked.group}`,
    }));
    for (const { key } of keys) {
      this.own.set(key, books);
      if (finalAs !== undefined) underWay.set(`${knownOn}|${finalAs}|${key}`, books);
    }
    try {
      const read = await books;
      if (finalAs === undefined) return;
      for (const { unit, key } of keys)
        this.kept.keep(`${finalAs}|${key}`, { knownOn, book: read.get(unit) as Book });
    } finally {
      for (const { key } of keys) underWay.delete(`${knownOn}|${finalAs}|${key}`);
    }
  }
}
