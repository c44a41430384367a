import type { CountrySize } from './books';
import { livesOf } from './books';
import { dayIn } from './calendar';
import type { Entry } from './entries';
import { PAPER } from './papers';

/** A round of overwrites is recorded within 20 days, from 11 May 2026 on: after the last late paper. */
const DAYS_OF_A_ROUND = 20;
const FROM = dayIn(2026, 5, 11);

/** So many rounds, each overwriting every status of the country once, in the order of recording. */
export function* overwritesOf(size: CountrySize, rounds: number): Generator<Entry, void, undefined> {
  for (let round = 1; round <= rounds; round++) {
    for (const life of livesOf(size)) yield* overwritten(life, size.households, round);
  }
}

/**
 * Every status of one household once more, as a review of the same day that says something else than the one
 * before: poor, near-poor and above in turn.
 * @param round 1 for the first
 */
export function overwritten(life: readonly Entry[], households: number, round: number): Entry[] {
  return life.flatMap((entry) => {
    const { kind, value, paper, subject } = entry;
    if (kind !== 'review' && kind !== 'escape' && kind !== 'flag') return [];
    const said = kind === 'flag' ? 1 : value & 3;
    const outcome = 1 + ((said - 1 + round) % 3);
    const second = kind === 'review' && (paper & PAPER.overrules) !== 0;
    const recordedOn =
      FROM + (round - 1) * DAYS_OF_A_ROUND + Math.floor((subject * DAYS_OF_A_ROUND) / households);
    const again = 2 * round + (second ? 1 : 0);
    return {
      ...entry,
      kind: 'review' as const,
      recordedOn,
      value: kind === 'review' ? (value & ~3) | outcome : outcome | ((subject & 255) << 2),
      paper: (paper & (PAPER.overrules - 1)) | (again * PAPER.overrules),
    };
  });
}
