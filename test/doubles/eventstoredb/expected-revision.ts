import type { ProposedEvent, StreamHistory } from './event-log';

export type ExpectedRevision = 'any' | 'no stream' | 'stream exists' | bigint;

/** The revision of a stream that does not exist. */
export const NO_STREAM = -1;

export type Verdict =
  | { readonly kind: 'free'; readonly next: number }
  /** @property revision the one it was answered with the first time */
  | { readonly kind: 'written before'; readonly revision: number }
  /** @property actual {@link NO_STREAM} where there is none */
  | { readonly kind: 'wrong revision'; readonly expected: ExpectedRevision; readonly actual: number };

/**
 * What EventStoreDB decides on an append, as it was observed of 24.6.0: ids count within a stream, payloads are
 * not compared, and an id is looked for only where the expected revision is not the current one.
 */
export function judge(
  history: StreamHistory | undefined,
  expected: ExpectedRevision,
  events: readonly ProposedEvent[],
): Verdict {
  const actual = (history?.events.length ?? 0) - 1;
  const free: Verdict = { kind: 'free', next: actual + 1 };
  const wrong: Verdict = { kind: 'wrong revision', expected, actual };
  if (expected === 'stream exists' && actual === NO_STREAM) return wrong;
  if (expected === 'any' || expected === 'stream exists') {
    return judgeByIds(history, events) ?? (isNew(history, events[0]) ? free : wrong);
  }
  const after = expected === 'no stream' ? NO_STREAM : Number(expected);
  if (after === actual) return free;
  if (after > actual || events.length === 0) return wrong;
  const same = events.every(({ id }, index) => history?.events[after + 1 + index]?.id === id);
  return same ? { kind: 'written before', revision: after + events.length } : wrong;
}

/** Without a revision to compare, ids alone tell: all known, in whatever order, is the same append again. */
function judgeByIds(
  history: StreamHistory | undefined,
  events: readonly ProposedEvent[],
): Verdict | undefined {
  const revisions = events.map(({ id }) => history?.revisionOf.get(id));
  const last = revisions.at(-1);
  return last === undefined || revisions.includes(undefined)
    ? undefined
    : { kind: 'written before', revision: last };
}

const isNew = (history: StreamHistory | undefined, event: ProposedEvent | undefined): boolean =>
  event === undefined || history?.revisionOf.get(event.id) === undefined;
