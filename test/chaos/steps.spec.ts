import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from '../../libs/embedded/src/testing/child';
import type { Stepping } from './stepping';
import { wholeLog } from './whole-log';
import { verified } from './verified';

const STEPS = [
  ...['append: begun', 'append: facts written', 'append: committed'],
  ...['batch: begun', 'batch: checkpoint moved', 'batch: journal written', 'batch: balances written'],
  ...['batch: households written', 'batch: lists written', 'batch: committed'],
];

const child = (stepping: Stepping): Child =>
  new Child(
    `require(${JSON.stringify(join(__dirname, 'stepping.ts'))}).runStepping(JSON.parse(argument));`,
    JSON.stringify(stepping),
  );

describe('a process that ends at any step of an append or of a batch', () => {
  let dataDir: string;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'ledger-steps-'));
  });

  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  it.each(STEPS)('%s: started again, everything acknowledged is there once', async (step) => {
    const acknowledged = new Map<string, string>();
    const run = async (stepping: Omit<Stepping, 'dataDir'>): Promise<boolean> => {
      const running = child({ dataDir, ...stepping });
      await running.end();
      const lines = running.lines.map(
        (line) => JSON.parse(line) as 'done' | { commandId: string; position: string },
      );
      for (const line of lines) {
        if (line === 'done') return true;
        // Given again, an order is answered as it was.
        expect(acknowledged.get(line.commandId) ?? line.position).toBe(line.position);
        acknowledged.set(line.commandId, line.position);
      }
      return false;
    };
    for (const times of [1, 2, 5]) expect(await run({ step, times })).toBe(false);
    expect(await run({ times: 0 })).toBe(true);

    const facts = await wholeLog(dataDir);
    expect(facts.map(({ metadata, position }) => [metadata.commandId, position])).toEqual(
      [...acknowledged].sort(([, a], [, b]) => (a < b ? -1 : 1)),
    );
    expect(await verified(dataDir)).toEqual([]);
  });
});
