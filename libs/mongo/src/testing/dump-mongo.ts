import type { ReadModelContents, ReadStore } from '@ledger/poverty-rates';
import type { Dump } from '@ledger/poverty-rates/testing';
import { canonicalDump } from '@ledger/poverty-rates/testing';
import { onServer } from '../../../../test/servers/mongodb';
import { isEmpty } from '../documents/balances';
import type { PointerDocument } from '../documents/pointer';
import { LIVE } from '../documents/pointer';
import { collectionsOf } from '../generation';
import { POINTER } from '../preparing';

const EVERY_ONE = 1_000_000;

/** Everything that a store holds, as `canonicalDump` tells it: equal to the dump of another one that holds the same. */
export const dumpOf = (store: ReadStore): Promise<Dump> => store.snapshot(dumpOfModels);

async function dumpOfModels(models: ReadModelContents): Promise<Dump> {
  const places = await models.journalPlaces();
  const units = await models.balanceUnits();
  return canonicalDump({
    checkpoint: await models.checkpoint(),
    journal: (await Promise.all(places.map((place) => models.journalOf(place)))).flat(),
    balances: (await Promise.all(units.map((unit) => models.balancesOf(unit)))).flat(),
    households: await models.households(await models.householdIds('', EVERY_ONE)),
    units: await models.unitFacts(),
    totals: await models.totals(),
    classifications: await models.classifications(),
    parked: await models.parked(),
  });
}

/** No document may be there that the answers do not show. */
export async function requireNoEmptyDocuments(url: string): Promise<void> {
  await onServer(url, async (client) => {
    const db = client.db();
    const live = await db.collection<PointerDocument>(POINTER).findOne({ _id: LIVE });
    const { journal, balances } = collectionsOf(db, live?.generation ?? 0);
    const nothing = await journal.countDocuments({ households: 0, persons: 0 });
    const years = await balances.find().toArray();
    const empty = years.filter(({ days }) => Object.values(days).every(isEmpty));
    if (nothing + empty.length > 0)
      throw new Error(`documents that came to nothing are kept: ${nothing} movements, ${empty.length} years`);
  });
}
