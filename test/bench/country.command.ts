import { openEmbeddedEngine } from '@ledger/embedded';
import { parseArgs } from 'node:util';
import type { CountryOptions } from './country';
import { COUNTRY_SIZE, fillCountry } from './country';
import { Progress } from './progress';

const NUMBERS = ['households', 'communes', 'years', 'seed', 'overwrites'] as const;

export const COUNTRY_USAGE = `country FOLDER ${NUMBERS.map((name) => `[--${name} N]`).join(' ')}`;

/** Fills an empty data folder with the country's log; its read models are left to whoever opens it next. */
export async function fillFolder(args: readonly string[], signal: AbortSignal): Promise<void> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: Object.fromEntries(NUMBERS.map((name) => [name, { type: 'string' as const }])),
  });
  const [folder] = positionals;
  if (folder === undefined) throw new TypeError(`usage: ${COUNTRY_USAGE}`);
  const given = NUMBERS.filter((name) => values[name] !== undefined);
  const size = Object.fromEntries(given.map((name) => [name, Number(values[name])]));
  const options: CountryOptions = { ...COUNTRY_SIZE, ...size };
  const engine = await openEmbeddedEngine(folder, { purpose: 'bench' });
  try {
    const progress = new Progress('facts');
    const facts = await fillCountry(engine.eventStore, {
      ...options,
      signal,
      onProgress: (at) => progress.at(at),
    });
    progress.end(facts);
  } finally {
    await engine.close();
  }
}
