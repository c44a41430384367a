import type { Unit, UnitTree } from '@ledger/areas';
import { Recent, UNITS_STREAM } from '@ledger/areas';
import type { Position } from '@ledger/event-sourcing';
import type { PlainDate } from '@ledger/kernel';
import { earlierOf, notKnown, Problem } from '@ledger/kernel';
import type { Checkpoint, Counts, ReadModels, ReadStore } from '../read-store';
import type { Past } from './journal-books';
import { JournalBooks } from './journal-books';
import { KeptBooks } from './kept-books';
import type { FactLog } from './knowledge';
import { Knowledge } from './knowledge';
import { KnownLists } from './known-lists';
import { Shelf } from './shelf';
import { UnitTrees } from './unit-trees';

const MOST_SHELVES = 6;

/** By whose end an answer is known (absent for the latest knowledge), and the day on which it is asked. */
interface Asked {
  readonly knownOn?: PlainDate;
  /** The day in Vietnam. */
  readonly today: PlainDate;
}

/**
 * Opens one snapshot for one answer, and keeps what many answers need: the trees of units, the lists of the
 * read models that only grow, and the books of an earlier day's knowledge. A snapshot sees as much of them as
 * it holds itself, whatever others have read since.
 */
export class Librarian {
  private readonly trees = new UnitTrees();
  private readonly lists = new KnownLists();
  private readonly books = new KeptBooks();
  private readonly shelves = new Recent<string, Shelf>(MOST_SHELVES);

  constructor(
    private readonly readStore: ReadStore,
    private readonly log: FactLog,
  ) {}

  async ask<Answer>(
    asked: Asked,
    question: (knowledge: Knowledge, latest: UnitTree) => Promise<Answer>,
  ): Promise<Answer> {
    return this.readStore.snapshot(async (models) => {
      const checkpoint = await models.checkpoint();
      const counts = await models.counts();
      const latest = await this.trees.known(models, counts.units, undefined);
      return question(await this.knowledge(models, asked, checkpoint, counts), latest);
    });
  }

  private async knowledge(
    models: ReadModels,
    { knownOn, today }: Asked,
    { position, lastDay }: Checkpoint,
    counts: Counts,
  ): Promise<Knowledge> {
    const earlier = knownOn !== undefined && lastDay !== null && knownOn < lastDay ? knownOn : undefined;
    const shelf = await this.shelf(models, counts, earlier);
    const books =
      earlier === undefined || lastDay === null
        ? undefined
        : this.journalBooks({ models, tree: shelf.tree, knownOn: earlier, lastDay }, counts, today);
    return new Knowledge(models, this.log, shelf, books, {
      knownOn: earlier,
      // Nothing more is known tomorrow than today.
      shownOn: earlierOf(knownOn ?? today, today),
      today,
      position: position === '' ? ('0' as Position) : position,
      registryParked: (await models.parked()).some(({ stream }) => stream === UNITS_STREAM),
    });
  }

  private async shelf(models: ReadModels, counts: Counts, knownOn: PlainDate | undefined): Promise<Shelf> {
    const tree = await this.trees.known(models, counts.units, knownOn);
    const key = [knownOn ?? '', counts.units, counts.totals, counts.classifications].join('|');
    return this.shelves.get(key, () => new Shelf(tree, this.lists, counts, knownOn));
  }

  private journalBooks(past: Omit<Past, 'finalAs'>, { repairs }: Counts, today: PlainDate): JournalBooks {
    // Booked days never fall: what an earlier day knew is final, but for a repair (rule 1 of the ledger).
    const finalAs = past.knownOn < today ? `${past.tree.factCount}|${repairs}` : undefined;
    return new JournalBooks({ ...past, finalAs }, this.books);
  }
}

/**
 * The unit that a code or a full id names on a day.
 * @throws Problem `unit.unknown-on-that-day` when only later knowledge has it, `answer.registry-parked` when
 * there may be one that cannot be read
 */
export function resolveUnit(knowledge: Knowledge, latest: UnitTree, ref: string, day: PlainDate): Unit {
  try {
    return knowledge.tree.resolve(ref, day);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'unit.unknown') throw error;
    if (knowledge.registryParked)
      throw new Problem('unavailable', [{ code: 'answer.registry-parked', field: 'unit', got: ref }]);
    if (!knowledge.knownOn) throw error;
    if (!isKnownTo(latest, ref, day)) throw error;
    const facts = { unit: ref, knownOn: knowledge.knownOn };
    throw notKnown({ code: 'unit.unknown-on-that-day', field: 'unit', got: ref, facts });
  }
}

function isKnownTo(tree: UnitTree, ref: string, day: PlainDate): boolean {
  try {
    tree.resolve(ref, day);
    return true;
  } catch (error) {
    // A code that had other days is known as well.
    return error instanceof Problem && error.code !== 'unit.unknown';
  }
}
