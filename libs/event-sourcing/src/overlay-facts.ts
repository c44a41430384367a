import { DatabaseSync } from 'node:sqlite';
import type { RecordedFact } from './event-store';
import { NO_STREAM } from './event-store';

/** The facts that lie over a log: in a scratch file that SQLite removes by itself, so that memory does not grow. */
export class OverlayFacts {
  private readonly db: DatabaseSync;
  private readonly insert;
  private readonly ofStream;
  private readonly tail;
  private readonly first;
  private readonly after;

  constructor() {
    this.db = new DatabaseSync('');
    this.db.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
      CREATE TABLE facts (number INTEGER PRIMARY KEY, stream TEXT, revision INTEGER, fact TEXT);
      CREATE UNIQUE INDEX place ON facts (stream, revision)`);
    this.insert = this.db.prepare('INSERT INTO facts VALUES (?, ?, ?, ?)');
    this.ofStream = this.db.prepare(
      'SELECT fact FROM facts WHERE stream = ? AND revision >= ? ORDER BY revision',
    );
    this.tail = this.db.prepare('SELECT max(revision) AS revision FROM facts WHERE stream = ?');
    this.first = this.db.prepare('SELECT min(revision) AS revision FROM facts WHERE stream = ?');
    this.after = this.db.prepare('SELECT fact FROM facts WHERE number > ? ORDER BY number LIMIT ?');
  }

  get isOpen(): boolean {
    return this.db.isOpen;
  }

  /** @param number of the first fact, from 1 */
  add(number: number, facts: readonly RecordedFact[]): void {
    facts.forEach((fact, index) =>
      this.insert.run(number + index, fact.stream, fact.revision, JSON.stringify(fact)),
    );
  }

  read(stream: string, fromRevision: number): RecordedFact[] {
    return this.ofStream.all(stream, fromRevision).map(factOf);
  }

  /** The last revision here, `NO_STREAM` where the stream has no fact here. */
  lastRevision(stream: string): number {
    return Number(this.tail.get(stream)?.['revision'] ?? NO_STREAM);
  }

  /** The first revision here; what lies below has those before it. */
  firstRevision(stream: string): number {
    return Number(this.first.get(stream)?.['revision'] ?? Infinity);
  }

  page(afterNumber: number, maxFacts: number): RecordedFact[] {
    return this.after.all(afterNumber, maxFacts).map(factOf);
  }

  close(): void {
    if (this.db.isOpen) this.db.close();
  }
}

const factOf = (row: Record<string, unknown>): RecordedFact =>
  JSON.parse(String(row['fact'])) as RecordedFact;
