import type { Sight, UnitStretch, UnitTree } from '@ledger/areas';
import { Recent, soManyUpTo } from '@ledger/areas';
import type { PlainDate, UnitId } from '@ledger/kernel';
import { numberOfDay } from '@ledger/kernel';
import type { FirstDays } from './first-days';
import { NEVER } from './first-days';

export interface Classified {
  /** How many communes the unit has on the day. */
  readonly communes: number;
  /** Of those, how many have a classification by then; without one nothing is known of them. */
  readonly classified: number;
}

/** Days in all the lists that are kept. */
const MOST_DAYS = 200_000;

/** Which communes of a unit have a classification by a day, as one state of the read models tells it. */
export class ClassifiedCommunes {
  /** By unit, stretch of its days and standard: the first days of its communes, in order. */
  private readonly firstDays = new Recent<string, readonly number[]>(MOST_DAYS, ({ length }) => length + 10);

  constructor(
    private readonly tree: UnitTree,
    private readonly places: FirstDays,
    private readonly sight: Sight,
  ) {}

  of(unit: UnitId, standard: string, on: PlainDate): Classified {
    const stretch = this.tree.stretchOn(unit, on);
    const days = this.firstDays.get(`${unit}|${stretch.from}|${standard}`, () =>
      this.firstDaysOf(stretch, standard),
    );
    return { communes: stretch.communes.length, classified: soManyUpTo(days, numberOfDay(on)) };
  }

  /** A commune is classified as soon as one of its places is. */
  private firstDaysOf({ places, from }: UnitStretch, standard: string): readonly number[] {
    const first = new Map<UnitId, number>();
    for (const place of places) {
      const day = this.places.of(place, standard, this.sight);
      const commune = this.tree.communeOfPlace(place, from);
      if (commune && day < (first.get(commune) ?? NEVER)) first.set(commune, day);
    }
    return [...first.values()].sort((a, b) => a - b);
  }
}
