import type { RunRecord } from './record';
import { reportOf } from './report';

const RECORD: RunRecord = {
  scale: 'normal',
  on: '2026-11-23',
  machine: { processor: 'a processor', cores: 2, gigabytes: 24, node: 'v24.0.0' },
  postgres: 'PostgreSQL 15',
  facts: 1_000_000,
  households: 100_000,
  runs: 3,
  figures: [],
  missing: [],
};
const RATE = { group: 'Rates', unit: 'ms' } as const;

describe('the report', () => {
  it('has the median, the spread and the ratio', () => {
    const figures = [
      { ...RATE, id: 'a', what: 'country', values: { product: [1, 2, 9], postgres: [20, 30, 31] } },
    ];
    expect(reportOf([{ ...RECORD, figures }])).toContain('| country | 2 ms (1-9) | 30 ms (20-31) | 15x |');
  });

  it('says plainly what misses its goal', () => {
    const figures = [
      { ...RATE, id: 'a', what: 'country', values: { product: [7] }, goal: { atMost: 5 } },
      { ...RATE, id: 'b', what: 'commune', values: { product: [4] }, goal: { atMost: 5 } },
      {
        ...RATE,
        id: 'c',
        what: 'again',
        values: { product: [6] },
        goalAgainst: { of: 'b', atMostTimes: 1.2 },
      },
    ];
    const report = reportOf([{ ...RECORD, figures }]);
    expect(report).toContain('- Rates: country: 7 ms, the goal is at most 5 ms.');
    expect(report).toContain('- Rates: again: 6 ms, 1.5 times as long as before, the goal is 1.2.');
    expect(report).not.toContain('Rates: commune');
  });

  it('says plainly where an opponent is faster, and what was not measured', () => {
    const figures = [{ ...RATE, id: 'a', what: 'country', values: { product: [3], postgres: [1] } }];
    const missing = [{ group: 'Imports', what: 'import', why: 'there is none' }];
    const report = reportOf([{ ...RECORD, figures, missing }]);
    expect(report).toContain('a history table in PostgreSQL is 3 times as fast.');
    expect(report).toContain('- Not measured, Imports: import (there is none).');
  });
});
