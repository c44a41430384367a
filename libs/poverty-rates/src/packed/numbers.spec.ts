import { Numbers } from './numbers';

describe('a list of whole numbers that grows', () => {
  it('keeps what fits into 32 bits, in order', () => {
    const numbers = new Numbers(1);
    numbers.push(2_147_483_647, 0, -2_147_483_648);
    numbers.push(-0);
    expect([...numbers.view()]).toEqual([2_147_483_647, 0, -2_147_483_648, 0]);
  });

  it.each([2_147_483_648, -2_147_483_649, 4_294_967_297, 0.5, NaN, Infinity])(
    'refuses %p instead of cutting it',
    (number) => {
      const numbers = new Numbers();
      expect(() => numbers.push(1, number)).toThrow(RangeError);
      expect(() => numbers.push(1, number)).toThrow(`a list of 32 bits cannot keep ${number}`);
    },
  );
});
