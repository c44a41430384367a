import type { Notice, PlainDate } from '@ledger/kernel';
import { Problem } from '@ledger/kernel';
import type { Decider } from './decider';
import type { EventStore, Position, RecordedFact } from './event-store';
import { RevisionConflict } from './event-store';
import type { FactCodec, History } from './history';
import { loadHistory } from './history';
import { InTurn } from './in-turn';
import type { OrderMetadata } from './new-facts';
import { newFacts } from './new-facts';

/** What rides on an order beside its content. */
export interface OrderContext {
  readonly commandId: string;
  readonly requestHash: string;
  readonly recordedBy: string;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly recordedOn?: PlainDate;
  /** The revision that the caller has read (`If-Match`): another one refuses the order. */
  readonly ifRevision?: number;
}

export interface Outcome<State> {
  /** False: an earlier order had already said it, and the answer is the one that it got. */
  readonly changed: boolean;
  readonly facts: readonly RecordedFact[];
  readonly revision: number;
  readonly position: Position;
  readonly notices: readonly Notice[];
  /** The state before and after the facts of this answer, folded afresh: `evolve` may work in place. */
  readonly before: () => State;
  readonly after: () => State;
}

const MAX_ATTEMPTS = 20;

/**
 * Decides an order on a stream and appends what follows, with the expected revision. When another writer was
 * faster it loads again and decides again. An order whose command id is in the stream already is answered
 * as it was, or refused when its content was another.
 */
export async function runDecider<Order, State, Fact>(
  store: EventStore,
  decider: Decider<Order, State, Fact>,
  codec: FactCodec<Fact>,
  stream: string,
  order: Order,
  context: OrderContext,
  load: () => Promise<History<State>> = () => loadHistory(store, decider, codec, stream),
): Promise<Outcome<State>> {
  return turnsOf(store).run(stream, () =>
    decideAndAppend(store, decider, codec, stream, order, context, load),
  );
}

/** One queue for each store: orders of one process on one stream take turns. */
const turns = new WeakMap<EventStore, InTurn>();

function turnsOf(store: EventStore): InTurn {
  const own = turns.get(store) ?? new InTurn();
  turns.set(store, own);
  return own;
}

async function decideAndAppend<Order, State, Fact>(
  store: EventStore,
  decider: Decider<Order, State, Fact>,
  codec: FactCodec<Fact>,
  stream: string,
  order: Order,
  context: OrderContext,
  load: () => Promise<History<State>>,
): Promise<Outcome<State>> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const history = await load();

    const repeated = history.byCommand(context.commandId);
    if (repeated.length > 0) {
      requireSameRequest(repeated, context);
      return answerAgain(repeated, history);
    }

    requireRevision(history.revision, context);
    const decision = decider.decide(order, history.current());
    if ('unchangedAt' in decision) {
      const earlier = history.fact(decision.unchangedAt);
      return answerAgain(history.byCommand(earlier.metadata.commandId), history);
    }

    const count = history.revision + 1;
    const facts = newFacts(stream, codec, decision, metadataOf(context));
    try {
      const appended = await store.append(stream, history.revision, facts);
      // Another process may have been given the same key at the same moment: the log keeps the facts of one.
      requireSameRequest(appended.facts, context);
      return {
        changed: true,
        facts: appended.facts,
        revision: appended.revision,
        position: appended.position,
        notices: decision.notices,
        before: () => history.at(count),
        after: () => decision.facts.reduce((state, fact) => decider.evolve(state, fact), history.at(count)),
      };
    } catch (error) {
      if (!(error instanceof RevisionConflict)) throw error;
    }
  }
  throw new Problem('conflict', [{ code: 'revision.conflict' }]);
}

function metadataOf({
  recordedBy,
  commandId,
  causationId,
  correlationId,
  requestHash,
  recordedOn,
}: OrderContext): OrderMetadata {
  return {
    recordedBy,
    commandId,
    causationId: causationId ?? commandId,
    correlationId,
    requestHash,
    ...(recordedOn !== undefined && { recordedOn }),
  };
}

function requireSameRequest(recorded: readonly RecordedFact[], context: OrderContext): void {
  if (recorded[0]?.metadata.requestHash !== context.requestHash) {
    throw new Problem('rule', [{ code: 'idempotency.key-reused', field: 'Idempotency-Key' }]);
  }
}

function requireRevision(revision: number, context: OrderContext): void {
  if (context.ifRevision !== undefined && context.ifRevision !== revision) {
    throw new Problem('precondition', [
      { code: 'revision.changed', field: 'If-Match', got: context.ifRevision, facts: { actual: revision } },
    ]);
  }
}

function answerAgain<State>(facts: readonly RecordedFact[], history: History<State>): Outcome<State> {
  const first = facts[0];
  const last = facts.at(-1);
  if (!first || !last) throw new Error('a repetition repeats at least one fact');
  return {
    changed: false,
    facts,
    revision: last.revision,
    position: last.position,
    notices: first.metadata.notices ?? [],
    before: () => history.at(first.revision),
    after: () => history.at(last.revision + 1),
  };
}
