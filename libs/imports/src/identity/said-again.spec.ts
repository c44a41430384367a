import fc from 'fast-check';
import { CompactMap } from './compact-map';
import { SaidAgain } from './said-again';

const A = 65;
const B = 66;
const C = 67;

describe('orders of one file that say the same', () => {
  const counts = (...said: readonly (readonly [number, ...number[]])[]): number[] => {
    const saidAgain = new SaidAgain();
    return said.map(([content, ...matters]) => saidAgain.count(matters.length > 0 ? matters : [1], content));
  };

  it('are one order, said twice, as long as nothing else was said', () => {
    expect(counts([A], [A], [A])).toEqual([0, 0, 0]);
  });

  it('are another order where something else was said in between', () => {
    expect(counts([A], [B], [A], [A], [B], [A])).toEqual([0, 0, 1, 1, 1, 2]);
  });

  it('do not mind what is said of other matters', () => {
    expect(counts([A, 1], [B, 2], [A, 1], [C, 1], [A, 1])).toEqual([0, 0, 0, 0, 1]);
  });

  it('are another order where a part of it was overruled', () => {
    expect(counts([A, 1, 2], [B, 2], [A, 1, 2], [A, 1, 2])).toEqual([0, 0, 1, 1]);
  });

  it('are told apart exactly where a plain list of what was said tells them apart', () => {
    const rows = fc.array(
      fc.record({ matter: fc.integer({ min: 1, max: 3 }), content: fc.integer({ min: 0, max: 2 }) }),
    );
    fc.assert(
      fc.property(rows, (said) => {
        const saidAgain = new SaidAgain();
        const last = new Map<number, number>();
        const times = new Map<string, number>();
        for (const { matter, content } of said) {
          const key = `${matter} ${content}`;
          if (last.get(matter) !== content) times.set(key, (times.get(key) ?? -1) + 1);
          last.set(matter, content);
          expect(saidAgain.count([matter], content)).toBe(times.get(key));
        }
      }),
    );
  });
});

describe('the compact map', () => {
  it('gives back what a Map would', () => {
    const entries = fc.array(fc.tuple(fc.integer({ min: 1, max: 2 ** 53 - 1 }), fc.nat(2 ** 31)), {
      maxLength: 3_000,
      minLength: 1_000,
    });
    fc.assert(
      fc.property(entries, (pairs) => {
        const map = new CompactMap();
        const plain = new Map(pairs);
        for (const [key, value] of pairs) map.set(key, value);
        for (const [key, value] of plain) expect(map.get(key)).toBe(value);
        const absent = 2 ** 53 - 1;
        expect(map.get(absent)).toBe(plain.get(absent));
      }),
      { numRuns: 5 },
    );
  });
});
