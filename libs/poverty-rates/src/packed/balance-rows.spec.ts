import { packTriples, wholeNumbers } from './balance-rows';

describe('numbers of a balance', () => {
  it('are kept as they are up to 32 bits', () => {
    expect(wholeNumbers([64, 2_147_483_647, -2_147_483_648])).toEqual(
      Int32Array.of(64, 2_147_483_647, -2_147_483_648),
    );
  });

  it.each([2_147_483_648, -2_147_483_649, 4_294_967_297, 0.5, NaN])(
    'are refused by name where they would be cut: %p',
    (number) => {
      const refused = `a balance cannot keep ${number}`;
      expect(() => wholeNumbers([64, 1, number])).toThrow(RangeError);
      expect(() => wholeNumbers([64, 1, number])).toThrow(refused);
      expect(() => packTriples([64, 1, number])).toThrow(refused);
    },
  );
});
