import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { groupsIn, nextBit } from '@ledger/poverty-rates';

/** Groups of households as bits: a row of the journal counts in several at once. */
export class GroupBits {
  private readonly bits = new Map<string, number>();
  private names: string[] = [];
  private readonly all: StatementSync;
  private readonly insert: StatementSync;

  constructor(database: DatabaseSync) {
    this.all = database.prepare('SELECT bit, name FROM groups ORDER BY bit');
    this.insert = database.prepare('INSERT INTO groups (bit, name) VALUES (?, ?)');
  }

  /** The number of the group's bit; `undefined` where no row is in the group. */
  find(group: string): number | undefined {
    if (!this.bits.has(group)) this.reload();
    return this.bits.get(group);
  }

  /** For a writer: gives a bit to a group that has none. */
  bitOf(group: string): number {
    const known = this.find(group);
    if (known !== undefined) return known;
    const bit = nextBit(this.names.length, group);
    this.insert.run(bit, group);
    this.reload();
    return bit;
  }

  nameOf(bit: number): string {
    if (bit >= this.names.length) this.reload();
    const name = this.names[bit];
    if (name === undefined) throw new Error(`no group has the bit ${bit}`);
    return name;
  }

  groupsIn(bits: number): readonly string[] {
    return groupsIn(bits, (bit) => this.nameOf(bit));
  }

  /** After a transaction that was rolled back. */
  forget(): void {
    this.bits.clear();
    this.names = [];
  }

  private reload(): void {
    this.forget();
    for (const { bit, name } of this.all.all()) {
      this.bits.set(String(name), Number(bit));
      this.names[Number(bit)] = String(name);
    }
  }
}
