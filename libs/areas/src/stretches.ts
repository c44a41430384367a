import type { PlainDate, UnitId } from '@ledger/kernel';
import { dayAfter, dayBefore, FIRST_DAY, LAST_DAY } from '@ledger/kernel';
import type { Places } from './places';
import { Recent } from './recent';
import { soManyUpTo } from './so-many-up-to';
import type { UnitBook } from './unit-book';
import type { UnitRecord } from './unit-record';
import { isAliveOn } from './unit-record';

/** Days, both included, on which neither a unit nor anything below it begins or ends, and what it holds on them. */
export interface UnitStretch {
  readonly unit: UnitId;
  readonly from: PlainDate;
  readonly to: PlainDate;
  /** The communes alive (the unit itself, if it is one), by code; none when the unit is not alive. */
  readonly communes: readonly UnitId[];
  /** The places that belong to the unit. */
  readonly places: readonly UnitId[];
}

/** Ids in the lists that are kept: the country over some twenty stretches. */
const MOST_IDS = 400_000;
const IDS_OF_AN_EMPTY_ONE = 20;

/** The stretches of days of all units. The book behind it must not change any more: it keeps its answers. */
export class Stretches {
  private readonly days = new Map<UnitId, readonly PlainDate[]>();
  private readonly recent = new Recent<string, UnitStretch>(
    MOST_IDS,
    ({ communes, places }) => communes.length + places.length + IDS_OF_AN_EMPTY_ONE,
  );

  constructor(
    private readonly book: UnitBook,
    private readonly places: Places,
  ) {}

  /** The days after `from`, up to and with `to`, on which this unit or any below it begins or has ended. */
  changesBelow(id: UnitId, from: PlainDate, to: PlainDate): readonly PlainDate[] {
    const days = this.daysOf(id);
    return days.slice(soManyUpTo(days, from), soManyUpTo(days, to));
  }

  on(id: UnitId, day: PlainDate): UnitStretch {
    const days = this.daysOf(id);
    const next = soManyUpTo(days, day);
    return this.recent.get(`${id}|${next}`, () => {
      const from = days[next - 1] ?? FIRST_DAY;
      const following = days[next];
      const to = following === undefined ? LAST_DAY : dayBefore(following);
      return {
        unit: id,
        from,
        to,
        communes: this.communesOn(id, day),
        places: this.places.placesOn(id, day),
      };
    });
  }

  private daysOf(id: UnitId): readonly PlainDate[] {
    const known = this.days.get(id);
    if (known) return known;
    const days = new Set<PlainDate>();
    const visit = (part: UnitRecord): void => {
      days.add(part.validFrom);
      if (part.lastDay < LAST_DAY) days.add(dayAfter(part.lastDay));
      part.parts.forEach(visit);
    };
    const unit = this.book.byId.get(id);
    if (!unit) return [];
    visit(unit);
    const sorted = [...days].sort();
    this.days.set(id, sorted);
    return sorted;
  }

  private communesOn(id: UnitId, day: PlainDate): readonly UnitId[] {
    const communes: UnitRecord[] = [];
    const visit = (part: UnitRecord): void => {
      if (part.level === 'commune' && isAliveOn(part, day)) communes.push(part);
      part.parts.forEach(visit);
    };
    const unit = this.book.byId.get(id);
    if (unit && isAliveOn(unit, day)) visit(unit);
    return communes.sort((a, b) => (a.code < b.code ? -1 : 1)).map((commune) => commune.id);
  }
}
