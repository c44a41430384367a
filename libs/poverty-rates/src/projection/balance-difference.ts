import type { Booking } from '../ledger/booking';
import { isNothing, plus } from '../ledger/movement';

/** Bookings of a batch, added up: one for each balance that changes. */
export function balanceDifference(bookings: readonly Booking[]): readonly Booking[] {
  const sums = new Map<string, Booking>();
  for (const booking of bookings) {
    const { unit, standard, group, column, effectiveOn } = booking;
    const key = `${unit}|${standard}|${group}|${column}|${effectiveOn}`;
    const sum = sums.get(key);
    sums.set(key, sum ? { ...sum, ...plus(sum, booking) } : booking);
  }
  return [...sums.values()].filter((booking) => !isNothing(booking));
}
