import type { UnitTree } from '@ledger/areas';
import type { UnitId } from '@ledger/kernel';
import { LAST_DAY } from '@ledger/kernel';
import type { Booking } from '../ledger/booking';
import { bookingsOf } from '../ledger/booking';
import { isNothing, plus } from '../ledger/movement';
import type { ReadModelContents } from '../read-store';
import type { CompareOptions } from './compare';
import type { Difference } from './difference';
import { differencesIn } from './difference';
import { toldBalance } from './told-rows';

const PLACES_AT_ONCE = 50;

/**
 * Whether the read models agree with themselves: the balances of a unit are the journal of its places, booked
 * through the tree of units, and nothing else is in the balances.
 * @returns one difference for each balance that is another one
 */
export async function crossCheck(
  models: ReadModelContents,
  tree: UnitTree,
  { signal, onProgress }: CompareOptions,
): Promise<readonly Difference[]> {
  const differences: Difference[] = [];
  const units = new Set([...(await models.balanceUnits()), ...(await unitsOf(models, tree))]);
  let done = 0;
  for (const unit of [...units].sort()) {
    signal.throwIfAborted();
    const fromJournal = await bookedOn(models, tree, unit);
    const found = await models.balancesOf(unit);
    differences.push(
      ...differencesIn(
        `balances of ${unit}, from the journal of its places`,
        fromJournal.map(toldBalance),
        found.map(toldBalance),
      ),
    );
    onProgress?.(++done);
  }
  return differences;
}

async function unitsOf(models: ReadModelContents, tree: UnitTree): Promise<readonly UnitId[]> {
  return (await models.journalPlaces()).flatMap((place) =>
    tree.periodsOfPlace(place).flatMap(({ units }) => units),
  );
}

async function bookedOn(
  models: ReadModelContents,
  tree: UnitTree,
  unit: UnitId,
): Promise<readonly Booking[]> {
  const sums = new Map<string, Booking>();
  const places = tree.placesEverIn(unit);
  for (let at = 0; at < places.length; at += PLACES_AT_ONCE) {
    const some = places.slice(at, at + PLACES_AT_ONCE);
    for (const line of await models.lines({ places: some, effectiveTo: LAST_DAY })) {
      for (const booking of bookingsOf(tree, line)) if (booking.unit === unit) addTo(sums, booking);
    }
  }
  return [...sums.values()].filter((booking) => !isNothing(booking));
}

function addTo(sums: Map<string, Booking>, booking: Booking): void {
  const { standard, group, column, effectiveOn } = booking;
  const key = `${standard}|${group}|${column}|${effectiveOn}`;
  const sum = sums.get(key);
  sums.set(key, sum ? { ...sum, ...plus(sum, booking) } : booking);
}
