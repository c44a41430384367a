import type { DatabaseSync } from 'node:sqlite';
import type { Appended, RecordedFact } from '@ledger/event-sourcing';
import { NO_STREAM, RevisionConflict } from '@ledger/event-sourcing';
import type { QueuedAppend } from './append-queue';
import type { EncodedFact } from './appendable';
import type { StoredRow } from './fact-row';
import { checksumOf, factOf } from './fact-row';
import type { LogReader } from './log-reader';
import type { OnStep } from './steps';

/** Writes groups of appends, each group in one transaction. */
export class LogWriter {
  /** How many transactions have been committed. */
  commits = 0;

  private readonly begin;
  private readonly commit;
  private readonly rollback;
  private readonly tail;
  private readonly insert;

  constructor(
    private readonly db: DatabaseSync,
    private readonly reader: LogReader,
    private readonly clock: () => number,
    private readonly onStep: OnStep,
  ) {
    this.begin = db.prepare('BEGIN IMMEDIATE');
    this.commit = db.prepare('COMMIT');
    this.rollback = db.prepare('ROLLBACK');
    this.tail = db.prepare('SELECT revision FROM facts WHERE stream = ? ORDER BY revision DESC LIMIT 1');
    this.insert = db.prepare('INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  }

  /** All or nothing, apart from conflicts, which concern one append alone. Durable when it returns. */
  writeGroup(group: readonly QueuedAppend[]): readonly (Appended | RevisionConflict)[] {
    this.begin.run();
    this.onStep('append: begun');
    try {
      const recordedAt = new Date(this.clock()).toISOString();
      let position = this.reader.head();
      const results = group.map((append) => {
        const result = this.write(append, position, recordedAt);
        if (result.written) position += append.facts.length;
        return result.answer;
      });
      this.onStep('append: facts written');
      this.commit.run();
      this.onStep('append: committed');
      this.commits++;
      return results;
    } catch (error) {
      // After some errors (disk full) SQLite has rolled back by itself.
      if (this.db.isTransaction) this.rollback.run();
      throw error;
    }
  }

  private write(
    append: QueuedAppend,
    head: number,
    recordedAt: string,
  ): { written: boolean; answer: Appended | RevisionConflict } {
    const { stream, expectedRevision, facts } = append;
    const actual = Number(this.tail.get(stream)?.['revision'] ?? NO_STREAM);
    if (actual === expectedRevision) {
      const recorded = facts.map((fact, index) =>
        this.writeFact(fact, stream, actual + 1 + index, head + 1 + index, recordedAt),
      );
      return { written: true, answer: appended(recorded) };
    }
    const answer = this.findSame(append) ?? new RevisionConflict(stream, expectedRevision, actual);
    return { written: false, answer };
  }

  /** The answer to an append that was written before, as EventStoreDB gives it: by the ids of its facts. */
  private findSame({ stream, expectedRevision, facts }: QueuedAppend): Appended | undefined {
    const recorded = this.reader.stream(stream, expectedRevision + 1, facts.length);
    const same = facts.every((fact, index) => fact.id === recorded[index]?.id);
    return same ? appended(recorded) : undefined;
  }

  private writeFact(
    fact: EncodedFact,
    stream: string,
    revision: number,
    position: number,
    recordedAt: string,
  ): RecordedFact {
    const { id, type, version, data, metadata } = fact;
    const row = { position, stream, revision, id, type, version, recorded_at: recordedAt, data, metadata };
    const stored: StoredRow = { ...row, checksum: checksumOf(row) };
    this.insert.run(
      position,
      stream,
      revision,
      id,
      type,
      version,
      recordedAt,
      data,
      metadata,
      stored.checksum,
    );
    return factOf(stored);
  }
}

function appended(facts: readonly RecordedFact[]): Appended {
  const last = facts.at(-1);
  if (!last) throw new Error('an append has at least one fact');
  return { revision: last.revision, position: last.position, facts };
}
