import type { CountryOptions } from '../country';
import { writeHistoryFiles } from '../history/history-files';
import { Progress } from '../progress';

/** Writes the country as files for the history table. Arguments: the folder, the options as JSON. */
function main([folder = '', options = '{}']: readonly string[]): { rows: number } {
  const progress = new Progress('households');
  return {
    rows: writeHistoryFiles(folder, JSON.parse(options) as CountryOptions, (done) => progress.at(done)),
  };
}

process.stdout.write(`${JSON.stringify(main(process.argv.slice(2)))}\n`);
