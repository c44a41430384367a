import type { Collection, Db, IndexDescription } from 'mongodb';
import type { BalanceDocument } from './documents/balances';
import { BALANCE_INDEXES } from './documents/balances';
import type { KeptHousehold } from './documents/households';
import { HOUSEHOLD_INDEXES } from './documents/households';
import type { JournalDocument } from './documents/journal';
import { JOURNAL_INDEXES } from './documents/journal';
import type { ClassificationDocument, TotalDocument, UnitDocument } from './documents/lists';
import type { ParkedDocument } from './documents/parked';
import { generationName } from './documents/pointer';
import { isExistingNamespace } from './mongo-errors';

/** The collections of one generation. */
export interface Generation {
  readonly journal: Collection<JournalDocument>;
  readonly balances: Collection<BalanceDocument>;
  readonly households: Collection<KeptHousehold>;
  readonly units: Collection<UnitDocument>;
  readonly totals: Collection<TotalDocument>;
  readonly classifications: Collection<ClassificationDocument>;
  readonly parked: Collection<ParkedDocument>;
}

/** Lists and parked streams are found by their ids. */
const INDEXES: Readonly<Record<keyof Generation, readonly IndexDescription[]>> = {
  journal: JOURNAL_INDEXES,
  balances: BALANCE_INDEXES,
  households: HOUSEHOLD_INDEXES,
  units: [],
  totals: [],
  classifications: [],
  parked: [],
};

export const COLLECTIONS = Object.keys(INDEXES) as readonly (keyof Generation)[];

export const collectionName = (generation: number, name: keyof Generation): string =>
  `${generationName(generation)}_${name}`;

/** The number of the generation that a collection is of. */
export function generationIn(collection: string): number | undefined {
  const [, number, name] = /^g(\d+)_(\w+)$/.exec(collection) ?? [];
  return COLLECTIONS.some((one) => one === name) ? Number(number) : undefined;
}

export function collectionsOf(db: Db, generation: number): Generation {
  const of = (name: keyof Generation) => db.collection(collectionName(generation, name));
  return Object.fromEntries(COLLECTIONS.map((name) => [name, of(name)])) as unknown as Generation;
}

export async function collectionNames(db: Db): Promise<readonly string[]> {
  return (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
}

/** Makes what is not there. Several processes may do it at the same time. */
export async function createCollections(db: Db, generation: number): Promise<void> {
  await Promise.all(COLLECTIONS.map((name) => createCollection(db, collectionName(generation, name))));
}

async function createCollection(db: Db, name: string): Promise<void> {
  try {
    await db.createCollection(name);
  } catch (error) {
    if (!isExistingNamespace(error)) throw error;
  }
}

/** Indexes that are there already are left alone. */
export async function createIndexes(db: Db, generation: number): Promise<void> {
  const indexed = COLLECTIONS.filter((name) => INDEXES[name].length > 0);
  await Promise.all(
    indexed.map((name) => db.collection(collectionName(generation, name)).createIndexes([...INDEXES[name]])),
  );
}
