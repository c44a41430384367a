import { randomUUID } from 'node:crypto';
import { ruleBroken } from '@ledger/kernel';
import type { Decider } from '../decider';
import type { FactCodec } from '../history';
import type { OrderContext } from '../run-decider';

/** The smallest thing with a history: a number that is added to, never above 100, and may be sealed. */
export type CounterOrder =
  { readonly kind: 'Add'; readonly amounts: readonly [number, ...number[]] } | { readonly kind: 'Seal' };

export type CounterFact = { readonly kind: 'Added'; readonly amount: number } | { readonly kind: 'Sealed' };

export interface CounterState {
  readonly total: number;
  /** Where in the stream it was sealed. */
  readonly sealedAt?: number;
  readonly facts: number;
}

export const counter: Decider<CounterOrder, CounterState, CounterFact> = {
  initial: () => ({ total: 0, facts: 0 }),

  evolve: (state, fact) =>
    fact.kind === 'Added'
      ? { ...state, total: state.total + fact.amount, facts: state.facts + 1 }
      : { ...state, sealedAt: state.facts, facts: state.facts + 1 },

  decide: (order, state) => {
    if (order.kind === 'Seal') {
      if (state.sealedAt !== undefined) return { unchangedAt: state.sealedAt };
      return { facts: [{ kind: 'Sealed' }], notices: [] };
    }
    const total = order.amounts.reduce((sum, amount) => sum + amount, state.total);
    if (total > 100) throw ruleBroken({ code: 'counter.full', field: 'amounts', got: total });
    const [first, ...rest] = order.amounts.map((amount) => ({ kind: 'Added' as const, amount }));
    if (!first) throw new Error('nothing to add');
    const notices = total > 90 ? [{ code: 'counter.nearly-full', facts: { total } }] : [];
    return { facts: [first, ...rest], notices };
  },
};

export const counterCodec: FactCodec<CounterFact> = {
  encode: ({ kind, ...data }) => ({ type: kind, version: 1, data }),
  decode: ({ type, data }) => {
    if (type === 'Sealed') return { kind: type };
    if (type === 'Added' && typeof data['amount'] === 'number') return { kind: type, amount: data['amount'] };
    throw new Error(`no fact of a counter: ${type}`);
  },
};

export const add = (...amounts: [number, ...number[]]): CounterOrder => ({ kind: 'Add', amounts });
export const seal: CounterOrder = { kind: 'Seal' };

export function newContext(context: Partial<OrderContext> = {}): OrderContext {
  return {
    commandId: randomUUID(),
    requestHash: 'hash-of-the-body',
    recordedBy: 'officer-7',
    correlationId: 'request-1',
    ...context,
  };
}
