import type { EmbeddedEngine } from '@ledger/embedded';
import type { FindListed } from '@ledger/imports';
import { dayOf } from '@ledger/kernel';
import { bearersOf, Librarian } from '@ledger/poverty-rates';
import { ALL_HOUSEHOLDS } from '@ledger/standards';
import { projectAll } from './project-all';

/** Looks list numbers up in the read models, brought up to the log before the first look. */
export function findListedIn(engine: EmbeddedEngine, signal: AbortSignal): FindListed {
  let ready: Promise<Librarian> | undefined;
  return async (unit, listNumber, on) => {
    const librarian = await (ready ??= librarianOf(engine, signal));
    return librarian.ask({ today: dayOf(Date.now()) }, async (knowledge) => {
      // What this import has created itself is not in the read models, nor is anybody in it.
      if (!knowledge.tree.find(unit)) return [];
      const { items } = await bearersOf(knowledge, { unit, on, group: ALL_HOUSEHOLDS, listNumber });
      return items.map(({ householdId }) => householdId);
    });
  };
}

async function librarianOf(engine: EmbeddedEngine, signal: AbortSignal): Promise<Librarian> {
  await projectAll(engine, signal);
  return new Librarian(engine.readStore, engine.eventStore);
}
