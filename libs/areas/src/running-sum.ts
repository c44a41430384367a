import { dayOfNumber } from '@ledger/kernel';
import type { CommuneSum } from './denominator';

/** A declaration of one commune as it goes into a sum. */
export interface Part {
  /** The number of its day. */
  readonly on: number;
  readonly households: number;
  readonly persons: number | null;
  readonly source: string;
}

/** The declarations of communes, added up while one takes the place of another. */
export class RunningSum {
  private declared = 0;
  private households = 0;
  private persons = 0;
  private withoutPersons = 0;
  private readonly days = new Map<number, number>();
  private readonly sources = new Map<string, number>();

  constructor(private readonly communes: number) {}

  add(part: Part): void {
    this.change(part, 1);
  }

  remove(part: Part): void {
    this.change(part, -1);
  }

  /** Rule 15: dated with the oldest part; the source is `mixed` unless they agree. */
  sum(): CommuneSum {
    const { communes, declared, households, persons, withoutPersons } = this;
    const missing = communes - declared;
    if (missing > 0 || communes === 0) return { communes, missing, total: null };
    const total = {
      count: households,
      persons: withoutPersons > 0 ? null : persons,
      on: dayOfNumber(Math.min(...this.days.keys())),
      source: this.sources.size === 1 ? String([...this.sources.keys()][0]) : 'mixed',
      basis: 'summed' as const,
    };
    return { communes, missing, total };
  }

  private change({ on, households, persons, source }: Part, sign: 1 | -1): void {
    this.declared += sign;
    this.households += sign * households;
    if (persons === null) this.withoutPersons += sign;
    else this.persons += sign * persons;
    count(this.days, on, sign);
    count(this.sources, source, sign);
  }
}

function count<Key>(counts: Map<Key, number>, key: Key, sign: 1 | -1): void {
  const now = (counts.get(key) ?? 0) + sign;
  if (now === 0) counts.delete(key);
  else counts.set(key, now);
}
