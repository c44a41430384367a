import type { PlainDate } from '@ledger/kernel';
import { parseDay, yearOf } from '@ledger/kernel';
import type { Dice } from './dice';

export const dayIn = (year: number, month: number, day: number): PlainDate =>
  parseDay(`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);

/** 1 for 1 January. */
export function dayOfYear(day: PlainDate): number {
  const since = Date.parse(day) - Date.parse(`${yearOf(day)}-01-01`);
  return since / 86_400_000 + 1;
}

/** A day of the monthly channel: it starts on the 15th and decides within 15 days (QĐ 24/2021 Art. 5). */
export const monthlyDecisionDay = (dice: Dice, year: number, month: number): PlainDate =>
  dayIn(year, month, dice.between(18, 28));

/** A commune decides its yearly review in three sittings; the review ends on 14 December (Art. 4). */
export function yearlyDecisionDays(dice: Dice, year: number): readonly PlainDate[] {
  return [
    dayIn(year, 11, dice.between(21, 27)),
    dayIn(year, 12, dice.between(1, 6)),
    dayIn(year, 12, dice.between(8, 14)),
  ];
}

/** A village is decided at one of the sittings. */
export function sittingOf(village: number, sittings: readonly PlainDate[]): PlainDate {
  const sitting = sittings[village % sittings.length];
  if (sitting === undefined) throw new Error('a review has at least one sitting');
  return sitting;
}
