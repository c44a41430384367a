import type { Decider, FactCodec, NewFact, OrderMetadata } from '@ledger/event-sourcing';
import { newFacts, NO_STREAM } from '@ledger/event-sourcing';

/** What an order leads to, ready to be appended. */
export interface Decided {
  readonly stream: string;
  readonly expectedRevision: number;
  readonly facts: readonly NewFact[];
}

/** Streams that nobody else writes to: their states stay in memory and no stream is read. */
export class OpenStreams<Order, State, Fact> {
  private readonly open = new Map<string, { state: State; revision: number }>();

  constructor(
    private readonly decider: Decider<Order, State, Fact>,
    private readonly codec: FactCodec<Fact>,
    private readonly onFact: (fact: Fact) => void = () => undefined,
  ) {}

  /** @throws Problem where a rule refuses, Error where the stream says it already */
  decide(stream: string, order: Order, metadata: OrderMetadata): Decided {
    const { state, revision } = this.open.get(stream) ?? {
      state: this.decider.initial(),
      revision: NO_STREAM,
    };
    const decision = this.decider.decide(order, state);
    if ('unchangedAt' in decision) throw new Error(`${stream} says it already at ${decision.unchangedAt}`);
    const { facts } = decision;
    this.open.set(stream, {
      state: facts.reduce((current, fact) => this.decider.evolve(current, fact), state),
      revision: revision + facts.length,
    });
    facts.forEach(this.onFact);
    return {
      stream,
      expectedRevision: revision,
      facts: newFacts(stream, this.codec, decision, metadata),
    };
  }
}
