import type { PlainDate, UnitId } from '@ledger/kernel';
import { LAST_DAY, dayAfter, earlierOf, laterOf } from '@ledger/kernel';
import type { PlacePeriod } from './place-periods';
import { periodsOf } from './place-periods';
import type { UnitBook } from './unit-book';
import type { UnitRecord } from './unit-record';
import { isAliveOn } from './unit-record';

/**
 * Which places belong to which units when: a place to its own commune and to every unit above, on the days on
 * which both are alive. The book behind it must not change any more: it keeps its answers.
 */
export class Places {
  private readonly periods = new Map<UnitId, readonly PlacePeriod[]>();
  private readonly communes = new Map<UnitId, readonly UnitRecord[]>();
  private readonly passages = new Map<UnitId, readonly PlainDate[]>();

  constructor(private readonly book: UnitBook) {}

  periodsOfPlace(place: UnitId): readonly PlacePeriod[] {
    const commune = this.book.byId.get(place);
    if (commune?.level !== 'commune') return [];
    return kept(this.periods, place, () => periodsOf(commune));
  }

  unitsOfPlace(place: UnitId, day: PlainDate): readonly UnitId[] {
    return this.periodsOfPlace(place).find(({ from, to }) => from <= day && day <= to)?.units ?? [];
  }

  /** The commune that holds the place on the day. */
  communeOfPlace(place: UnitId, day: PlainDate): UnitId | undefined {
    const commune = this.book.byId.get(place);
    return commune?.level === 'commune' && isAliveOn(commune, day) ? commune.id : undefined;
  }

  placesEverIn(unit: UnitId): readonly UnitId[] {
    return this.communesEverIn(unit).map(({ id }) => id);
  }

  placesOn(unit: UnitId, day: PlainDate): readonly UnitId[] {
    const record = this.book.byId.get(unit);
    if (!record || !isAliveOn(record, day)) return [];
    return this.communesEverIn(unit).flatMap((commune) => (isAliveOn(commune, day) ? [commune.id] : []));
  }

  boundaryChanges(unit: UnitId, from: PlainDate, to: PlainDate): readonly PlainDate[] {
    const days = kept(this.passages, unit, () => {
      const record = this.book.byId.get(unit);
      const all = new Set<PlainDate>();
      for (const commune of record ? this.communesEverIn(unit) : []) {
        const { enters, leaves } = daysWithin(commune, record as UnitRecord);
        all.add(enters);
        if (leaves < LAST_DAY) all.add(dayAfter(leaves));
      }
      return [...all].sort();
    });
    return days.filter((day) => from < day && day <= to);
  }

  private communesEverIn(unit: UnitId): readonly UnitRecord[] {
    const record = this.book.byId.get(unit);
    if (!record) return [];
    return kept(this.communes, unit, () => {
      const communes: UnitRecord[] = [];
      const visit = (part: UnitRecord): void => {
        const { enters, leaves } = daysWithin(part, record);
        if (part.level === 'commune' && enters <= leaves) communes.push(part);
        part.parts.forEach(visit);
      };
      visit(record);
      return communes;
    });
  }
}

/** The first and the last day on which both are alive. */
const daysWithin = (commune: UnitRecord, unit: UnitRecord): { enters: PlainDate; leaves: PlainDate } => ({
  enters: laterOf(commune.validFrom, unit.validFrom),
  leaves: earlierOf(commune.lastDay, unit.lastDay),
});

function kept<Key, Value>(answers: Map<Key, Value>, key: Key, work: () => Value): Value {
  const known = answers.get(key);
  if (known !== undefined) return known;
  const answer = work();
  answers.set(key, answer);
  return answer;
}
