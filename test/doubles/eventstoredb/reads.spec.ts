import type { Position, EventStoreDBClient } from '@eventstore/db-client';
import { BACKWARDS, END, FORWARDS, START } from '@eventstore/db-client';
import {
  BY_APPEND,
  eventsOf,
  headOf,
  idsOf,
  NEVER,
  newEvents,
  newStream,
  onEventStore,
  within,
} from './cases';

let client: EventStoreDBClient;
onEventStore((given) => ({ client } = given));

const MAX_POSITION = { commit: 2n ** 63n - 1n, prepare: 2n ** 63n - 1n };

describe('a read of a stream', () => {
  const stream = newStream();
  const events = newEvents(10);
  const ids = idsOf(events);

  beforeAll(() => client.appendToStream(stream, events, BY_APPEND));

  it.each([[FORWARDS], [BACKWARDS]] as const)('that is missing says so (%s)', async (direction) => {
    const missing = newStream();
    const refused = eventsOf(client.readStream(missing, { direction }));
    await expect(refused).rejects.toMatchObject({
      type: 'stream-not-found',
      streamName: missing,
      code: undefined,
    });
  });

  it.each([
    ['forwards from the start', FORWARDS, START, 100, ids],
    ['forwards from a revision, it included', FORWARDS, 7n, 100, ids.slice(7)],
    ['forwards, so many', FORWARDS, 3n, 2, ids.slice(3, 5)],
    ['forwards from the end', FORWARDS, END, 100, []],
    ['forwards from beyond the end', FORWARDS, 50n, 100, []],
    ['backwards from the end', BACKWARDS, END, 3, ids.slice(7).reverse()],
    ['backwards from a revision, it included', BACKWARDS, 1n, 100, [ids[1], ids[0]]],
    ['backwards from the start', BACKWARDS, START, 100, [ids[0]]],
    ['backwards from beyond the end, which begins at the last one', BACKWARDS, 50n, 1, [ids[9]]],
  ] as const)('%s', async (_case, direction, fromRevision, maxCount, expected) => {
    const found = await eventsOf(client.readStream(stream, { direction, fromRevision, maxCount }));
    expect(idsOf(found)).toEqual(expected);
  });

  it('for no event at all fails', async () => {
    const refused = eventsOf(client.readStream(stream, { maxCount: 0 }));
    await expect(refused).rejects.toMatchObject({ type: 'unknown', code: 2 });
    await expect(refused).rejects.toThrow('Unexpected ReadStreamResult: Error');
  });

  it('of 20,000 events is whole', async () => {
    const long = newStream();
    for (let n = 0; n < 20; n++) await client.appendToStream(long, newEvents(1_000), BY_APPEND);
    const found = await eventsOf(client.readStream(long));
    expect(found.map(({ revision }) => Number(revision))).toEqual(found.map((_event, index) => index));
    expect(found).toHaveLength(20_000);
  });
});

describe('a read of all', () => {
  const stream = newStream();
  const events = newEvents(5);
  let places: readonly Position[];

  beforeAll(async () => {
    await client.appendToStream(stream, events, BY_APPEND);
    places = (await eventsOf(client.readStream(stream))).map(({ position }) => position!);
  });

  const readFrom = async (
    fromPosition: Position,
    direction: 'forwards' | 'backwards' = FORWARDS,
    maxCount = 2,
  ) => (await eventsOf(client.readAll({ fromPosition, direction, maxCount }))).map(({ id }) => id);

  it('gives every event a position of its own, which both halves name', () => {
    expect(new Set(places.map(({ commit }) => commit)).size).toBe(5);
    expect(places.every(({ commit, prepare }) => commit === prepare)).toBe(true);
    expect(places.map(({ commit }) => commit)).toEqual(
      places.map(({ commit }) => commit).sort((a, b) => Number(a - b)),
    );
  });

  it('forwards includes its position', async () => {
    expect(await readFrom(places[2]!)).toEqual([events[2]!.id, events[3]!.id]);
  });

  it('backwards excludes its position', async () => {
    expect(await readFrom(places[2]!, BACKWARDS)).toEqual([events[1]!.id, events[0]!.id]);
  });

  it('may begin at the commit of an event with prepare 0, it included', async () => {
    expect(await readFrom({ ...places[2]!, prepare: 0n }, FORWARDS, 1)).toEqual([events[2]!.id]);
  });

  it('cannot begin between two events', async () => {
    const between = places[2]!.commit + 1n;
    const refused = readFrom({ commit: between, prepare: between });
    await expect(refused).rejects.toMatchObject({ type: 'unknown', code: 2 });
    await expect(refused).rejects.toThrow('Unexpected ReadAllResult: InvalidPosition');
  });

  it('cannot begin at a commit that lies before its prepare', async () => {
    const refused = readFrom({ commit: places[1]!.commit, prepare: places[2]!.prepare });
    await expect(refused).rejects.toMatchObject({ code: 2 });
    await expect(refused).rejects.toThrow('Exception was thrown by handler.');
  });

  it('beyond the end is empty', async () => {
    expect(await readFrom(MAX_POSITION)).toEqual([]);
  });

  it('of an empty log or a full one begins with events of the server, and ends with the last append', async () => {
    const [first] = await eventsOf(client.readAll({ maxCount: 1 }));
    expect(first?.streamId).toMatch(/^\$/);
    const last = newEvents(1);
    const { position } = await client.appendToStream(newStream(), last, BY_APPEND);
    expect((await headOf(client)).commit).toBeGreaterThanOrEqual(position!.commit);
    expect(await eventsOf(client.readAll({ fromPosition: END }))).toEqual([]);
    expect(await eventsOf(client.readAll({ fromPosition: START, direction: BACKWARDS }))).toEqual([]);
  });

  it('for no event at all never ends', async () => {
    const read = client.readAll({ maxCount: 0 });
    expect(await within(300, eventsOf(read))).toBe(NEVER);
    await read.cancel();
  });

  it('in pages of 7 is the same as at once', async () => {
    const from = places[0]!;
    await client.appendToStream(newStream(), newEvents(50), BY_APPEND);
    const whole = await readFrom(from, FORWARDS, 40);
    const paged: string[] = [];
    for (let at = from; paged.length < 40;) {
      const page = await eventsOf(client.readAll({ fromPosition: at, maxCount: 7 }));
      // The first one of a page is the last one of the page before.
      paged.push(...page.slice(paged.length === 0 ? 0 : 1).map(({ id }) => id));
      at = page.at(-1)!.position;
    }
    expect(paged.slice(0, 40)).toEqual(whole);
  });
});
