import type { FindListed } from '@ledger/imports';
import { dayOf } from '@ledger/kernel';
import { idsOfBearers, Librarian } from '@ledger/poverty-rates';
import type { CommandEngine } from './command-engine';

/**
 * Looks list numbers up in the read models.
 * @param ready resolves when they know what was in the log when the import began
 */
export function findListedIn(engine: CommandEngine, ready: () => Promise<void>): FindListed {
  let librarian: Promise<Librarian> | undefined;
  return async (unit, listNumber, on) => {
    librarian ??= ready().then(() => new Librarian(engine.readStore, engine.eventStore));
    // Of what this import records itself they know some part: whoever asks looks at those facts themselves.
    return idsOfBearers(await librarian, dayOf(Date.now()), { unit, listNumber, on });
  };
}
