import { join } from 'node:path';
import { installOpponents } from './install-opponents';
import { measureAppends } from './measures/appends';
import { measureReviews } from './measures/http';
import { measureImports } from './measures/imports';
import { measureLive } from './measures/live';
import { fillLog, loadHistory } from './measures/prepare';
import { measureRates } from './measures/rates';
import { measureRebuild, rebuildQuietly } from './measures/rebuild';
import { serving } from './measures/serving';
import { Postgres } from './postgres';
import type { RunRecord } from './record';
import { recordOf } from './record';
import { Results } from './results';
import type { RunContext } from './run-context';
import { say } from './run-context';
import type { Scale } from './scale';
import { scratchFolder } from './scratch';

/** Measures everything at one scale. Nothing of it stays, however it ends. */
export async function run(scale: Scale, signal: AbortSignal): Promise<RunRecord> {
  const scratch = scratchFolder();
  let postgres: Postgres | undefined;
  const results = new Results();
  try {
    installOpponents();
    postgres = await startPostgres(join(scratch.path, 'postgres'), results);
    const context: RunContext = { scale, results, scratch: scratch.path, postgres, signal };
    const facts = await measureAll(context);
    return recordOf(context, facts);
  } finally {
    await postgres?.stop();
    scratch.remove();
  }
}

async function measureAll(context: RunContext): Promise<number> {
  const { scale, scratch, results, signal } = context;
  const folder = join(scratch, 'country');
  if (scale.appends[1] > 0) say('appends');
  await measureAppends(context);

  say(`filling the country: ${scale.country.households.toLocaleString('en')} households`);
  const facts = await fillLog(context, scale.country);
  say('rebuild');
  await measureRebuild(context, folder, facts);
  say('history table');
  await loadHistory(context, scale.country);

  say(`rates over ${facts.toLocaleString('en')} facts`);
  await serving(folder, signal, async (server) => {
    await measureRates(context, server, 'plain');
    const rss = {
      id: 'rss',
      group: 'Memory',
      what: 'server after these questions, largest resident',
      unit: 'MB',
    } as const;
    results.add(
      { ...rss, ...(scale.name !== 'long' && { goal: { atMost: 300 } }) },
      'product',
      server.peakMegabytes,
    );
  });

  let inLog = facts;
  if (scale.overwrites > 0) {
    say(`overwriting every status ${scale.overwrites} times`);
    const overwritten = { ...scale.country, overwrites: scale.overwrites };
    inLog = await fillLog(context, { ...overwritten, already: facts });
    await rebuildQuietly(context, folder);
    await loadHistory(context, overwritten);
    say(`rates over ${inLog.toLocaleString('en')} facts`);
    await serving(folder, signal, (server) => measureRates(context, server, 'overwritten'));
  }
  await measureWrites(context, facts);
  return facts;
}

/** On a country of its own: these change it. */
async function measureWrites(context: RunContext, facts: number): Promise<void> {
  const { scale, scratch, signal } = context;
  const folder = scale.overwrites > 0 ? join(scratch, 'written') : join(scratch, 'country');
  if (scale.overwrites > 0) {
    say('the country once more, to write into');
    await fillLog(context, scale.country, folder);
    await rebuildQuietly(context, folder);
  }
  say('live projection');
  await measureLive(context, folder, facts);
  say('reviews over HTTP');
  await serving(folder, signal, (server) => measureReviews(context, server));
  say('import');
  await measureImports(context, folder);
}

async function startPostgres(folder: string, results: Results): Promise<Postgres | undefined> {
  try {
    return await Postgres.start(folder);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    say(`without PostgreSQL: ${why}`);
    results.missing.push({ group: 'Opponents', what: 'PostgreSQL and Emmett', why });
    return undefined;
  }
}
