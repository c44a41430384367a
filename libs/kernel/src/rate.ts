/**
 * `count` of `total` in per cent, rounded half up to two decimals in integers (floating point rounds 110
 * fractions with denominators below 2,000 wrongly). `null` where the total is unknown or zero: no
 * denominator is not a rate of 0.
 */
export function rateInPercent(count: number | null, total: number | null): number | null {
  if (count === null || total === null || total <= 0) return null;
  const hundredths = (BigInt(count) * 20_000n + BigInt(total)) / (2n * BigInt(total));
  return Number(hundredths) / 100;
}
