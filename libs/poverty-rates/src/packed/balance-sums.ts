import { keyOf, placeInYear } from './balance-rows';
import { entryOf } from './entry-of';
import { FewNumbers } from './few-numbers';

/** What was added up for a unit in one year, under one standard and in one group. */
export interface YearSums {
  readonly unit: number;
  readonly standard: number;
  readonly group: number;
  readonly year: number;
  readonly days: readonly number[];
}

const MOST_SUMS = 100_000;
const YEARS = 10_000;
const GROUPS = 32;

type Sums = Map<number, [households: number, persons: number]>;

/** Adds up bookings in memory and hands them on, unit by unit and year by year, before they become too many. */
export class BalanceSums {
  private readonly units = new Map<number, Map<number, Sums>>();
  private size = 0;
  private readonly standards = new FewNumbers();

  /** @param most how many sums are kept before they are handed on */
  constructor(
    private readonly write: (sums: YearSums) => void,
    private readonly most = MOST_SUMS,
  ) {}

  add(
    unit: number,
    standard: number,
    group: number,
    effectiveOn: number,
    column: number,
    households: number,
    persons: number,
  ): void {
    const { year, dayOfYear } = placeInYear(effectiveOn);
    const rows = entryOf(this.units, unit, () => new Map<number, Sums>());
    const sums = entryOf(
      rows,
      (this.standards.indexOf(standard) * GROUPS + group) * YEARS + year,
      (): Sums => new Map(),
    );
    const key = keyOf(dayOfYear, column);
    const sum = sums.get(key);
    if (sum) {
      sum[0] += households;
      sum[1] += persons;
      return;
    }
    sums.set(key, [households, persons]);
    if (++this.size >= this.most) this.flush();
  }

  flush(): void {
    for (const unit of [...this.units.keys()].sort((a, b) => a - b)) {
      const rows = this.units.get(unit) as Map<number, Sums>;
      for (const row of [...rows.keys()].sort((a, b) => a - b)) {
        const year = row % YEARS;
        const standardAndGroup = (row - year) / YEARS;
        const group = standardAndGroup % GROUPS;
        const standard = this.standards.at((standardAndGroup - group) / GROUPS);
        this.write({ unit, standard, group, year, days: inOrder(rows.get(row) as Sums) });
      }
    }
    this.forget();
  }

  forget(): void {
    this.units.clear();
    this.size = 0;
  }
}

function inOrder(sums: Sums): readonly number[] {
  const triples: number[] = [];
  for (const key of [...sums.keys()].sort((a, b) => a - b)) {
    const [households, persons] = sums.get(key) as [number, number];
    if (households !== 0 || persons !== 0) triples.push(key, households, persons);
  }
  return triples;
}
