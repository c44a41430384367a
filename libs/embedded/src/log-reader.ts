import type { DatabaseSync } from 'node:sqlite';
import type { RecordedFact } from '@ledger/event-sourcing';
import type { RowValues, StoredRow } from './fact-row';
import { factOf, rowOf } from './fact-row';
import { damaged } from './sqlite-errors';

/** Neighbours in a list often have facts of one day, which share pages: SQLite's own 2 MiB hold too few of them. */
const CACHE_KIB = 8_192;

/** The questions that are put to the log's file. Their rows are damaged where the file is: see {@link factOf}. */
export class LogReader {
  private readonly headRow;
  private readonly pageRows;
  private readonly streamRows;
  private readonly streamPageRows;
  private readonly newestRows;
  private readonly indexedPlace;

  constructor(
    db: DatabaseSync,
    private readonly path: string,
  ) {
    db.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
    this.headRow = db.prepare('SELECT max(position) AS head FROM facts');
    this.pageRows = db.prepare('SELECT * FROM facts WHERE position > ? ORDER BY position LIMIT ?');
    const ofStream = 'SELECT * FROM facts WHERE stream = ? AND revision >= ? ORDER BY revision';
    this.streamRows = db.prepare(ofStream);
    // SQLite plans a statement anew for every limit that it is given, which costs a fifth of reading a stream.
    this.streamPageRows = db.prepare(`${ofStream} LIMIT ?`);
    this.newestRows = db.prepare('SELECT * FROM facts ORDER BY position DESC');
    for (const rows of [this.pageRows, this.streamRows, this.streamPageRows, this.newestRows]) {
      rows.setReturnArrays(true);
    }
    // The + keeps SQLite from going to the row, which is what may be damaged.
    this.indexedPlace = db.prepare(
      'SELECT stream, revision FROM facts INDEXED BY sqlite_autoindex_facts_1 WHERE +position = ?',
    );
  }

  /** The row number of the last fact, 0 in an empty log. */
  head(): number {
    return Number(this.headRow.get()?.['head'] ?? 0);
  }

  page(after: number, maxFacts: number): readonly RecordedFact[] {
    return this.facts(this.pageRows.all(after, maxFacts));
  }

  stream(stream: string, fromRevision: number, maxFacts?: number): readonly RecordedFact[] {
    const facts = this.facts(
      maxFacts === undefined
        ? this.streamRows.all(stream, fromRevision)
        : this.streamPageRows.all(stream, fromRevision, maxFacts),
    );
    const hole = facts.findIndex((fact, index) => fact.revision !== fromRevision + index);
    // A stream is found through an index. Where that is damaged, what is left would fold to a wrong state.
    if (hole >= 0) throw damaged(this.path, `stream ${stream} lacks revision ${fromRevision + hole}`);
    return facts;
  }

  /** The last fact that can be read, past damaged ones. */
  last(): RecordedFact | undefined {
    for (const row of this.newestRows.iterate()) {
      const fact = this.fact(rowOf(row as unknown as RowValues));
      if (fact.undecodable === undefined) return fact;
    }
    return undefined;
  }

  private facts(rows: readonly unknown[]): readonly RecordedFact[] {
    return rows.map((values) => this.fact(rowOf(values as RowValues)));
  }

  /** The index keeps stream and revision a second time: whose fact it is, is known also of a damaged row. */
  private fact(row: StoredRow): RecordedFact {
    const fact = factOf(row);
    return fact.undecodable === undefined ? fact : factOf({ ...row, ...this.indexedPlace.get(row.position) });
  }
}
