import type { LogPage, Position, RecordedFact } from '@ledger/event-sourcing';
import { START } from '@ledger/event-sourcing';
import type { EventStoreDb } from '../../event-store-db';

interface FollowerOptions {
  readonly after?: Position;
  readonly maxFacts?: number;
  /** What is done with each page before the next one is asked for. */
  readonly take?: (page: LogPage) => Promise<void> | void;
}

/** Follows a log and notes what it was handed, until it is told to stop or the following fails. */
export class Follower {
  readonly facts: RecordedFact[] = [];
  readonly pages: LogPage[] = [];
  readonly ended: Promise<Error | undefined>;
  private readonly stopping = new AbortController();

  constructor(store: EventStoreDb, { after = START, maxFacts = 100, take }: FollowerOptions = {}) {
    this.ended = this.run(store, after, maxFacts, take).then(
      () => undefined,
      (error: Error) => error,
    );
  }

  get ids(): string[] {
    return this.facts.map(({ id }) => id);
  }

  async stop(): Promise<Error | undefined> {
    this.stopping.abort();
    return this.ended;
  }

  private async run(
    store: EventStoreDb,
    after: Position,
    maxFacts: number,
    take: FollowerOptions['take'],
  ): Promise<void> {
    for await (const page of store.follow({ after, maxFacts, signal: this.stopping.signal })) {
      this.pages.push(page);
      this.facts.push(...page.facts);
      await take?.(page);
    }
  }
}
