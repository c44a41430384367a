import { median, percentile } from './stats';

describe('the figures of several runs', () => {
  it('have a median between the two in the middle', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });

  it('have percentiles that are values which occurred', () => {
    const hundred = Array.from({ length: 100 }, (_none, at) => 100 - at);
    expect(percentile(hundred, 50)).toBe(50);
    expect(percentile(hundred, 99)).toBe(99);
    expect(percentile(hundred, 100)).toBe(100);
    expect(percentile([7], 99)).toBe(7);
  });
});
