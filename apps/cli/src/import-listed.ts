import type { EmbeddedEngine } from '@ledger/embedded';
import type { FindListed } from '@ledger/imports';
import { dayOf } from '@ledger/kernel';
import { idsOfBearers, Librarian } from '@ledger/poverty-rates';
import { projectAll } from './project-all';

/** Looks list numbers up in the read models, brought up to the log before the first look. */
export function findListedIn(engine: EmbeddedEngine, signal: AbortSignal): FindListed {
  let ready: Promise<Librarian> | undefined;
  return async (unit, listNumber, on) => {
    const librarian = await (ready ??= librarianOf(engine, signal));
    // What this import has created itself is not in the read models, nor is anybody in it.
    return idsOfBearers(librarian, dayOf(Date.now()), { unit, listNumber, on });
  };
}

async function librarianOf(engine: EmbeddedEngine, signal: AbortSignal): Promise<Librarian> {
  await projectAll(engine, signal);
  return new Librarian(engine.readStore, engine.eventStore);
}
