import { dayIn, FIRST_YEAR } from './calendar';
import type { Entry } from './entries';
import { Entries } from './entries';
import { People } from './people';
import { declareTotals } from './totals';

export interface CountrySize {
  /** Households that are ever on a list; about nine facts each in ten years. */
  readonly households: number;
  readonly communes: number;
  /** From 2016 on. */
  readonly years: number;
  readonly seed: number;
}

/** The country's books in the order of recording, one year at a time in memory. */
export function* booksOf({
  households,
  communes,
  years,
  seed,
}: CountrySize): Generator<Entry, void, undefined> {
  const lastYear = FIRST_YEAR + years - 1;
  const people = new People(households, communes, lastYear, seed);
  let carried = new Entries();
  declareTotals(communes, households, FIRST_YEAR - 1, seed, carried);
  for (let year = FIRST_YEAR; year <= lastYear; year++) {
    const book = carried;
    carried = new Entries();
    for (let household = 0; household < households; household++) people.live(household, year, book);
    declareTotals(communes, households, year, seed, book);
    const closesOn = dayIn(year, 12, 31);
    for (const index of book.inOrder()) {
      const entry = book.at(index);
      if (year === lastYear || entry.recordedOn <= closesOn) yield entry;
      else carried.add(entry);
    }
  }
}

/** The same, household by household, without the totals: each in the order of its recording. */
export function* livesOf({
  households,
  communes,
  years,
  seed,
}: CountrySize): Generator<Entry[], void, undefined> {
  const people = new People(households, communes, FIRST_YEAR + years - 1, seed);
  for (let household = 0; household < households; household++) {
    const life = new Entries();
    for (let year = FIRST_YEAR; year < FIRST_YEAR + years; year++) people.live(household, year, life);
    yield Array.from(life.inOrder(), (index) => life.at(index));
  }
}
