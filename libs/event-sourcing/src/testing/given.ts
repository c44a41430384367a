import type { Notice, Refusal } from '@ledger/kernel';
import { Problem } from '@ledger/kernel';
import type { Decider, Decision } from '../decider';

/**
 * Specs of a decider that read as sentences: `given(facts).when(order).then(facts)`. The facts and the order
 * are frozen, so that a decider which changes what it was given fails.
 */
export class DeciderSpec<Order, State, Fact> {
  constructor(private readonly decider: Decider<Order, State, Fact>) {}

  given(...facts: readonly Fact[]): GivenFacts<Order, State, Fact> {
    return new GivenFacts(this.decider, facts);
  }
}

class GivenFacts<Order, State, Fact> {
  constructor(
    private readonly decider: Decider<Order, State, Fact>,
    private readonly facts: readonly Fact[],
  ) {}

  when(order: Order): Outcome<Fact> {
    const { decider } = this;
    const state = frozen(this.facts).reduce<State>((so, fact) => decider.evolve(so, fact), decider.initial());
    return new Outcome(() => decider.decide(frozen(order), frozen(state)));
  }
}

class Outcome<Fact> {
  constructor(private readonly decide: () => Decision<Fact>) {}

  /** Accepted with exactly these facts. */
  then(...facts: readonly Fact[]): Accepted {
    const decision = this.accepted();
    expect(decision.facts).toEqual(facts);
    return new Accepted(decision.notices);
  }

  /** Accepted, whatever the facts say: for specs about what is said beside them. */
  thenAccepted(): Accepted {
    return new Accepted(this.accepted().notices);
  }

  /** Refused with this code, at this field where one is named. The refusal is handed back for more. */
  thenRefused(code: string, field?: string): Refusal {
    const problem = this.problem();
    expect(problem.refusals.map((refusal) => refusal.code)).toEqual([code]);
    const [refusal] = problem.refusals;
    if (field !== undefined) expect(refusal.field).toBe(field);
    return refusal;
  }

  /** Nothing to record: the fact at this place of the stream says it already. */
  thenUnchanged(at: number): void {
    expect(this.decide()).toEqual({ unchangedAt: at });
  }

  /** The problem that refuses; anything else that is thrown is an error of the code. */
  problem(): Problem {
    try {
      const decision = this.decide();
      throw new Error(`expected a refusal, got ${JSON.stringify(decision)}`);
    } catch (error) {
      if (error instanceof Problem) return error;
      throw error;
    }
  }

  private accepted(): Extract<Decision<Fact>, { facts: unknown }> {
    const decision = this.decide();
    if ('facts' in decision) return decision;
    throw new Error(`expected facts, got unchanged at ${decision.unchangedAt}`);
  }
}

class Accepted {
  constructor(readonly notices: readonly Notice[]) {}

  /** With exactly these notices, in any order; none where no code is given. */
  withNotices(...codes: readonly string[]): this {
    expect(this.notices.map(({ code }) => code).sort()).toEqual([...codes].sort());
    return this;
  }

  /** The notice of this code; fails where there is none. */
  notice(code: string): Notice {
    const found = this.notices.find((notice) => notice.code === code);
    if (!found) throw new Error(`no notice ${code} in ${JSON.stringify(this.notices)}`);
    return found;
  }
}

function frozen<Value>(value: Value): Value {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}
