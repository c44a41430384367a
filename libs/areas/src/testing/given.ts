import type { Decider, Decision } from '@ledger/event-sourcing';
import type { Notice, Refusal } from '@ledger/kernel';
import { Problem } from '@ledger/kernel';

/** What an order leads to after some facts, for specs that read as sentences. */
export interface When<Order, Fact> {
  when(order: Order): {
    thenFacts(...facts: Fact[]): void;
    thenNotices(...notices: Notice[]): void;
    thenUnchangedAt(index: number): void;
    thenRefused(refusal: Refusal): void;
  };
}

export const given =
  <Order, State, Fact>(decider: Decider<Order, State, Fact>) =>
  (...facts: Fact[]): When<Order, Fact> => ({
    when(order) {
      const decide = (): Decision<Fact> =>
        decider.decide(order, facts.reduce(decider.evolve, decider.initial()));
      return {
        thenFacts: (...expected) => expect(decide()).toEqual({ facts: expected, notices: expect.anything() }),
        thenNotices: (...notices) => expect(decide()).toEqual({ facts: expect.anything(), notices }),
        thenUnchangedAt: (unchangedAt) => expect(decide()).toEqual({ unchangedAt }),
        thenRefused: (refusal) => expect({ got: undefined, ...refusalOf(decide) }).toMatchObject(refusal),
      };
    },
  });

/** The first refusal of the problem that is thrown; whatever else happens fails the spec. */
export function refusalOf(work: () => unknown): Refusal & { kind: string } {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return { kind: error.kind, ...error.refusals[0] };
    throw error;
  }
  throw new Error('expected a refusal, got none');
}
