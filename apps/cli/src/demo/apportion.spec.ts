import * as fc from 'fast-check';
import { apportion } from './apportion';

describe('apportioning a whole number', () => {
  it('gives the largest remainders what is left', () => {
    expect(apportion(10, [1, 1, 1])).toEqual([4, 3, 3]);
    expect(apportion(115, [24, 14, 62])).toEqual([28, 16, 71]);
  });

  it('loses and adds nothing, and no part is off by one or more', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.nat(100_000), weights, (total, by) => {
        const parts = apportion(total, by);
        const sum = by.reduce((a, b) => a + b, 0);
        expect(parts.reduce((a, b) => a + b, 0)).toBe(total);
        parts.forEach((part, at) => expect(Math.abs(part - (total * (by[at] ?? 0)) / sum)).toBeLessThan(1));
      }),
    );
  });

  it('needs a weight', () => {
    expect(() => apportion(1, [0, 0])).toThrow(RangeError);
  });
});
