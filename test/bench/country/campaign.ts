import { dayIn } from './calendar';
import { Dice } from './dice';

const VILLAGES = 9;
const dice = new Dice();

export const villageOf = (household: number): number =>
  1 + ((Math.imul(household, 0x9e3779b1) >>> 8) % VILLAGES);

/** A commune decides its yearly review in three sittings between September and mid-December, a village in one. */
export function yearlySitting(seed: number, commune: number, household: number, year: number): number {
  const sitting = villageOf(household) % 3;
  const from = dayIn(year, 9, 8) + sitting * 33;
  return from + dice.seed(seed, 4, commune, year, sitting).between(0, 30);
}
