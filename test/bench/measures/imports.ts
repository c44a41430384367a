import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, parseDay } from '@ledger/kernel';
import { ChildFailed, inChild } from '../child';
import type { RunContext } from '../run-context';
import { say } from '../run-context';
import { ROOT } from '../scratch';
import { livingHouseholds, NEW_REVIEWS_FROM } from './households';

const CLI = join(ROOT, 'dist/apps/cli/src/main.js');
const GROUP = 'A file of reviews';
const COLUMNS =
  'household_id,kind,standard,channel,effective_on,outcome,area_type,income_score,deprivations,causes,' +
  'decision_no,decision_date,decision_authority';

/** Reviews from a file to visible rates: the command `import` on a folder, which projects before it ends. */
export async function measureImports(context: RunContext, folder: string): Promise<void> {
  const { scale, results, scratch, signal } = context;
  const households = livingHouseholds(scale.country, scale.importRows);
  for (let run = 1; run <= scale.runs; run++) {
    const file = join(scratch, 'reviews.csv');
    writeReviews(file, households, scale.importRows, run);
    try {
      const { seconds, peakMegabytes } = await inChild(CLI, ['import', 'reviews', file], {
        signal,
        env: { DATA_DIR: folder },
      });
      say(`  ${scale.importRows} rows in ${seconds.toFixed(1)} s, ${Math.round(peakMegabytes)} MB`);
      const rows = `${scale.importRows.toLocaleString('en')} rows from a file to visible rates`;
      const goal = scale.importRows === 100_000 ? { goal: { atMost: 20 } } : {};
      results.add({ id: 'import', group: GROUP, what: rows, unit: 's', ...goal }, 'product', seconds);
      results.add(
        { id: 'import-rss', group: GROUP, what: 'largest resident memory of it', unit: 'MB' },
        'product',
        peakMegabytes,
      );
    } catch (error) {
      if (!(error instanceof ChildFailed)) throw error;
      results.missing.push({ group: GROUP, what: 'import', why: `the command ended with ${error.code}` });
      return;
    }
  }
}

function writeReviews(path: string, households: readonly string[], rows: number, run: number): void {
  const file = openSync(path, 'w');
  writeSync(file, `${COLUMNS}\n`);
  for (let at = 0; at < rows; at++) {
    const again = Math.floor(at / households.length);
    const day = addDays(parseDay(NEW_REVIEWS_FROM), 20 * run + again);
    const cells = ['review', 'VN-2022', 'regular', day, ...found(at), `${run}-${again}/QĐ-UBND`, day, 'UBND'];
    writeSync(file, `${[households[at % households.length], ...cells].join(',')}\n`);
  }
  closeSync(file);
}

const found = (at: number): string[] =>
  at % 3 === 0 ? ['poor', 'rural', '110', '1|4|7', '2|3'] : ['above', 'rural', '175', '-', ''];
