import type {
  CommuneSum,
  Declaration,
  DeclaredTotals,
  Denominator,
  KnownDeclaration,
  Sight,
  SumOfDays,
  UnitTree,
} from '@ledger/areas';
import { denominatorOf, lastDeclaration, Recent } from '@ledger/areas';
import type { PlainDate, UnitId } from '@ledger/kernel';
import { addYears, dayAfter, dayBefore, earlierOf } from '@ledger/kernel';

/** What a denominator is from, from a day on. */
export interface SourceFrom {
  readonly on: PlainDate;
  readonly source: string;
}

/** Sums in all the lists that are kept. */
const MOST_SUMS = 10_000;

/** The denominators of units as one state of the declarations tells them. It keeps the sums over communes. */
export class Denominators {
  /** By unit, stretch of its days and group: the sums that were asked for, in any order. */
  private readonly sums = new Recent<string, readonly SumOfDays[]>(MOST_SUMS, ({ length }) => length);

  constructor(
    private readonly tree: UnitTree,
    private readonly totals: DeclaredTotals,
    private readonly sight: Sight,
  ) {}

  /** What was declared for a unit, of one group or of all, in order of arrival. */
  declarationsOf(unit: UnitId, group: string | undefined): readonly KnownDeclaration[] {
    return this.totals.declarationsOf(unit, group, this.sight);
  }

  /** Rule 15 of the ledger, as known then. Outside its life a unit has no households, whatever was declared. */
  on(unit: UnitId, group: string, day: PlainDate): Denominator {
    return this.tree.isAlive(unit, day)
      ? denominatorOf({
          own: lastDeclaration(this.declarationsOf(unit, group), day),
          sum: this.sumOn(unit, group, day, day).sum,
          on: day,
        })
      : { total: null, missing: 0, notices: [] };
  }

  /** The source of the denominator where there is one, on each day from which it may be another. */
  sources(unit: UnitId, group: string, from: PlainDate, to: PlainDate): readonly SourceFrom[] {
    const declared = this.declarationsOf(unit, group);
    const sources: SourceFrom[] = [];
    for (let on = from; on <= to;) {
      const days = this.sumOn(unit, group, on, earlierOf(to, addYears(on, 1)));
      if (this.tree.isAlive(unit, on)) {
        const { total } = denominatorOf({ own: lastDeclaration(declared, on), sum: days.sum, on });
        if (total) sources.push({ on, source: total.source });
      }
      const until = earlierOf(days.to, dayBeforeNext(declared, on) ?? days.to);
      if (until >= to) break;
      on = dayAfter(until);
    }
    return sources;
  }

  /** The sum on a day, and the days for which it is good. `upTo` tells which other days will be asked for. */
  private sumOn(unit: UnitId, group: string, day: PlainDate, upTo: PlainDate): SumOfDays {
    const stretch = this.tree.stretchOn(unit, day);
    // A commune is no sum.
    const communes = stretch.communes[0] === unit ? [] : stretch.communes;
    if (communes.length === 0) return { from: stretch.from, to: stretch.to, sum: NO_COMMUNES };
    const key = `${unit}|${stretch.from}|${group}`;
    const kept = this.sums.find(key) ?? [];
    const known = kept.find(({ from, to }) => from <= day && day <= to);
    if (known) return known;
    const days = { from: day, to: earlierOf(upTo, stretch.to) };
    const sums = this.totals
      .sumsOf(communes, group, days, this.sight)
      .map((sum) => ({ ...sum, to: earlierOf(sum.to, stretch.to) }));
    const [first, last] = [sums[0] as SumOfDays, sums.at(-1) as SumOfDays];
    const others = kept.filter(({ from }) => from < first.from || from > last.from);
    this.sums.keep(key, [...others, ...sums]);
    return first;
  }
}

const NO_COMMUNES: CommuneSum = { communes: 0, missing: 0, total: null };

function dayBeforeNext(declared: readonly Declaration[], day: PlainDate): PlainDate | undefined {
  const later = declared.flatMap(({ on }) => (on > day ? [on] : []));
  return later.length === 0 ? undefined : dayBefore(later.reduce(earlierOf));
}
