import type { BareFact } from '@ledger/households';
import type { UnitId } from '@ledger/kernel';
import type { HouseholdDocument, Known } from '@ledger/poverty-rates';
import type { IndexDescription } from 'mongodb';
import { plain } from './plain';

/** A household: what folding needs of its facts, in order of arrival, and its number on the list of a place. */
export interface KeptHousehold {
  readonly _id: string;
  readonly facts: readonly Known<BareFact>[];
  readonly listed: { readonly place: UnitId; readonly number: string } | null;
}

export const HOUSEHOLD_INDEXES: readonly IndexDescription[] = [
  {
    name: 'listed',
    key: { 'listed.place': 1, 'listed.number': 1 },
    partialFilterExpression: { 'listed.number': { $exists: true } },
  },
];

export const keptHousehold = ({ id, facts, listed }: HouseholdDocument): KeptHousehold =>
  plain({ _id: id, facts, listed });

export const householdIn = ({ _id: id, facts, listed }: KeptHousehold): HouseholdDocument => ({
  id,
  facts,
  listed,
});
