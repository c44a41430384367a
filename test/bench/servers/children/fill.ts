import { openEventStoreDb } from '@ledger/eventstoredb';
import { LEDGER_STREAMS } from '@ledger/poverty-rates';
import type { FillOptions } from '../../country';
import { Progress } from '../../progress';
import { fillServer } from '../fill';

/** Fills a log with the country. Arguments: url, what is put before the names of the streams, the options as JSON. */
async function main([url = '', ledger = '', options = '{}']: readonly string[]): Promise<{ facts: number }> {
  const store = openEventStoreDb(url, { streams: LEDGER_STREAMS, ledger });
  const progress = new Progress('facts');
  const asked = JSON.parse(options) as FillOptions;
  const facts = await fillServer(store, { ...asked, onProgress: (written) => progress.at(written) });
  progress.end(facts);
  await store.close();
  return { facts };
}

void main(process.argv.slice(2)).then((result) => process.stdout.write(`${JSON.stringify(result)}\n`));
