import { join } from 'node:path';
import { LAST_DAY } from '@ledger/kernel';
import type { ReadModels } from '@ledger/poverty-rates';
import { HERE, THERE, day } from '@ledger/poverty-rates/testing';
import { DatabaseSync } from 'node:sqlite';
import { SqliteReadModels } from './read-models';
import { openReadStore } from './read-store';
import { scratchFolder } from './testing/scratch-folder';

const places = [HERE, THERE];
const listed = { places, standard: 'VN-2022', group: 'all', list: 'poor', on: LAST_DAY, limit: 50 } as const;
const JOURNAL = 'SEARCH j USING PRIMARY KEY (place=?';
const balances = { unit: HERE, standard: 'VN-2022', group: 'all', to: LAST_DAY };

/** How SQLite finds the rows: a table that is scanned grows with the country. */
describe('the embedded read models find', () => {
  const scratch = scratchFolder();

  async function planOf(question: (models: ReadModels) => Promise<unknown>): Promise<readonly string[]> {
    const file = join(scratch.path, 'read-models.db');
    await openReadStore(file, { logId: 'a log' }).close();
    const database = new DatabaseSync(file, { readOnly: true });
    const models = new SqliteReadModels(database);
    await question(models);
    // The statements that the question needed, with the plan that SQLite made for each.
    const steps = [...models['prepared'].keys()].flatMap((sql) =>
      database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(),
    );
    models.close();
    return steps.map((step) => String(step['detail']));
  }

  const questions: Record<string, [(models: ReadModels) => Promise<unknown>, string]> = {
    'balances by unit, standard, group and day': [
      (models) => models.balances(balances),
      'SEARCH balances USING PRIMARY KEY (unit=? AND standard=? AND grp=? AND effective_on>? AND effective_on<?)',
    ],
    'balances of a span by the same': [
      (models) => models.balances({ ...balances, from: day('2023-01-01') }),
      'SEARCH balances USING PRIMARY KEY (unit=? AND standard=? AND grp=? AND effective_on>? AND effective_on<?)',
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
    'classified places by their balances': [
      (models) => models.classifiedPlaces(places, 'VN-2022', LAST_DAY),
      'SEARCH b EXISTS USING PRIMARY KEY (unit=? AND standard=? AND grp=? AND effective_on<?)',
    ],
    'places classified as known on a day by place, standard and recorded day': [
      (models) => models.classifiedPlaces(places, 'VN-2022', LAST_DAY, day('2023-01-01')),
      'SEARCH journal USING PRIMARY KEY (place=? AND standard=? AND recorded_on<?)',
    ],
    'bearers of a number by place and number': [
      (models) => models.listedAs(places, '7'),
      'SEARCH h USING COVERING INDEX households_listed (listed_place=? AND listed_number=?)',
    ],
    'totals by unit': [(models) => models.totals(places), 'SEARCH t USING INDEX totals_unit (unit=?)'],
    'totals of a group by unit and group': [
      (models) => models.totals(places, 'all'),
      'SEARCH t USING INDEX totals_unit (unit=? AND grp=?)',
    ],
    'a household by its id': [
      (models) => models.household('h-1'),
      'SEARCH households USING PRIMARY KEY (id=?)',
    ],
    'households by their ids': [
      (models) => models.households(['h-1', 'h-2']),
      'SEARCH h USING PRIMARY KEY (id=?)',
    ],
  };

  it.each(Object.entries(questions))('%s', async (_what, [question, access]) => {
    const plan = await planOf(question);
    expect(plan).toContain(access);
    const scanned = plan.filter(
      (step) => step.startsWith('SCAN') && !step.startsWith('SCAN asked VIRTUAL TABLE'),
    );
    expect(scanned).toEqual([]);
  });
});
