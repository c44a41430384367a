/**
 * Dice that fall the same way on every machine (mulberry32), thrown afresh for each household and year: what
 * happens to one depends on no other, so that a history can be told in any order.
 */
export class Dice {
  private state = 0;

  /** Whole numbers that name what the dice are thrown for. */
  seed(seed: number, ...names: readonly number[]): this {
    let state = mixed(seed | 0);
    for (const name of names) state = mixed(state ^ Math.imul(name + 1, 0x9e3779b1));
    this.state = state;
    return this;
  }

  /** From 0 up to, never reaching, 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let value = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  /** The number of the share that the dice hit; the rest is the last one. */
  among(shares: readonly number[]): number {
    let left = this.next();
    for (let index = 0; index < shares.length - 1; index++) {
      left -= shares[index] ?? 0;
      if (left < 0) return index;
    }
    return shares.length - 1;
  }
}

function mixed(value: number): number {
  let state = Math.imul(value ^ (value >>> 16), 0x45d9f3b);
  state = Math.imul(state ^ (state >>> 16), 0x45d9f3b);
  return state ^ (state >>> 16);
}
