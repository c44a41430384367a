import { DeciderSpec } from '@ledger/event-sourcing/testing';
import type { AreaType, PlainDate, UnitId } from '@ledger/kernel';
import type { Household } from '../household';
import { householdDecider } from '../household';
import type { HouseholdFact } from '../household.facts';
import type { HouseholdOrder } from '../household.orders';

const spec = new DeciderSpec<HouseholdOrder, Household, HouseholdFact>(householdDecider(() => undefined));

/** A household in a place of which the area type is not known. */
export const given = (...facts: readonly HouseholdFact[]) => spec.given(...facts);

/** As `given`, in a place of a known area type. */
export const givenIn = (areaTypeOf: (place: UnitId, day: PlainDate) => AreaType | undefined) => {
  const known = new DeciderSpec<HouseholdOrder, Household, HouseholdFact>(householdDecider(areaTypeOf));
  return (...facts: readonly HouseholdFact[]) => known.given(...facts);
};
