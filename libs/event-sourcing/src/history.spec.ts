import { NO_STREAM } from './event-store';
import { CachedHistory, loadHistory } from './history';
import { runDecider } from './run-decider';
import type { CounterFact, CounterOrder, CounterState } from './testing/counter';
import { add, counter, counterCodec, newContext, seal } from './testing/counter';
import { InMemoryEventStore } from './testing/in-memory-event-store';
import { newFact } from './testing/sample-facts';

const STREAM = 'counter-1';

describe.each(['loaded', 'cached'])('a %s history', (kind) => {
  let store: InMemoryEventStore;

  beforeEach(() => {
    store = new InMemoryEventStore();
  });

  const load = () =>
    kind === 'loaded'
      ? loadHistory(store, counter, counterCodec, STREAM)
      : new CachedHistory(store, counter, counterCodec, STREAM).caughtUp();

  const send = (amount: number, context = newContext()) =>
    runDecider(store, counter, counterCodec, STREAM, add(amount, 1), context);

  it('is empty before the first fact', async () => {
    const history = await load();
    expect(history.revision).toBe(NO_STREAM);
    expect(history.current()).toEqual(counter.initial());
    expect(history.byCommand('any')).toEqual([]);
    expect(() => history.fact(0)).toThrow(/counter-1 has no fact 0/);
  });

  it('knows the state now and after any number of facts', async () => {
    await send(10);
    await send(20);
    const history = await load();
    expect(history.revision).toBe(3);
    expect(history.current().total).toBe(32);
    expect([0, 1, 2, 3, 4].map((count) => history.at(count).total)).toEqual([0, 10, 11, 31, 32]);
  });

  it('finds facts by place and by command', async () => {
    const context = newContext();
    await send(10);
    await send(20, context);
    const history = await load();
    expect(history.fact(2).data).toEqual({ amount: 20 });
    expect(history.byCommand(context.commandId)).toEqual((await store.read(STREAM)).slice(2));
  });

  it('passes on that a fact makes no sense', async () => {
    await store.append(STREAM, NO_STREAM, [{ ...newFact(), type: 'Nonsense' }]);
    await expect(load().then((history) => history.current())).rejects.toMatchObject({
      code: 'stream.unreadable',
      cause: { message: expect.stringMatching(/no fact of a counter/) as string },
    });
  });
});

describe('a cached history', () => {
  let store: InMemoryEventStore;
  let history: CachedHistory<CounterOrder, CounterState, CounterFact>;

  beforeEach(() => {
    store = new InMemoryEventStore();
    history = new CachedHistory(store, counter, counterCodec, STREAM);
  });

  const send = (amount: number) =>
    runDecider(store, counter, counterCodec, STREAM, add(amount), newContext());

  it('reads only what has come since', async () => {
    await send(1);
    await history.caughtUp();
    await send(2);
    const read = jest.spyOn(store, 'read');
    await history.caughtUp();
    expect(read.mock.calls).toEqual([[STREAM, 1]]);
    expect(history.current().total).toBe(3);
  });

  it('counts nothing twice when two callers catch up at once', async () => {
    await send(1);
    await send(2);
    await Promise.all([history.caughtUp(), history.caughtUp(), history.caughtUp()]);
    expect(history.current()).toMatchObject({ total: 3, facts: 2 });
    expect(history.revision).toBe(1);
  });

  it('stays right when the one who asked first hears last', async () => {
    await send(1);
    const early = await store.read(STREAM);
    await send(2);
    await runDecider(store, counter, counterCodec, STREAM, seal, newContext());

    // The first caller's answer is held back until the second one has gone past it.
    let answerFirst: () => void = () => undefined;
    const heldBack = new Promise<void>((resolve) => {
      answerFirst = resolve;
    });
    jest.spyOn(store, 'read').mockImplementationOnce(async () => {
      await heldBack;
      return early;
    });
    const first = history.caughtUp();
    await history.caughtUp();
    answerFirst();
    await first;

    expect(history.current()).toEqual({ total: 3, sealedAt: 2, facts: 3 });
    expect(history.revision).toBe(2);
    expect(history.byCommand(early[0]?.metadata.commandId ?? '')).toEqual(early);
    expect(history.at(3)).toEqual(history.current());
  });

  it('tries again from the fact that it could not understand', async () => {
    await send(1);
    await store.append(STREAM, 0, [{ ...newFact(), type: 'Nonsense' }]);
    await expect(history.caughtUp()).rejects.toMatchObject({
      code: 'stream.unreadable',
      cause: { message: expect.stringMatching(/Nonsense/) as string },
    });
    await expect(history.caughtUp()).rejects.toMatchObject({
      code: 'stream.unreadable',
      cause: { message: expect.stringMatching(/Nonsense/) as string },
    });
    expect(history.current()).toMatchObject({ total: 1, facts: 1 });
  });
});
