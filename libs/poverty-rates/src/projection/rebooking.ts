import type { UnitTree } from '@ledger/areas';
import type { UnitId } from '@ledger/kernel';
import { canonicalJson, LAST_DAY } from '@ledger/kernel';
import type { Booking } from '../ledger/booking';
import { bookingsOf } from '../ledger/booking';
import { minus } from '../ledger/movement';
import type { ReadModels } from '../read-store';

/**
 * When units change, what was booked at their places is booked again through the new tree: the balances
 * change by the difference. The journal, kept at places, does not change at all.
 */
export async function rebooking(
  models: ReadModels,
  oldTree: UnitTree,
  newTree: UnitTree,
  units: readonly UnitId[],
): Promise<readonly Booking[]> {
  const candidates = new Set(
    units.flatMap((unit) => [...oldTree.placesEverIn(unit), ...newTree.placesEverIn(unit)]),
  );
  const moved = [...candidates].filter(
    (place) => canonicalJson(oldTree.periodsOfPlace(place)) !== canonicalJson(newTree.periodsOfPlace(place)),
  );
  if (moved.length === 0) return [];
  const atPlaces = await models.lines({ places: moved, effectiveTo: LAST_DAY });
  // The other ends of moves: whether a move is inside a unit depends on both.
  const others = new Set(atPlaces.flatMap(({ counterpart }) => counterpart ?? []));
  for (const place of moved) others.delete(place);
  const mirrored = (await models.lines({ places: [...others], effectiveTo: LAST_DAY })).filter(
    ({ counterpart }) => counterpart !== null && moved.includes(counterpart),
  );
  return [...atPlaces, ...mirrored].flatMap((line) => [
    ...bookingsOf(oldTree, line).map((booking) => ({ ...booking, ...minus(booking) })),
    ...bookingsOf(newTree, line),
  ]);
}
