import { dayIn } from './calendar';
import { Dice } from './dice';
import type { Entries } from './entries';

const dice = new Dice();

/** What every commune declares for the end of a year, in the two weeks that follow. */
export function declareTotals(
  communes: number,
  households: number,
  year: number,
  seed: number,
  into: Entries,
): void {
  for (let commune = 0; commune < communes; commune++) {
    const share = dice.seed(seed, 6, commune).between(6, 14) + dice.next();
    const now = Math.max(60, (households / communes) * share) * 1.012 ** (year - 2015);
    into.add({
      kind: 'total',
      subject: commune,
      effectiveOn: dayIn(year, 12, 31),
      recordedOn: dayIn(year + 1, 1, 2) + dice.seed(seed, 7, commune, year).between(0, 12),
      place: commune,
      value: Math.round(now),
      paper: 0,
    });
  }
}
