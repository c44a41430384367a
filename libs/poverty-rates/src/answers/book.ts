import { soManyUpTo } from '@ledger/areas';
import type { PlainDate } from '@ledger/kernel';
import { numberOfDay } from '@ledger/kernel';
import type { Column } from '../ledger/columns';
import type { Amount } from '../ledger/movement';
import { isNothing } from '../ledger/movement';

export type Columns = ReadonlyMap<Column, Amount>;

/** The span of days that a sum covers; `from` absent means from the beginning. */
export interface Span {
  readonly from?: PlainDate;
  readonly to: PlainDate;
}

/**
 * One column by effective day: in each place of the lists what it adds up to by the end of that day. A column
 * of the whole country over a century stays below two thousand million persons.
 */
interface RunningColumn {
  readonly days: Int32Array;
  readonly households: Int32Array;
  readonly persons: Int32Array;
}

const EMPTY_COLUMN: RunningColumn = {
  days: new Int32Array(),
  households: new Int32Array(),
  persons: new Int32Array(),
};

/** All bookings of one unit under one standard for one group, added up by column and effective day. */
export class Book {
  static readonly EMPTY = new Book(new Map());

  private constructor(private readonly running: ReadonlyMap<Column, RunningColumn>) {}

  /** What was written, on top of what another book holds. */
  static of(writer: BookWriter, base: Book = Book.EMPTY): Book {
    const running = new Map(base.running);
    for (const [column, days] of writer.columns)
      running.set(column, continued(base.running.get(column) ?? EMPTY_COLUMN, days));
    return new Book(running);
  }

  /** How many numbers it keeps, about. */
  get size(): number {
    return [...this.running.values()].reduce((size, { days }) => size + 3 * days.length + 40, 40);
  }

  /** The sum of each column over a span of effective days; columns that come to nothing are left out. */
  columns({ from, to }: Span): Columns {
    const columns = new Map<Column, Amount>();
    for (const [column, running] of this.running) {
      const last = soManyUpTo(running.days, numberOfDay(to)) - 1;
      const before = from === undefined ? -1 : soManyUpTo(running.days, numberOfDay(from) - 1) - 1;
      const amount = {
        households: (running.households[last] ?? 0) - (running.households[before] ?? 0),
        persons: (running.persons[last] ?? 0) - (running.persons[before] ?? 0),
      };
      if (!isNothing(amount)) columns.set(column, amount);
    }
    return columns;
  }
}

interface DaySum {
  households: number;
  persons: number;
}

/** Adds up what is booked on a unit. Days are numbers, see `numberOfDay`. */
export class BookWriter {
  readonly columns = new Map<Column, Map<number, DaySum>>();

  add(column: Column, day: number, households: number, persons: number): void {
    let days = this.columns.get(column);
    if (!days) this.columns.set(column, (days = new Map<number, DaySum>()));
    const sum = days.get(day);
    if (!sum) days.set(day, { households, persons });
    else {
      sum.households += households;
      sum.persons += persons;
    }
  }
}

/** Days on which nothing is left to book are left out. */
function continued(base: RunningColumn, sums: ReadonlyMap<number, DaySum>): RunningColumn {
  const changed = [...sums.keys()].sort((a, b) => a - b);
  const most = base.days.length + changed.length;
  const [days, households, persons] = [new Int32Array(most), new Int32Array(most), new Int32Array(most)];
  let size = 0;
  const added = { households: 0, persons: 0 };
  for (let at = 0, next = 0; at < base.days.length || next < changed.length;) {
    const day = Math.min(base.days[at] ?? Infinity, changed[next] ?? Infinity);
    if (day === base.days[at]) at += 1;
    if (day === changed[next]) {
      next += 1;
      added.households += sums.get(day)?.households ?? 0;
      added.persons += sums.get(day)?.persons ?? 0;
    }
    days[size] = day;
    households[size] = (base.households[at - 1] ?? 0) + added.households;
    persons[size] = (base.persons[at - 1] ?? 0) + added.persons;
    const isSame =
      households[size] === (households[size - 1] ?? 0) && persons[size] === (persons[size - 1] ?? 0);
    if (!isSame) size += 1;
  }
  return {
    days: days.slice(0, size),
    households: households.slice(0, size),
    persons: persons.slice(0, size),
  };
}
