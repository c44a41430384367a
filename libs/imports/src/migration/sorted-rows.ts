import { DatabaseSync } from 'node:sqlite';

/** A row of old books, until its turn has come. */
export interface SortableRow {
  /** The day on which the book recorded it. */
  readonly recordedOn: string;
  /** Place of its kind among the kinds of a day. */
  readonly rank: number;
  readonly file: number;
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Puts rows of many files into one order: by the day of recording, the kind, the file and the line. In a scratch
 * file that SQLite removes by itself, so that memory does not grow with the books.
 */
export class SortedRows {
  private readonly db: DatabaseSync;
  private readonly insert;
  count = 0;

  constructor() {
    this.db = new DatabaseSync('');
    this.db.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
      CREATE TABLE rows (recorded_on TEXT, rank INTEGER, file INTEGER, line INTEGER, cells TEXT)`);
    this.insert = this.db.prepare('INSERT INTO rows VALUES (?, ?, ?, ?, ?)');
    this.db.exec('BEGIN');
  }

  add({ recordedOn, rank, file, line, cells }: SortableRow): void {
    this.insert.run(recordedOn, rank, file, line, JSON.stringify(cells));
    this.count++;
  }

  *inOrder(): Generator<SortableRow, void, undefined> {
    const sorted = this.db.prepare('SELECT * FROM rows ORDER BY recorded_on, rank, file, line');
    for (const row of sorted.iterate()) {
      yield {
        recordedOn: String(row['recorded_on']),
        rank: Number(row['rank']),
        file: Number(row['file']),
        line: Number(row['line']),
        cells: JSON.parse(String(row['cells'])) as string[],
      };
    }
  }

  close(): void {
    this.db.close();
  }
}
