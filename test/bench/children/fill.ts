import { openEmbeddedEngine } from '@ledger/embedded';
import type { FillOptions } from '../country';
import { fillCountry } from '../country';
import { Progress } from '../progress';

/** Fills a data folder with the country's log. Arguments: the folder, the options as JSON. */
async function main([folder = '', options = '{}']: readonly string[]): Promise<{ facts: number }> {
  const engine = await openEmbeddedEngine(folder, { purpose: 'bench' });
  const progress = new Progress('facts');
  const asked = JSON.parse(options) as FillOptions;
  const facts = await fillCountry(engine.eventStore, {
    ...asked,
    onProgress: (written) => progress.at(written),
  });
  await engine.close();
  return { facts };
}

void main(process.argv.slice(2)).then((result) => process.stdout.write(`${JSON.stringify(result)}\n`));
