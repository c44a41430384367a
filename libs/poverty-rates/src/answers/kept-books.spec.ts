import { numberOfDay } from '@ledger/kernel';
import { day } from '../testing/sample-batches';
import { Book, BookWriter } from './book';
import { KeptBooks } from './kept-books';

const ANY = { before: day('2030-01-01'), within: 100_000 };

/** A book of so many days. */
function bookOf(days: number): Book {
  const writer = new BookWriter();
  for (let index = 0; index < days; index++)
    writer.add('poor.opened', numberOfDay(day('2020-01-01')) + index, 1, 4);
  return Book.of(writer);
}

function shelf(...days: string[]): KeptBooks {
  const kept = new KeptBooks();
  for (const text of days) kept.keep('A', { knownOn: day(text), book: bookOf(1) });
  return kept;
}

describe('Kept books', () => {
  it('are found again by title and day', () => {
    const kept = shelf('2023-01-01');
    expect(kept.find('A', day('2023-01-01'))).toBeDefined();
    expect(kept.find('A', day('2023-01-02'))).toBeUndefined();
    expect(kept.find('B', day('2023-01-01'))).toBeUndefined();
  });

  it.each([
    ['2023-02-01', '2023-01-20'],
    ['2023-05-01', '2023-04-30'],
    ['2022-01-01', '2022-12-01'],
    ['2024-01-01', '2023-04-30'],
  ])('of another day nearest to %s are those of %s', (asked, nearest) => {
    const kept = shelf('2023-04-30', '2022-12-01', '2023-01-20');
    expect(kept.nearest('A', day(asked), ANY)?.knownOn).toBe(nearest);
    expect(kept.nearest('B', day(asked), ANY)).toBeUndefined();
  });

  it('of another day are none too far away, and none of a day that may not be whole', () => {
    const kept = shelf('2023-01-01', '2023-01-20');
    const nearest = (more: Partial<typeof ANY>) => kept.nearest('A', day('2023-01-11'), { ...ANY, ...more });
    expect(nearest({})?.knownOn).toBe('2023-01-20');
    expect(nearest({ before: day('2023-01-20') })?.knownOn).toBe('2023-01-01');
    expect(nearest({ before: day('2023-01-20'), within: 9 })).toBeUndefined();
    expect(nearest({ within: 9 })?.knownOn).toBe('2023-01-20');
  });

  it('do not grow without end: those not asked for the longest go first', () => {
    const kept = new KeptBooks();
    const [first, second, third] = [day('2021-01-01'), day('2021-06-01'), day('2021-06-02')];
    const large = bookOf(300_000);
    kept.keep('A', { knownOn: first, book: large });
    kept.keep('A', { knownOn: second, book: large });
    expect(kept.find('A', first)).toBe(large);
    kept.keep('A', { knownOn: third, book: large });
    expect(kept.find('A', second)).toBeUndefined();
    expect(kept.nearest('A', second, { ...ANY, before: third })).toEqual({ knownOn: first, book: large });
  });
});
