import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keptRecords } from './record';

describe('the figures that are kept', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-bench-records-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are all told: the embedded engine first, and the smaller country before the larger', () => {
    const servers = { eventStore: 'a double', isDouble: true, mongo: 'a mongod' };
    const runs = [
      { scale: 'servers-1000000', facts: 1_000_000, servers },
      { scale: 'long', facts: 10_000_000 },
      { scale: 'servers', facts: 100_000, servers },
      { scale: 'normal', facts: 1_000_000 },
    ];
    for (const run of runs) writeFileSync(join(folder, `${run.scale}.json`), JSON.stringify(run));
    const scales = keptRecords(folder).map(({ scale }) => scale);
    expect(scales).toEqual(['normal', 'long', 'servers', 'servers-1000000']);
  });

  it('are none where nothing was measured yet', () => {
    expect(keptRecords(join(folder, 'absent'))).toEqual([]);
  });
});
