import type { PlainDate } from '@ledger/kernel';
import type { OrderContext, Outcome } from './run-decider';
import { RevisionConflict, StoreUnavailable } from './event-store';
import { CachedHistory } from './history';
import { runDecider } from './run-decider';
import type { CounterOrder, CounterState } from './testing/counter';
import { add, counter, counterCodec, newContext, seal } from './testing/counter';
import { InMemoryEventStore } from './testing/in-memory-event-store';

const STREAM = 'counter-1';

describe('an order', () => {
  let store: InMemoryEventStore;

  beforeEach(() => {
    store = new InMemoryEventStore();
  });

  const send = (order: CounterOrder, context = newContext()): Promise<Outcome<CounterState>> =>
    runDecider(store, counter, counterCodec, STREAM, order, context);

  const amounts = async (): Promise<unknown[]> =>
    (await store.read(STREAM)).map((fact) => fact.data['amount']);

  it('appends the facts that it leads to, behind the others', async () => {
    await send(add(1));
    const outcome = await send(add(20, 30));

    expect(await amounts()).toEqual([1, 20, 30]);
    expect(outcome).toMatchObject({ changed: true, revision: 2, notices: [] });
    expect(outcome.facts).toEqual((await store.read(STREAM)).slice(1));
    expect(outcome.position).toBe(await store.head());
    expect(outcome.before().total).toBe(1);
    expect(outcome.after().total).toBe(51);
  });

  it('leaves its traces in the metadata', async () => {
    const context = newContext({ recordedOn: '2019-12-31' as PlainDate, causationId: 'import-row-9' });
    await send(add(95, 1), context);

    const [first, second] = await store.read(STREAM);
    const { commandId, requestHash, recordedBy, correlationId, recordedOn, causationId } = context;
    const traces = { commandId, requestHash, recordedBy, correlationId, recordedOn, causationId };
    const notices = [{ code: 'counter.nearly-full', facts: { total: 96 } }];
    expect(first?.metadata).toStrictEqual({ ...traces, notices });
    expect(second?.metadata).toStrictEqual(traces);
  });

  it('is its own cause when none is named', async () => {
    const context = newContext();
    const { facts } = await send(add(1), context);
    expect(facts[0]?.metadata.causationId).toBe(context.commandId);
  });

  it('is refused by the decider, and nothing is written', async () => {
    await send(add(60));
    await expect(send(add(41))).rejects.toMatchObject({ kind: 'rule', code: 'counter.full' });
    expect(await amounts()).toEqual([60]);
  });

  describe('with a command id that is in the stream already', () => {
    it('is answered as before, whatever has come since, and writes nothing', async () => {
      await send(add(1));
      const context = newContext();
      const first = await send(add(90, 2), context);
      await send(add(3));

      const again = await send(add(90, 2), context);

      expect(again.changed).toBe(false);
      expect(again.facts).toEqual(first.facts);
      expect(again).toMatchObject({
        revision: first.revision,
        position: first.position,
        notices: [{ code: 'counter.nearly-full', facts: { total: 93 } }],
      });
      expect([again.before().total, again.after().total]).toEqual([1, 93]);
      expect(await amounts()).toEqual([1, 90, 2, 3]);
    });

    it('is not decided again: a rule that would refuse it now does not', async () => {
      const context = newContext();
      await send(add(60), context);
      await send(add(40));
      expect(await send(add(60), context)).toMatchObject({ changed: false, revision: 0 });
    });

    it('is refused when it asks for something else', async () => {
      const context = newContext({ requestHash: 'one' });
      await send(add(1), context);
      const other = send(add(2), { ...context, requestHash: 'other' });
      await expect(other).rejects.toMatchObject({ kind: 'rule', code: 'idempotency.key-reused' });
      expect(await amounts()).toEqual([1]);
    });

    it('is not held to the revision that it had read', async () => {
      const context = newContext({ ifRevision: -1 });
      await send(add(1), context);
      expect(await send(add(1), context)).toMatchObject({ changed: false, revision: 0 });
    });

    it('is written once when it comes twice at the same time', async () => {
      const context = newContext();
      const outcomes = await Promise.all([send(add(7), context), send(add(7), context)]);
      expect(outcomes.map((outcome) => outcome.revision)).toEqual([0, 0]);
      expect(await amounts()).toEqual([7]);
    });
  });

  describe('that another process is given at the same moment', () => {
    /** The other one comes in between ours being decided and ours being written. */
    function comesBetween(order: CounterOrder, context: OrderContext): void {
      const append = store.append.bind(store);
      const elsewhere = Object.create(store, { append: { value: append } }) as InMemoryEventStore;
      store.append = async (...args) => {
        store.append = append;
        await runDecider(elsewhere, counter, counterCodec, STREAM, order, context);
        return append(...args);
      };
    }

    it('is written once', async () => {
      const context = newContext();
      comesBetween(add(7), context);
      expect(await send(add(7), context)).toMatchObject({ revision: 0 });
      expect(await amounts()).toEqual([7]);
    });

    it.each([
      ['other amounts', add(8)],
      ['another number of facts', add(8, 9)],
    ])('is refused when it asks for something else: %s', async (_what, other) => {
      const context = newContext();
      comesBetween(other, { ...context, requestHash: 'hash-of-another-body' });
      const kept = other.kind === 'Add' ? other.amounts : [];
      await expect(send(add(7), context)).rejects.toMatchObject({ code: 'idempotency.key-reused' });
      expect(await amounts()).toEqual(kept);
    });
  });

  describe('that says what an earlier one had said', () => {
    it('is answered as that one was, and writes nothing', async () => {
      await send(add(1));
      const sealed = await send(seal);
      await send(add(2));

      const again = await send(seal);

      expect(again).toMatchObject({ changed: false, revision: 1, position: sealed.position });
      expect(again.facts).toEqual(sealed.facts);
      expect([again.before().sealedAt, again.after().sealedAt]).toEqual([undefined, 1]);
      expect(await store.read(STREAM)).toHaveLength(3);
    });
  });

  describe('with If-Match', () => {
    it('goes through at the revision that was read', async () => {
      await send(add(1));
      expect(await send(add(2), newContext({ ifRevision: 0 }))).toMatchObject({ changed: true, revision: 1 });
    });

    it.each([-1, 0, 2])('is refused at revision 1 when it had read %s', async (ifRevision) => {
      await send(add(1, 2));
      const refused = send(add(3), newContext({ ifRevision }));
      await expect(refused).rejects.toMatchObject({
        kind: 'precondition',
        refusals: [{ code: 'revision.changed', field: 'If-Match', got: ifRevision, facts: { actual: 1 } }],
      });
      expect(await amounts()).toEqual([1, 2]);
    });

    it('is refused, not decided again, when another writer is faster', async () => {
      await send(add(1));
      const outcomes = await Promise.allSettled(
        [2, 3].map((amount) => send(add(amount), newContext({ ifRevision: 0 }))),
      );
      expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(outcomes.find((outcome) => outcome.status === 'rejected')).toMatchObject({
        reason: { kind: 'precondition' },
      });
    });
  });

  describe('among racing ones', () => {
    it('is decided again on what the winner has written', async () => {
      const outcomes = await Promise.allSettled([30, 30, 30, 30].map((amount) => send(add(amount))));

      const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(lost).toMatchObject([{ reason: { code: 'counter.full', refusals: [{ got: 120 }] } }]);
      const won = outcomes.filter((outcome) => outcome.status === 'fulfilled').map(({ value }) => value);
      expect(won.map((outcome) => outcome.before().total).sort((a, b) => a - b)).toEqual([0, 30, 60]);
      expect(await amounts()).toEqual([30, 30, 30]);
    });

    it('gives up in the end, with nothing written', async () => {
      let attempts = 0;
      store.append = async (stream, expected) => {
        attempts++;
        throw new RevisionConflict(stream, expected, expected + 1);
      };
      await expect(send(add(1))).rejects.toMatchObject({ kind: 'conflict', code: 'revision.conflict' });
      expect(attempts).toBe(20);
    });
  });

  describe('whose answer is lost', () => {
    /** The store writes and then says that it does not know. */
    function loseNextAnswer(): void {
      const append = store.append.bind(store);
      store.append = async (...args) => {
        store.append = append;
        await append(...args);
        throw new StoreUnavailable('the line was cut');
      };
    }

    it('is told so, and finds its facts when it is sent again', async () => {
      const context = newContext();
      loseNextAnswer();
      await expect(send(add(5), context)).rejects.toBeInstanceOf(StoreUnavailable);

      expect(await send(add(5), context)).toMatchObject({ changed: false, revision: 0 });
      expect(await amounts()).toEqual([5]);
    });

    it('has the same fact ids whenever it is sent', async () => {
      const context: OrderContext = newContext();
      const { facts } = await send(add(5, 6), context);
      const elsewhere = new InMemoryEventStore();
      const again = await runDecider(elsewhere, counter, counterCodec, STREAM, add(5, 6), context);
      expect(again.facts.map((fact) => fact.id)).toEqual(facts.map((fact) => fact.id));
      expect(new Set(facts.map((fact) => fact.id)).size).toBe(2);
    });
  });

  it('is decided on a cached history as on a fresh one', async () => {
    const cached = new CachedHistory(store, counter, counterCodec, STREAM);
    const load = () => cached.caughtUp();
    await send(add(1));
    const orders = [10, 20, 30].map((amount) =>
      runDecider(store, counter, counterCodec, STREAM, add(amount), newContext(), load),
    );

    const outcomes = await Promise.all(orders);

    expect(await amounts()).toEqual(expect.arrayContaining([1, 10, 20, 30]));
    for (const outcome of outcomes) {
      const added = outcome.facts[0]?.data['amount'] as number;
      expect(outcome.after().total - outcome.before().total).toBe(added);
    }
    expect((await cached.caughtUp()).current().total).toBe(61);
  });
});
