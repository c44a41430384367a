interface Kept<Value> {
  readonly value: Value;
  readonly weight: number;
}

/** Keeps what was worked out, up to a weight: what was not asked for the longest goes first, the last one stays. */
export class Recent<Key, Value> {
  private readonly kept = new Map<Key, Kept<Value>>();
  private weight = 0;

  /** Without `weigh` every value weighs 1. */
  constructor(
    private readonly heaviest: number,
    private readonly weigh: (value: Value) => number = () => 1,
  ) {}

  find(key: Key): Value | undefined {
    const found = this.kept.get(key);
    if (!found) return undefined;
    this.kept.delete(key);
    this.kept.set(key, found);
    return found.value;
  }

  keep(key: Key, value: Value): Value {
    this.remove(key);
    const weight = this.weigh(value);
    this.kept.set(key, { value, weight });
    this.weight += weight;
    for (const oldest of this.kept.keys()) {
      if (this.weight <= this.heaviest || oldest === key) break;
      this.remove(oldest);
    }
    return value;
  }

  /** What is kept under the key, or else what `work` makes of it. */
  get(key: Key, work: () => Value): Value {
    return this.find(key) ?? this.keep(key, work());
  }

  private remove(key: Key): void {
    this.weight -= this.kept.get(key)?.weight ?? 0;
    this.kept.delete(key);
  }
}
