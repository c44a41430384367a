import { DatabaseSync } from 'node:sqlite';

/** Remembers which households an import has put on which list: in a scratch file that is gone with the import. */
export class ListNotes {
  private readonly db: DatabaseSync;
  private readonly insert;
  private readonly select;

  constructor() {
    // Without a name it is a temporary file that SQLite removes by itself, also after a crash.
    this.db = new DatabaseSync('');
    this.db.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
      CREATE TABLE listed (place TEXT, number TEXT, household TEXT,
        PRIMARY KEY (place, number, household)) WITHOUT ROWID`);
    this.insert = this.db.prepare('INSERT OR IGNORE INTO listed VALUES (?, ?, ?)');
    this.select = this.db.prepare('SELECT household FROM listed WHERE place = ? AND number = ?');
  }

  add(place: string, number: string, household: string): void {
    this.insert.run(place, number, household);
  }

  find(place: string, number: string): string[] {
    return this.select.all(place, number).map((row) => String(row['household']));
  }

  close(): void {
    this.db.close();
  }
}
