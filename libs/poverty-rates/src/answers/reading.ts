import type { UnitTree } from '@ledger/areas';
import type { PlainDate, UnitId } from '@ledger/kernel';
import { earlierOf, laterOf } from '@ledger/kernel';
import type { ReadModels } from '../read-store';
import { Book, BookWriter } from './book';
import type { Stay } from './unit-entries';
import { staysOf, UnitEntries } from './unit-entries';

/** So many entries are read and booked without holding a thread for long: some ten milliseconds. */
const ENTRIES_IN_ONE_GO = 6_000;
/** A place without entries takes some time as well. */
const MOST_PLACES = 2_000;
const FIRST_PLACES = 16;
const MOST_GROWTH = 4;

interface Sources {
  readonly models: ReadModels;
  readonly tree: UnitTree;
  readonly knownOn: PlainDate;
}

/** Books under one standard for one group that are read together. */
export interface Asked {
  readonly standard: string;
  readonly group: string;
  /** The day whose books they go on from, earlier or later; absent: from nothing. */
  readonly from?: PlainDate;
  /** The units, each with its book of that day. */
  readonly bases: ReadonlyMap<UnitId, Book | undefined>;
}

/** Some places at a time, so that others have their turn in between: a country has a million entries. */
export async function readBooks(
  { models, tree, knownOn }: Sources,
  { standard, group, from, bases }: Asked,
): Promise<ReadonlyMap<UnitId, Book>> {
  const books = new Map<UnitId, Book>();
  const { places, open } = readingOrder(tree, [...bases.keys()]);
  // Back from a later day: what was recorded since is taken away.
  const sign = from !== undefined && from > knownOn ? -1 : 1;
  const query = {
    ...{ standard, group },
    ...(from !== undefined && { knownAfter: earlierOf(from, knownOn) }),
    knownOn: laterOf(from ?? knownOn, knownOn),
  };
  for (let at = 0, size = FIRST_PLACES; at < places.length;) {
    const some = places.slice(at, at + size);
    at += some.length;
    const holders = some.map((place) => holdersOf(tree, place, open));
    const entries = await models.eachEntry(
      { places: some, ...query },
      (place, column, effectiveOn, counterpart, households, persons) => {
        for (const { unit, stays } of holders[place] as readonly Holder[])
          unit.enter(stays, column, effectiveOn, counterpart, sign * households, sign * persons);
      },
    );
    close(at);
    const fitting = Math.floor((some.length * ENTRIES_IN_ONE_GO) / Math.max(1, entries));
    size = Math.max(1, Math.min(MOST_PLACES, MOST_GROWTH * size, fitting));
  }
  close(places.length);
  return books;

  function close(soMany: number): void {
    for (const [unit, { writer, readAt }] of open) {
      if (readAt > soMany) continue;
      books.set(unit, Book.of(writer, bases.get(unit)));
      open.delete(unit);
    }
  }
}

interface OpenBook {
  readonly writer: BookWriter;
  readonly entries: UnitEntries;
  /** When so many places are read, it is complete. */
  readonly readAt: number;
}

/** Small units first: each book is closed, which makes it small, before the next ones grow. */
function readingOrder(
  tree: UnitTree,
  units: readonly UnitId[],
): { readonly places: readonly UnitId[]; readonly open: Map<UnitId, OpenBook> } {
  const held = units.map((unit) => ({ unit, own: tree.placesEverIn(unit) }));
  const numbers = new Map<UnitId, number>();
  const open = new Map<UnitId, OpenBook>();
  for (const { unit, own } of held.sort((a, b) => a.own.length - b.own.length)) {
    let readAt = 0;
    for (const place of own) {
      const number = numbers.get(place) ?? numbers.size + 1;
      numbers.set(place, number);
      readAt = Math.max(readAt, number);
    }
    const writer = new BookWriter();
    open.set(unit, { writer, entries: new UnitEntries(tree, unit, writer), readAt });
  }
  return { places: [...numbers.keys()], open };
}

/** A unit whose book is open, and when it holds the place. */
interface Holder {
  readonly unit: UnitEntries;
  readonly stays: readonly Stay[];
}

function holdersOf(tree: UnitTree, place: UnitId, open: ReadonlyMap<UnitId, OpenBook>): readonly Holder[] {
  const holders: Holder[] = [];
  for (const { units } of tree.periodsOfPlace(place)) {
    for (const id of units) {
      const unit = open.get(id)?.entries;
      if (!unit || holders.some((other) => other.unit === unit)) continue;
      holders.push({ unit, stays: staysOf(tree, place, id) });
    }
  }
  return holders;
}
