import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** What is kept in memory at most, twice: what was not asked for since is found again in the file. */
const MOST_KEPT = 40_000;

/** The numbers under which texts are kept: the same text has the same number for ever. */
export class Names {
  private readonly byName: StatementSync;
  private readonly byId: StatementSync;
  private readonly insert: StatementSync;

  constructor(
    database: DatabaseSync,
    private readonly known = new KnownNames(),
  ) {
    this.byName = database.prepare('SELECT id FROM names WHERE name = ?');
    this.byId = database.prepare('SELECT name FROM names WHERE id = ?');
    this.insert = database.prepare('INSERT INTO names (name) VALUES (?)');
  }

  /** `undefined` where nothing is kept under the name. */
  find(name: string): number | undefined {
    return this.known.ids.get(name) ?? this.keep(this.byName.get(name)?.['id'], name);
  }

  /** For a writer: gives a number to a name that has none. */
  numberOf(name: string): number {
    return this.find(name) ?? this.keepBoth(Number(this.insert.run(name).lastInsertRowid), name);
  }

  nameOf(id: number): string {
    const known = this.known.names.get(id);
    if (known !== undefined) return known;
    const name = this.byId.get(id)?.['name'];
    if (typeof name !== 'string') throw new Error(`no name has the number ${id}`);
    this.keepBoth(id, name);
    return name;
  }

  /** After a transaction that was rolled back: its numbers go to others. */
  forget(): void {
    this.known.ids.clear();
    this.known.names.clear();
  }

  private keep(id: unknown, name: string): number | undefined {
    return typeof id === 'number' ? this.keepBoth(id, name) : undefined;
  }

  private keepBoth(id: number, name: string): number {
    this.known.ids.set(name, id);
    this.known.names.set(id, name);
    return id;
  }
}

/** What is kept of the names in memory: connections that only read may share it. */
export class KnownNames {
  readonly ids = new Generations<string, number>();
  readonly names = new Generations<number, string>();
}

/** Keeps what was asked for lately: what one generation did not need is gone with the next but one. */
class Generations<Key, Value> {
  private young = new Map<Key, Value>();
  private old = new Map<Key, Value>();

  get(key: Key): Value | undefined {
    const young = this.young.get(key);
    if (young !== undefined) return young;
    const old = this.old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: Key, value: Value): void {
    if (this.young.size >= MOST_KEPT) {
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(key, value);
  }

  clear(): void {
    this.young.clear();
    this.old.clear();
  }
}
