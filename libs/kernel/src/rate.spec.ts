import { rateInPercent } from './rate';

/** Per cent with two decimals, half up, by long division of whole numbers: `45.10`. */
function byLongDivision(count: bigint, total: bigint): string {
  const [whole, rest] = [(count * 10_000n) / total, (count * 10_000n) % total];
  const hundredths = rest * 2n >= total ? whole + 1n : whole;
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`;
}

describe('A rate in per cent', () => {
  it('is exact for every count of every total up to 300', () => {
    for (let total = 1; total <= 300; total++) {
      for (let count = 0; count <= total; count++) {
        const expected = byLongDivision(BigInt(count), BigInt(total));
        const rate = rateInPercent(count, total);
        if (rate?.toFixed(2) !== expected || rate !== Number(expected)) {
          throw new Error(`${count} of ${total}: expected ${expected}, got ${rate}`);
        }
      }
    }
  });

  it.each([
    // Exactly a half of the last place.
    [1, 800, 0.13],
    [3, 800, 0.38],
    [1, 32, 3.13],
    [201, 20_000, 1.01],
    [1, 20_000, 0.01],
    // A shade below a half.
    [1, 20_001, 0],
    [199, 800, 24.88],
  ])('rounds half up: %d of %d is %d', (count, total, rate) => {
    expect(rateInPercent(count, total)).toBe(rate);
  });

  it.each([
    [57, 800, 7.13],
    [113, 800, 14.13],
    [139, 800, 17.38],
    [251, 800, 31.38],
  ])('is right where floating point falls below the half: %d of %d is %d', (count, total, rate) => {
    expect(Math.round((count / total) * 10_000) / 100).not.toBe(rate);
    expect(rateInPercent(count, total)).toBe(rate);
  });

  it('prints the published figures: A Lưới 2021 and Đắk Nông 2022', () => {
    expect(rateInPercent(7_022, 14_050)).toBe(49.98);
    expect(rateInPercent(13_342, 167_403)).toBe(7.97);
  });

  it('is zero where there are zero poor', () => {
    expect(rateInPercent(0, 1_930)).toBe(0);
  });

  it('is a hundred at the most that there is, and more where the total is older than the count', () => {
    expect(rateInPercent(7, 7)).toBe(100);
    expect(rateInPercent(8, 7)).toBe(114.29);
  });

  it('is unknown without a denominator, or without a count', () => {
    expect([rateInPercent(3, null), rateInPercent(3, 0), rateInPercent(0, 0)]).toEqual([null, null, null]);
    expect([rateInPercent(null, 10), rateInPercent(null, null)]).toEqual([null, null]);
  });

  it('stays exact for the households of a world', () => {
    expect(rateInPercent(999_949_999, 1_000_000_000)).toBe(99.99);
    expect(rateInPercent(999_950_000, 1_000_000_000)).toBe(100);
  });
});
