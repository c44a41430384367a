import type { Collection, Document, OptionalUnlessRequiredId } from 'mongodb';

/** Documents in one insert. */
const DOCUMENTS_AT_ONCE = 2_000;
/** Inserts that are on their way at the same time. */
const MOST_UNDER_WAY = 2;
/** So many may wait to be sent before whoever fills the queue is held back. */
const MOST_WAITING = 4;

/** Sends documents, a few thousand at a time, while whoever makes them goes on. The order means nothing. */
export class InsertQueue {
  private readonly collecting = new Map<Collection<never>, Document[]>();
  private readonly waiting: (() => Promise<void>)[] = [];
  private readonly underWay = new Set<Promise<void>>();
  private failure: { readonly error: unknown } | undefined;

  add<Kept extends Document>(collection: Collection<Kept>, document: OptionalUnlessRequiredId<Kept>): void {
    const documents = this.documentsFor(collection);
    documents.push(document);
    if (documents.length >= DOCUMENTS_AT_ONCE) this.send(collection, documents);
  }

  /** Resolves when little enough waits that more may come. @throws what an insert has failed with */
  async drained(): Promise<void> {
    while (this.waiting.length > MOST_WAITING && !this.failure) await Promise.race(this.underWay);
    if (this.failure) throw this.failure.error;
  }

  /** Resolves when everything has arrived. @throws what an insert has failed with */
  async emptied(): Promise<void> {
    for (const [collection, documents] of this.collecting)
      if (documents.length > 0) this.send(collection, documents);
    while (this.underWay.size > 0) await Promise.all(this.underWay);
    if (this.failure) throw this.failure.error;
  }

  private documentsFor<Kept extends Document>(collection: Collection<Kept>): Document[] {
    const key = collection as unknown as Collection<never>;
    const known = this.collecting.get(key);
    if (known) return known;
    const documents: Document[] = [];
    this.collecting.set(key, documents);
    return documents;
  }

  private send(collection: unknown, documents: Document[]): void {
    const some = documents.splice(0);
    this.waiting.push(async () => {
      // What makes it last is the checkpoint, written at the end with the word of a majority.
      await (collection as Collection).insertMany(some, { ordered: false, writeConcern: { w: 1 } });
    });
    this.go();
  }

  private go(): void {
    while (this.underWay.size < MOST_UNDER_WAY) {
      const next = this.failure ? undefined : this.waiting.shift();
      if (!next) return;
      const insert = next()
        .catch((error: unknown) => void (this.failure ??= { error }))
        .then(() => {
          this.underWay.delete(insert);
          this.go();
        });
      this.underWay.add(insert);
    }
  }
}
