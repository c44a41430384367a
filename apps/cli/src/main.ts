import { StoreRefused, StoreUnavailable } from '@ledger/event-sourcing';
import { parseArgs } from 'node:util';
import { demo } from './demo.command';
import { listParked, retryParked } from './parked.command';

const USAGE = `Usage: npm run cli -- COMMAND

  demo [--if-empty]   fill an empty DATA_DIR with the demo
  parked list         what waits for repair, and why
  parked retry        fold it again, after a fix

DATA_DIR (./data) says where the data folder is.`;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function run(args: readonly string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { 'if-empty': { type: 'boolean' }, help: { type: 'boolean' } },
  });
  const dataDir = process.env['DATA_DIR'] || './data';
  const cancel = new AbortController();
  process.once('SIGINT', () => cancel.abort());
  process.once('SIGTERM', () => cancel.abort());
  process.once('SIGHUP', () => cancel.abort());
  switch (positionals.join(' ')) {
    case 'demo':
      return demo(dataDir, { ifEmpty: values['if-empty'] ?? false, signal: cancel.signal }, print);
    case 'parked list':
      return listParked(dataDir, print);
    case 'parked retry':
      return retryParked(dataDir, print);
    default:
      print(USAGE);
      return values.help ? 0 : 2;
  }
}

run(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    const text = error instanceof Error ? error.message : String(error);
    const expected =
      error instanceof StoreRefused || error instanceof StoreUnavailable || error instanceof TypeError;
    process.stderr.write(`${expected || !(error instanceof Error) ? text : (error.stack ?? text)}\n`);
    process.exit(2);
  },
);
