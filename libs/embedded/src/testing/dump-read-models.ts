import { DatabaseSync } from 'node:sqlite';
import type { Dump } from '@ledger/poverty-rates/testing';
import { dumpOfModels } from '@ledger/poverty-rates/testing';
import { SqliteReadModels } from '../read-models';

/**
 * Everything that a file of read models holds, as {@link dumpOfModels} tells it: equal to the dump of
 * another adapter that holds the same. No row may be there that the answers do not show.
 */
export async function dumpReadModels(file: string): Promise<Dump> {
  const database = new DatabaseSync(file, { readOnly: true });
  const models = new SqliteReadModels(database);
  try {
    models.begin();
    requireNoEmptyRows(database);
    return await dumpOfModels(models);
  } finally {
    models.close();
  }
}

function requireNoEmptyRows(database: DatabaseSync): void {
  for (const empty of ['journal WHERE households = 0 AND persons = 0', 'balances WHERE length(days) = 0']) {
    const count = database.prepare(`SELECT count(*) AS n FROM ${empty}`).get()?.['n'];
    if (Number(count) > 0) throw new Error(`rows that came to nothing are kept: ${empty}`);
  }
}
