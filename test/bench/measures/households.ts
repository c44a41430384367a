import type { CountrySize } from '../country';
import { livesOf } from '../country/books';
import { householdId } from '../country/to-facts';

/** Households that live on after the history: new reviews of them are accepted. */
export function livingHouseholds(size: CountrySize, atMost: number): string[] {
  const living: string[] = [];
  for (const life of livesOf(size)) {
    const [first] = life;
    if (!first || life.some(({ kind }) => kind === 'dissolve')) continue;
    living.push(householdId(first.subject));
    if (living.length === atMost) break;
  }
  return living;
}

/** Days after the last one of the history, none of them in the future of whoever runs this later. */
export const NEW_REVIEWS_FROM = '2026-03-10';
