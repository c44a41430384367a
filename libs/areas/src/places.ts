import type { PlainDate, UnitId } from '@ledger/kernel';
import type { PlacePeriod } from './place-periods';
import { passagesOf, periodsOf } from './place-periods';
import type { UnitBook } from './unit-book';

/** Which places belong to which units when. The book behind it must not change any more: it keeps its answers. */
export class Places {
  private readonly periods = new Map<UnitId, readonly PlacePeriod[]>();
  private readonly passages = new Map<UnitId, readonly PlainDate[]>();
  private byUnit: ReadonlyMap<UnitId, readonly UnitId[]> | undefined;

  constructor(private readonly book: UnitBook) {}

  periodsOfPlace(place: UnitId): readonly PlacePeriod[] {
    const commune = this.book.byId.get(place);
    if (commune?.level !== 'commune') return [];
    return kept(this.periods, place, () => periodsOf(commune));
  }

  unitsOfPlace(place: UnitId, day: PlainDate): readonly UnitId[] {
    return this.periodsOfPlace(place).find(({ from, to }) => from <= day && day <= to)?.units ?? [];
  }

  placesEverIn(unit: UnitId): readonly UnitId[] {
    this.byUnit ??= this.placesByUnit();
    return this.byUnit.get(unit) ?? [];
  }

  boundaryChanges(unit: UnitId, from: PlainDate, to: PlainDate): readonly PlainDate[] {
    const days = kept(this.passages, unit, () => {
      const all = this.placesEverIn(unit).flatMap((place) => passagesOf(this.periodsOfPlace(place), unit));
      return [...new Set(all)].sort();
    });
    return days.filter((day) => from < day && day <= to);
  }

  private placesByUnit(): ReadonlyMap<UnitId, readonly UnitId[]> {
    const places = new Map<UnitId, UnitId[]>();
    for (const place of this.book.byId.keys()) {
      for (const unit of new Set(this.periodsOfPlace(place).flatMap(({ units }) => units))) {
        kept(places, unit, () => []).push(place);
      }
    }
    return places;
  }
}

function kept<Key, Value>(answers: Map<Key, Value>, key: Key, work: () => Value): Value {
  const known = answers.get(key);
  if (known !== undefined) return known;
  const answer = work();
  answers.set(key, answer);
  return answer;
}
