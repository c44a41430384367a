import { engineSettingsFrom, lastWords } from '@ledger/engine';
import { parseArgs } from 'node:util';
import { demo } from './demo.command';
import { CommandRefused } from './import-options';
import { listParked, retryParked } from './parked.command';
import { rebuildReadModels } from './rebuild.command';
import { verify } from './verify.command';

const USAGE = `Usage: npm run cli -- COMMAND

  demo [--if-empty]    fill an empty DATA_DIR with the demo
  import KIND FILE     units, totals, households or reviews from a CSV file (- reads the standard input)
  import --migrate DIR old books of all kinds, each row with recorded_on, as one history
  verify               replay the log and compare it with the read models; also beside a running server
  rebuild              make the read models again from the log, compare, and switch
  parked list          what waits for repair, and why
  parked retry         fold it again, after a fix

Options of import:
  --dry-run            decide every row and record nothing
  --url URL            through a running server, e.g. http://127.0.0.1:3000, not into the folder
  --actor ID           opaque id of the officer (import)
  --lang vi|en         language of the refusals (en)
  --refused FILE       where the refused rows go (FILE.refused.csv)

DATA_DIR (./data) says where the data folder is; EVENTSTORE_URL and MONGO_URL together name servers instead.`;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function run(args: readonly string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'if-empty': { type: 'boolean' },
      help: { type: 'boolean' },
      'dry-run': { type: 'boolean' },
      migrate: { type: 'string' },
      url: { type: 'string' },
      actor: { type: 'string' },
      lang: { type: 'string' },
      refused: { type: 'string' },
    },
  });
  const stores = engineSettingsFrom(process.env);
  const cancel = new AbortController();
  process.once('SIGINT', () => cancel.abort());
  process.once('SIGTERM', () => cancel.abort());
  process.once('SIGHUP', () => cancel.abort());
  if (positionals[0] === 'import' && !values.help) {
    const given = { ...values, dryRun: values['dry-run'] ?? false };
    // Loaded only when it is wanted: it brings the classes of all orders.
    const { runImport } = await import('./import.js');
    return runImport(positionals.slice(1), given, { stores, signal: cancel.signal, print });
  }
  switch (positionals.join(' ')) {
    case 'demo':
      return demo(stores, { ifEmpty: values['if-empty'] ?? false, signal: cancel.signal }, print);
    case 'verify':
      return verify(stores, cancel.signal, print);
    case 'rebuild':
      return rebuildReadModels(stores, cancel.signal, print);
    case 'parked list':
      return listParked(stores, print);
    case 'parked retry':
      return retryParked(stores, print);
    default:
      print(USAGE);
      return values.help ? 0 : 2;
  }
}

run(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${lastWords(error, [TypeError, CommandRefused])}\n`);
    process.exit(2);
  },
);
