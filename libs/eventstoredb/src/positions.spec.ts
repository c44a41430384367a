import { START } from '@ledger/event-sourcing';
import fc from 'fast-check';
import { logPositionOf, namesAnEvent, positionOf } from './positions';

const half = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });
const place = fc.record({ commit: half, prepare: half });

describe('a position', () => {
  it('keeps both halves, whatever their size', () => {
    fc.assert(fc.property(place, (at) => expect(logPositionOf(positionOf(at))).toEqual(at)));
  });

  it('compares as a string like the place that it stands for, the start being before every other', () => {
    fc.assert(
      fc.property(place, place, (one, other) => {
        const before =
          one.commit < other.commit || (one.commit === other.commit && one.prepare < other.prepare);
        expect(positionOf(one) < positionOf(other)).toBe(before);
        expect(START < positionOf(one)).toBe(true);
      }),
    );
  });

  it('of the start is no place in the log', () => expect(logPositionOf(START)).toBeUndefined());

  it.each(['0000000000000042', '1:1', '00000000000000000001:0000000000000000000x'])(
    'of another log is refused: %s',
    (text) => expect(() => logPositionOf(text as typeof START)).toThrow(RangeError),
  );

  it('with a prepare of 0 names no event', () => {
    expect(namesAnEvent({ commit: 5n, prepare: 0n })).toBe(false);
    expect(namesAnEvent({ commit: 5n, prepare: 5n })).toBe(true);
  });
});
