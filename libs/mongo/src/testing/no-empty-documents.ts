import { onServer } from '../../../../test/servers/mongodb';
import { isEmpty } from '../documents/balances';
import type { PointerDocument } from '../documents/pointer';
import { LIVE } from '../documents/pointer';
import { collectionsOf } from '../generation';
import { POINTER } from '../preparing';

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
