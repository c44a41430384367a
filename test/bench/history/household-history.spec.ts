import { livesOf } from '../country/books';
import { overwritten } from '../country/overwrites';
import type { HistoryRow } from './household-history';
import { historyRowsOf } from './household-history';

const SIZE = { households: 300, communes: 20, years: 10, seed: 5 };

describe('the rows of the history table', () => {
  const histories = [...livesOf(SIZE)].map((life) =>
    historyRowsOf([...life, ...overwritten(life, SIZE.households, 1)]),
  );

  it('say one thing about a household on a day, as it was known on a day', () => {
    const overlapping = histories.filter((rows) =>
      rows.some((row, at) => rows.slice(at + 1).some((other) => overlap(row, other))),
    );
    expect(overlapping).toEqual([]);
    expect(histories.flat().length).toBeGreaterThan(2_000);
  });

  it('are closed where something later was recorded, and never before they were opened', () => {
    const rows = histories.flat();
    expect(
      rows.every(({ recordedFrom, recordedTo }) => recordedTo === null || recordedTo > recordedFrom),
    ).toBe(true);
    expect(
      rows.every(({ effectiveFrom, effectiveTo }) => effectiveTo === null || effectiveTo > effectiveFrom),
    ).toBe(true);
    expect(rows.some(({ recordedTo }) => recordedTo !== null)).toBe(true);
  });
});

const overlap = (a: HistoryRow, b: HistoryRow): boolean =>
  a.standard === b.standard &&
  a.effectiveFrom < (b.effectiveTo ?? Infinity) &&
  b.effectiveFrom < (a.effectiveTo ?? Infinity) &&
  a.recordedFrom < (b.recordedTo ?? Infinity) &&
  b.recordedFrom < (a.recordedTo ?? Infinity);
