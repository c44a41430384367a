import type { PlainDate } from '@ledger/kernel';
import { addDays, parseDay, yearOf } from '@ledger/kernel';
import { dayIn } from './calendar';
import type { Dice } from './dice';
import type { Flows } from './flows';

/** One decision of a month that nobody recorded for a long time. */
export interface LateNote {
  readonly commune: string;
  readonly year: number;
  readonly month: number;
  readonly kind: keyof Flows;
  readonly recordedOn: PlainDate;
}

/** Quảng Trực finds two papers of 2022 in the middle of 2023: an escape, and a household that was no more. */
export const LATE_NOTES: readonly LateNote[] = [
  { commune: '24736', year: 2022, month: 6, kind: 'escapedToNearPoor', recordedOn: parseDay('2023-06-14') },
  { commune: '24736', year: 2022, month: 10, kind: 'poorGone', recordedOn: parseDay('2023-06-20') },
];

/** Trường Xuân recorded its whole review of 2022 in January. */
const LATE_REVIEW = { commune: '24730', year: 2022 };

/** Most is recorded within days; a few papers lie on a desk for weeks. */
export const monthlyRecordingDay = (dice: Dice, on: PlainDate): PlainDate =>
  addDays(on, dice.chance(0.01) ? dice.between(25, 75) : dice.between(0, 6));

/** Reviews are recorded by the end of the year, but for some that changed a status, and fewer others. */
export function reviewRecordingDay(dice: Dice, commune: string, on: PlainDate, changes: boolean): PlainDate {
  const year = yearOf(on);
  if (LATE_REVIEW.commune === commune && LATE_REVIEW.year === year)
    return dayIn(year + 1, 1, dice.between(9, 20));
  if (dice.chance(changes ? 0.04 : 0.01)) return addDays(dayIn(year + 1, 1, 5), dice.between(0, 75));
  return addDays(on, dice.between(0, 10));
}
