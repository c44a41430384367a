import type { Notice } from '@ledger/kernel';

/**
 * What an order leads to: facts to append, or nothing because the fact at `unchangedAt` (its place in the
 * stream) already says it. Notices are for the one who asked; they refuse nothing.
 */
export type Decision<Fact> =
  | { readonly facts: readonly [Fact, ...Fact[]]; readonly notices: readonly Notice[] }
  | { readonly unchangedAt: number };

/**
 * The pure heart of a stream. No clock, no dice, no I/O: time and ids ride on the order.
 * `decide` throws a `Problem` where a rule refuses.
 */
export interface Decider<Order, State, Fact> {
  readonly initial: () => State;
  readonly evolve: (state: State, fact: Fact) => State;
  readonly decide: (order: Order, state: State) => Decision<Fact>;
}
