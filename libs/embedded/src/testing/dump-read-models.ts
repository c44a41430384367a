import { DatabaseSync } from 'node:sqlite';
import type { ReadModelContents } from '@ledger/poverty-rates';
import type { Dump } from '@ledger/poverty-rates/testing';
import { canonicalDump } from '@ledger/poverty-rates/testing';
import { SqliteReadModels } from '../read-models';

const EVERY_ONE = 1_000_000;

/**
 * Everything that a file of read models holds, as {@link canonicalDump} tells it: equal to the dump of
 * another adapter that holds the same. No row may be there that the answers do not show.
 */
export async function dumpReadModels(file: string): Promise<Dump> {
  const database = new DatabaseSync(file, { readOnly: true });
  const models = new SqliteReadModels(database);
  try {
    models.begin();
    requireNoEmptyRows(database);
    return await dumpOf(models);
  } finally {
    models.close();
  }
}

async function dumpOf(models: ReadModelContents): Promise<Dump> {
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

function requireNoEmptyRows(database: DatabaseSync): void {
  for (const empty of ['journal WHERE households = 0 AND persons = 0', 'balances WHERE length(days) = 0']) {
    const count = database.prepare(`SELECT count(*) AS n FROM ${empty}`).get()?.['n'];
    if (Number(count) > 0) throw new Error(`rows that came to nothing are kept: ${empty}`);
  }
}
