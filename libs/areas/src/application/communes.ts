import type { AreaType, PlainDate, UnitId } from '@ledger/kernel';
import { Problem, ruleBroken } from '@ledger/kernel';
import type { UnitBook } from '../unit-book';
import { requireAlive, resolveUnit } from '../unit-book';
import { inForceOn } from '../unit-record';

/** Where households may live, as the registry knows it now. */
export class Communes {
  constructor(private readonly book: UnitBook) {}

  /**
   * The commune that an order names, by a code on the day or by a full id, alive on the day.
   * @throws Problem 422 naming the field: `unit.unknown`, `unit.outside-its-life` or `unit.not-a-commune`
   */
  requirePlace(ref: string, day: PlainDate, field: string): UnitId {
    try {
      const unit = resolveUnit(this.book, ref, day);
      requireAlive(unit, day);
      if (unit.level === 'commune') return unit.id;
    } catch (error) {
      // Inside a body an unknown unit is a rule about the field, not a missing page.
      if (!(error instanceof Problem)) throw error;
      const [first, ...rest] = error.refusals;
      throw new Problem('rule', [{ ...first, field, got: ref }, ...rest]);
    }
    throw ruleBroken({ code: 'unit.not-a-commune', field, got: ref, facts: { unit: ref } });
  }

  areaTypeOf(place: UnitId, day: PlainDate): AreaType | undefined {
    const unit = this.book.byId.get(place);
    return unit && inForceOn(unit, day).areaType;
  }
}
