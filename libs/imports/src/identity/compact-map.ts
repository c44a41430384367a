/** Grows when it is so full: probing stays short. */
const FULLEST = 0.6;

/**
 * Whole numbers by whole numbers, 12 bytes a place: what is remembered of millions of rows. Open addressing; a key
 * is a hash of 53 bits (never 0), so two rows in a hundred million might share one.
 */
export class CompactMap {
  private keys = new Float64Array(1_024);
  private values = new Uint32Array(1_024);
  private count = 0;

  get(key: number): number | undefined {
    const at = this.placeOf(key);
    return this.keys[at] === key ? this.values[at] : undefined;
  }

  set(key: number, value: number): void {
    const at = this.placeOf(key);
    if (this.keys[at] !== key) {
      this.count++;
      this.keys[at] = key;
    }
    this.values[at] = value;
    if (this.count > this.keys.length * FULLEST) this.grow();
  }

  /** Where the key is, or the free place where it belongs. */
  private placeOf(key: number): number {
    const { length } = this.keys;
    let at = key % length;
    while (this.keys[at] !== 0 && this.keys[at] !== key) at = (at + 1) % length;
    return at;
  }

  private grow(): void {
    const { keys, values } = this;
    this.keys = new Float64Array(keys.length * 2);
    this.values = new Uint32Array(keys.length * 2);
    keys.forEach((key, index) => {
      if (key === 0) return;
      const at = this.placeOf(key);
      this.keys[at] = key;
      this.values[at] = values[index] ?? 0;
    });
  }
}
