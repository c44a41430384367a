import { join } from 'node:path';
import { LAST_DAY } from '@ledger/kernel';
import type { ReadModelContents } from '@ledger/poverty-rates';
import { FULL_BATCH, HERE, THERE, day } from '@ledger/poverty-rates/testing';
import { DatabaseSync } from 'node:sqlite';
import { SqliteReadModels } from './read-models';
import { openReadStore } from './read-store';
import { scratchFolder } from './testing/scratch-folder';

const places = [HERE, THERE];
const listed = { places, standard: 'VN-2022', group: 'all', list: 'poor', on: LAST_DAY, limit: 50 } as const;
const JOURNAL = 'SEARCH j USING PRIMARY KEY (place=?';
const entries = { places, standard: 'VN-2022', group: 'all', knownOn: day('2023-01-01') };
const balances = { unit: HERE, standard: 'VN-2022', group: 'all', to: LAST_DAY };

/** Scanned as a whole because they hold nothing but what was asked for. */
const NO_TABLES = ['asked VIRTUAL TABLE', 'standing'];

/** How SQLite finds the rows: a table that is scanned grows with the country. */
describe('the embedded read models find', () => {
  const scratch = scratchFolder();

  async function planOf(
    question: (models: ReadModelContents) => Promise<unknown>,
  ): Promise<readonly string[]> {
    const file = join(scratch.path, 'read-models.db');
    const store = openReadStore(file, { logId: 'a log' });
    // Of a unit, standard or group that nobody has named there is nothing to find.
    await store.write(FULL_BATCH);
    await store.close();
    const database = new DatabaseSync(file, { readOnly: true });
    const models = new SqliteReadModels(database);
    await question(models);
    // The statements that the question needed, with the plan that SQLite made for each.
    const steps = models.statements.texts.flatMap((sql) =>
      database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(),
    );
    models.close();
    return steps.map((step) => String(step['detail']));
  }

  const questions: Record<string, [(models: ReadModelContents) => Promise<unknown>, string]> = {
    'balances by unit, standard, group and years': [
      (models) => models.balances(balances),
      'SEARCH balances USING PRIMARY KEY (unit=? AND standard=? AND in_group=? AND year>? AND year<?)',
    ],
    'balances of a span by the same': [
      (models) => models.balances({ ...balances, from: day('2023-01-01') }),
      'SEARCH balances USING PRIMARY KEY (unit=? AND standard=? AND in_group=? AND year>? AND year<?)',
    ],
    'all balances of a unit by the unit': [
      (models) => models.balancesOf(HERE),
      'SEARCH balances USING PRIMARY KEY (unit=?)',
    ],
    'lines by place and standard': [
      (models) => models.lines({ places, standard: 'VN-2022', effectiveTo: LAST_DAY }),
      `${JOURNAL} AND standard=?)`,
    ],
    'lines known on a day by place, standard and recorded day': [
      (models) =>
        models.lines({ places, standard: 'VN-2022', effectiveTo: LAST_DAY, knownOn: day('2023-01-01') }),
      `${JOURNAL} AND standard=? AND recorded_on<?)`,
    ],
    'entries by place, standard and recorded day': [
      (models) => models.eachEntry({ ...entries, knownAfter: day('2022-06-30') }, () => undefined),
      `${JOURNAL} AND standard=? AND recorded_on>? AND recorded_on<?)`,
    ],
    'lines under any standard by place': [
      (models) => models.lines({ places, effectiveTo: LAST_DAY }),
      `${JOURNAL})`,
    ],
    'events by place and standard': [
      (models) =>
        models.events({ places, standard: 'VN-2022', columns: ['poor.rePoor'], effectiveTo: LAST_DAY }),
      `${JOURNAL} AND standard=?)`,
    ],
    'households on a list by place and standard': [
      (models) => models.householdsOn({ ...listed, after: 'h-1' }),
      `${JOURNAL} AND standard=?)`,
    ],
    'households on a list, known on a day, by place, standard and recorded day': [
      (models) => models.householdsOn({ ...listed, knownOn: day('2023-01-01') }),
      `${JOURNAL} AND standard=? AND recorded_on<?)`,
    ],
    'those who are poor again by household': [
      (models) => models.poorAgain(['h-1', 'h-2'], LAST_DAY),
      'SEARCH j USING INDEX journal_poor_again (household=?)',
    ],
    'bearers of a number by place and number': [
      (models) => models.listedAs(places, '7'),
      'SEARCH h USING COVERING INDEX households_listed (listed_place=? AND listed_number=?)',
    ],
    'the rest of the totals by their number': [
      (models) => models.totals(7),
      'SEARCH totals USING INTEGER PRIMARY KEY (rowid>?)',
    ],
    'the rest of the first classifications by their number': [
      (models) => models.classifications(7),
      'SEARCH classifications USING INTEGER PRIMARY KEY (rowid>?)',
    ],
    'a household by its id': [
      (models) => models.household('h-1'),
      'SEARCH h USING INTEGER PRIMARY KEY (rowid=?)',
    ],
    'households by their ids': [
      (models) => models.households(['h-1', 'h-2']),
      'SEARCH n USING COVERING INDEX sqlite_autoindex_names_1 (name=?)',
    ],
  };

  it.each(Object.entries(questions))('%s', async (_what, [question, access]) => {
    const plan = await planOf(question);
    expect(plan).toContain(access);
    const scanned = plan.filter(
      (step) => step.startsWith('SCAN') && !NO_TABLES.some((what) => step.startsWith(`SCAN ${what}`)),
    );
    expect(scanned).toEqual([]);
  });
});
