import type { Sight } from '@ledger/areas';
import type { UnitId } from '@ledger/kernel';
import { LAST_DAY, numberOfDay } from '@ledger/kernel';
import type { FirstClassification } from '../read-store';

/** The number of a day that never comes: for a place without a classification. */
export const NEVER = numberOfDay(LAST_DAY) + 1;

const NONE = -1;

/**
 * The first days with a classification, as they came to be known. A column each, of small numbers; each row
 * names the one of the same place and standard that arrived before it.
 */
export class FirstDays {
  private readonly recordedOn: number[] = [];
  private readonly on: number[] = [];
  private readonly earlier: number[] = [];
  private readonly last = new Map<string, Map<UnitId, number>>();

  enter({ place, standard, recordedOn, on }: FirstClassification): void {
    const ofStandard = this.last.get(standard) ?? new Map<UnitId, number>();
    this.last.set(standard, ofStandard);
    this.earlier.push(ofStandard.get(place) ?? NONE);
    ofStandard.set(place, this.on.length);
    this.recordedOn.push(numberOfDay(recordedOn));
    this.on.push(on === null ? NEVER : numberOfDay(on));
  }

  /**
   * The number of the first day on which the place is classified, as the sight has it: what the latest
   * recorded day says, of two rows for one recorded day the one that arrived later (a repair).
   */
  of(place: UnitId, standard: string, { count, knownOn }: Sight): number {
    const known = knownOn === undefined ? Infinity : numberOfDay(knownOn);
    let [on, latest] = [NEVER, -Infinity];
    let row = this.last.get(standard)?.get(place) ?? NONE;
    for (; row !== NONE; row = this.earlier[row] as number) {
      const recordedOn = this.recordedOn[row] as number;
      if (row < count && recordedOn <= known && recordedOn > latest)
        [on, latest] = [this.on[row] as number, recordedOn];
    }
    return on;
  }
}
