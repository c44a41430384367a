import { StoreRefused } from '@ledger/event-sourcing';
import type { Db } from 'mongodb';
import type { PointerDocument } from './documents/pointer';
import { LIVE, NOTHING_KEPT, requirePointer } from './documents/pointer';
import { WRITER_INDEXES, WRITERS } from './documents/writers';
import { COLLECTIONS, collectionName, collectionNames, createCollections, createIndexes } from './generation';
import { isDuplicateKey } from './mongo-errors';
import { pointViews } from './views';

export const POINTER = 'pointer';
const FIRST_GENERATION = 1;

/** @throws StoreRefused where there are no transactions */
export async function requireReplicaSet(db: Db, store: string): Promise<void> {
  const { setName, msg } = await db.command({ hello: 1 });
  if (setName === undefined && msg !== 'isdbgrid')
    throw new StoreRefused(
      `${store} is a server on its own: it has no transactions. Start it as a replica set (of one, if need be).`,
    );
}

/** Makes what is missing. Several processes may do it at the same time, and none touches what is there. */
export async function prepare(
  db: Db,
  store: string,
  { anyState }: { readonly anyState: boolean },
): Promise<void> {
  const pointers = db.collection<PointerDocument>(POINTER);
  const found = await pointers.findOne({ _id: LIVE });
  if (found) {
    if (!anyState) await requireCollections(db, requirePointer(found, store).generation, store);
    return;
  }
  await db.collection(WRITERS).createIndexes([...WRITER_INDEXES]);
  await createCollections(db, FIRST_GENERATION);
  await createIndexes(db, FIRST_GENERATION);
  try {
    const first = { generation: FIRST_GENERATION, ...NOTHING_KEPT };
    await pointers.updateOne({ _id: LIVE }, { $setOnInsert: first }, { upsert: true });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  await pointViews(db, FIRST_GENERATION);
}

/** A collection that is not there would answer with nothing, and nobody would notice. */
async function requireCollections(db: Db, generation: number, store: string): Promise<void> {
  const there = new Set(await collectionNames(db));
  const missing = COLLECTIONS.map((name) => collectionName(generation, name)).filter(
    (name) => !there.has(name),
  );
  if (missing.length > 0)
    throw new StoreRefused(`${store} is damaged: it lacks ${missing.join(', ')}. Rebuild the read models.`);
}
