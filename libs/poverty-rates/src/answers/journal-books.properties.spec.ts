import { COUNTRY, UnitTree } from '@ledger/areas';
import type { PlainDate, UnitId } from '@ledger/kernel';
import { addDays, LAST_DAY, numberOfDay } from '@ledger/kernel';
import fc from 'fast-check';
import { bookingsOf } from '../ledger/booking';
import type { Column } from '../ledger/columns';
import type { JournalEntry } from '../ledger/movement';
import type { ReadModels } from '../read-store';
import { EMPTY, InMemoryReadModels } from '../testing/in-memory-read-models';
import { day, ELSEWHERE, entry, HERE, THERE } from '../testing/sample-batches';
import { abolished, COUNTRYSIDE, DISTRICT, OTHER_PROVINCE, PROVINCE } from '../testing/sample-country';
import { Book, BookWriter } from './book';
import { JournalBooks } from './journal-books';
import { KeptBooks } from './kept-books';

const START = day('2023-01-01');
const someDay = fc.nat(20).map((days) => addDays(START, days));
const UNITS = [HERE, DISTRICT, PROVINCE, OTHER_PROVINCE, COUNTRY];
const TREE = UnitTree.of([
  ...COUNTRYSIDE,
  abolished(DISTRICT, addDays(START, 8)),
  abolished(THERE, addDays(START, 5)),
]);

const place = fc.constantFrom<UnitId>(HERE, THERE, ELSEWHERE);
const amount = fc.integer({ min: -3, max: 3 });
const journal = fc.array(
  fc
    .record({
      column: fc.constantFrom<Column>(
        'poor.opened',
        'near-poor.movedIn',
        'above.movedOut',
        'campaign.reviewed',
      ),
      ...{ place, counterpart: fc.option(place), effectiveOn: someDay, recordedOn: someDay },
      ...{ households: amount, persons: amount },
    })
    .map((more) => entry(more)),
  { maxLength: 30 },
);
/** Who asks: for which units, as known on which day, in a snapshot in which so many days are booked. */
const questions = fc.array(
  fc
    .record({
      units: fc.uniqueArray(fc.constantFrom(...UNITS), { minLength: 1 }),
      ...{ knownOn: someDay, more: fc.integer({ min: 1, max: 20 }) },
    })
    .map(({ more, ...asked }) => ({ ...asked, lastDay: addDays(asked.knownOn, more) })),
  { minLength: 2, maxLength: 8 },
);

const snapshotOf = (all: readonly JournalEntry[], lastDay: PlainDate): ReadModels =>
  new InMemoryReadModels({
    ...EMPTY,
    journal: new Map(
      all.flatMap((one, index) => (one.recordedOn <= lastDay ? [[String(index), one] as const] : [])),
    ),
  });

/** Read on its own and from the beginning: each line booked on all the units above its place. */
async function bookByLines(models: ReadModels, unit: UnitId, knownOn: PlainDate): Promise<Book> {
  const places = [HERE, THERE, ELSEWHERE];
  const query = { places, standard: 'VN-2022', group: 'all', effectiveTo: LAST_DAY, knownOn };
  const writer = new BookWriter();
  for (const line of await models.lines(query))
    for (const { column, effectiveOn, ...booking } of bookingsOf(TREE, line))
      if (booking.unit === unit)
        writer.add(column, numberOfDay(effectiveOn), booking.households, booking.persons);
  return Book.of(writer);
}

describe('The books of earlier days', () => {
  it('are those that lines give, whichever days were asked for before and whoever saw less', async () => {
    await fc.assert(
      fc.asyncProperty(journal, questions, async (all, asked) => {
        const kept = new KeptBooks();
        for (const { units, knownOn, lastDay } of asked) {
          const models = snapshotOf(all, lastDay);
          const books = new JournalBooks({ models, tree: TREE, knownOn, lastDay, finalAs: '1' }, kept);
          await books.open(units, 'VN-2022', 'all');
          for (const unit of units) {
            const book = await books.bookOf(unit, 'VN-2022', 'all');
            const expected = await bookByLines(models, unit, knownOn);
            for (const to of [addDays(START, 4), addDays(START, 10), LAST_DAY])
              expect(book.columns({ to })).toEqual(expected.columns({ to }));
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
