import type { Db } from 'mongodb';
import type { Generation } from './generation';
import { collectionName } from './generation';
import { isExistingNamespace } from './mongo-errors';

/** For people with a BI tool, who do not know of generations. Nothing here reads them. */
const VIEWS: readonly (keyof Generation)[] = ['journal', 'balances', 'households'];

/** Points the views at a generation. They are a service: without the right to make them, things go on. */
export async function pointViews(db: Db, generation: number): Promise<void> {
  for (const view of VIEWS) {
    const viewOn = collectionName(generation, view);
    try {
      await db.createCollection(view, { viewOn, pipeline: [] }).catch(async (error: unknown) => {
        if (!isExistingNamespace(error)) throw error;
        await db.command({ collMod: view, viewOn, pipeline: [] });
      });
    } catch {
      // They show the old generation, or nothing: the answers of the product do not depend on them.
    }
  }
}
