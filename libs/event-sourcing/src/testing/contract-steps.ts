import type { Appended, EventStore, FollowOptions, NewFact, Position, RecordedFact } from '../event-store';
import { NO_STREAM, RevisionConflict, START, StoreUnavailable } from '../event-store';

const MAX_ATTEMPTS = 5;

/** Sends the same append until it is known what became of it, as every caller has to. */
export async function insist(
  store: EventStore,
  stream: string,
  expectedRevision: number,
  facts: readonly NewFact[],
): Promise<Appended> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await store.append(stream, expectedRevision, facts);
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

/** Appends behind whatever is there; reads again after every lost race. */
export async function appendBehind(
  store: EventStore,
  stream: string,
  facts: readonly NewFact[],
): Promise<Appended> {
  for (;;) {
    const revision = (await store.read(stream)).at(-1)?.revision ?? NO_STREAM;
    try {
      return await insist(store, stream, revision, facts);
    } catch (error) {
      if (!(error instanceof RevisionConflict)) throw error;
    }
  }
}

export interface Wanted {
  readonly streams: readonly string[];
  readonly count: number;
  readonly after?: Position;
  readonly maxFacts?: number;
}

const PATIENCE_MS = 20_000;

/** Follows the log until so many facts of some streams have come; fewer when they do not come in time. */
export async function followUntil(store: EventStore, wanted: Wanted): Promise<readonly RecordedFact[]> {
  const { streams, count, after = START, maxFacts = 100 } = wanted;
  const found: RecordedFact[] = [];
  for await (const page of store.follow({ after, maxFacts, signal: AbortSignal.timeout(PATIENCE_MS) })) {
    found.push(...page.facts.filter((fact) => streams.includes(fact.stream)));
    if (found.length >= count) break;
  }
  return found;
}

/** One page that has facts, or nothing when the iteration ended before. */
export async function nextPageWithFacts(
  store: EventStore,
  options: FollowOptions,
): Promise<{ facts: readonly RecordedFact[]; position: Position } | undefined> {
  for await (const page of store.follow(options)) {
    if (page.facts.length > 0) return page;
  }
  return undefined;
}
