import type { Appended, RevisionConflict } from '@ledger/event-sourcing';
import type { EncodedFact } from './appendable';

export interface QueuedAppend {
  readonly stream: string;
  readonly expectedRevision: number;
  readonly facts: readonly EncodedFact[];
}

/** Writes a group in one transaction, one result for each append. Throws when nothing of it was kept. */
export type CommitGroup = (group: readonly QueuedAppend[]) => readonly (Appended | RevisionConflict)[];

interface Waiting {
  readonly append: QueuedAppend;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

/** Bounds how long one commit holds up the process: about 15 ms. */
const MAX_FACTS_PER_COMMIT = 1_000;

/**
 * Group commit: what is asked for in one turn of the event loop shares one transaction and one fsync, which
 * costs more than everything else.
 */
export class AppendQueue {
  private waiting: Waiting[] = [];
  private scheduled = false;

  constructor(private readonly commit: CommitGroup) {}

  add(append: QueuedAppend): Promise<Appended> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ append, resolve, reject });
      this.schedule();
    });
  }

  /** Commits what waits, now. */
  drain(): void {
    while (this.waiting.length > 0) this.commitNext();
  }

  private schedule(): void {
    if (this.scheduled || this.waiting.length === 0) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.commitNext();
      this.schedule();
    });
  }

  private commitNext(): void {
    const group = this.takeGroup();
    if (group.length === 0) return;
    try {
      const results = this.commit(group.map(({ append }) => append));
      group.forEach(({ resolve, reject }, index) => {
        const result = results[index];
        if (result && !(result instanceof Error)) resolve(result);
        else reject(result);
      });
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  /** At least one append: a single one may be larger than the bound. */
  private takeGroup(): readonly Waiting[] {
    let facts = 0;
    let count = 0;
    for (const { append } of this.waiting) {
      facts += append.facts.length;
      if (count > 0 && facts > MAX_FACTS_PER_COMMIT) break;
      count++;
    }
    return this.waiting.splice(0, count);
  }
}
