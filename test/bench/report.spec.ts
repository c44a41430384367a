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

const ON_SERVERS: RunRecord = {
  ...RECORD,
  scale: 'servers',
  postgres: null,
  facts: 100_108,
  servers: {
    eventStore: 'a double of EventStoreDB',
    isDouble: true,
    mongo: 'mongod 6.0.5 (replica set of one)',
  },
};
const READING = {
  id: 'reading',
  group: 'Rebuild',
  what: 'facts read',
  unit: 'per second',
  goalBeside: { opponent: 'client', atLeastTimes: 0.8 },
} as const;

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

  it('has the embedded engine first and servers after it, each with its own figures', () => {
    const report = reportOf([RECORD, ON_SERVERS]);
    expect(report).toContain('## The country: 1,000,000 facts');
    expect(report.indexOf('## On servers: 100,108 facts')).toBeGreaterThan(report.indexOf('## The country'));
  });
});

describe('the report of a run on servers', () => {
  const figures = [
    { ...READING, on: 'double, mongod 6.0.5', values: { product: [30, 32, 31], client: [33] } },
  ];

  it('says in the table on which server or double each figure was measured', () => {
    const table = reportOf([{ ...ON_SERVERS, figures }]);
    expect(table).toContain('|  | Poverty Ledger | the client alone | ratio | goal | measured on |');
    expect(table).toContain(
      '| facts read | 31 /s (30-32) | 33 /s | 0.939x | at least 0.8 of the client alone | double, mongod 6.0.5 |',
    );
  });

  it('has no such column where nothing ran on servers', () => {
    const embedded = [{ ...RATE, id: 'a', what: 'country', values: { product: [1] } }];
    expect(reportOf([{ ...RECORD, figures: embedded }])).not.toContain('measured on');
  });

  it('says that the speed of a double says nothing about a server, and only where it was a double', () => {
    const { servers } = ON_SERVERS;
    const real = { eventStore: 'EventStoreDB 24.10.1', isDouble: false, mongo: servers?.mongo ?? '' };
    const warning = /A double’s speed says nothing about a server’s/;
    expect(reportOf([ON_SERVERS])).toMatch(warning);
    expect(reportOf([{ ...ON_SERVERS, servers: real }])).not.toMatch(warning);
    expect(reportOf([{ ...ON_SERVERS, servers: real }])).toContain('EventStoreDB 24.10.1, mongod 6.0.5');
    expect(reportOf([RECORD])).not.toMatch(warning);
  });

  it('shows the faster engine of our own in the table, and does not name it as missed', () => {
    const country = { ...RATE, id: 'a', what: 'country', values: { product: [4], embedded: [1] } };
    const report = reportOf([{ ...ON_SERVERS, figures: [country] }]);
    expect(report).toContain('Every goal was met');
    expect(report).toContain('| country | 4 ms | 1 ms | 0.25x |');
  });

  it('says plainly what reads too little of what the client alone reads', () => {
    const slow = [{ ...READING, values: { product: [60], client: [100] } }];
    const report = reportOf([{ ...ON_SERVERS, figures: slow }]);
    expect(report).toContain('- Rebuild: facts read: 60 /s, 0.6 of the client alone, the goal is 0.8.');
    expect(report).not.toContain('times as fast.');
  });

  it('says also of a goal that was met where the opponent is faster', () => {
    const report = reportOf([{ ...ON_SERVERS, figures }]);
    expect(report).not.toContain('the goal is 0.8.');
    expect(report).toContain('- Rebuild: facts read: the client alone is 1.06 times as fast.');
  });
});
