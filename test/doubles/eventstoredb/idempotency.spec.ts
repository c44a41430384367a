import type { AppendExpectedRevision, AppendResult, EventStoreDBClient } from '@eventstore/db-client';
import { ANY, NO_STREAM, STREAM_EXISTS } from '@eventstore/db-client';
import { ON_DOUBLE } from '../../servers/eventstoredb';
import type { EventStoreForTests } from '../../servers/eventstoredb';
import { BOTH_CALLS, idsIn, idsOf, newEvents, newStream, onEventStore, said } from './cases';

let store: EventStoreForTests;
let client: EventStoreDBClient;
onEventStore((given) => ({ store, client } = given));

describe.each(BOTH_CALLS)('the same append again, by %s', (_call, options) => {
  let stream: string;
  let events: ReturnType<typeof newEvents>;
  let first: AppendResult;

  /** Three events, written as the first ones of a new stream. */
  beforeEach(async () => {
    stream = newStream();
    events = newEvents(3);
    first = await append(events, NO_STREAM);
  });

  const append = (those: typeof events, expectedRevision: AppendExpectedRevision) =>
    client.appendToStream(stream, those, { expectedRevision, ...options });

  const wrong = (those: typeof events, expectedRevision: AppendExpectedRevision) =>
    expect(append(those, expectedRevision)).rejects.toMatchObject({
      type: 'wrong-expected-version',
      streamName: stream,
    });

  const only = async (those: typeof events) => expect(await idsIn(client, stream)).toEqual(idsOf(those));

  it.each([NO_STREAM, ANY, STREAM_EXISTS] as const)(
    'gives the first revision and position (%s)',
    async (expected) => {
      expect(await append(events, expected)).toEqual(first);
      await only(events);
    },
  );

  it('gives the first revision and position after 3,000 later events too', async () => {
    const later = newEvents(3_000);
    await append(later, 2n);
    expect(await append(events, NO_STREAM)).toEqual(first);
    expect(await append(events, ANY)).toEqual(first);
    await only([...events, ...later]);
  });

  it('gives the old answer at its own revision after later events', async () => {
    const more = newEvents(2);
    const second = await append(more, 2n);
    const later = newEvents(1);
    await append(later, 4n);
    expect(await append(more, 2n)).toEqual(second);
    await only([...events, ...more, ...later]);
  });

  it('at the current revision is written again: never the same ids with a newer revision', async () => {
    expect(await append(events, 2n)).toMatchObject({ nextExpectedRevision: 5n });
    await only([...events, ...events]);
  });

  it('at another revision is a conflict', async () => {
    await wrong(events, 0n);
    await wrong(events, 9n);
    await only(events);
  });

  it('as a prefix is answered with the place of the prefix', async () => {
    const answer = await append(events.slice(0, 2), NO_STREAM);
    expect(answer.nextExpectedRevision).toBe(1n);
    expect(answer.position!.commit).toBeLessThan(first.position!.commit);
    await only(events);
  });

  it('as a suffix is the same from its revision or any, and a conflict from none', async () => {
    expect(await append(events.slice(1), 0n)).toEqual(first);
    expect(await append(events.slice(1), ANY)).toEqual(first);
    await wrong(events.slice(1), NO_STREAM);
    await only(events);
  });

  it('reordered is "written" nowhere with any revision, and a conflict from none', async () => {
    const reordered = [events[1]!, events[0]!];
    expect(await append(reordered, ANY)).toMatchObject({ success: true, nextExpectedRevision: 0n });
    await wrong(reordered, NO_STREAM);
    await only(events);
  });

  it('with a new event behind the old ones is a conflict', async () => {
    await wrong([...events, said(9)], NO_STREAM);
    await expect(append([events[0]!, said(9)], ANY)).rejects.toMatchObject({
      expectedVersion: 'any',
      actualVersion: 2n,
    });
    await only(events);
  });

  it('with a new event before an old one writes the old one twice', async () => {
    const fresh = said(9);
    await append([fresh, events[0]!], ANY);
    await only([...events, fresh, events[0]!]);
  });

  it('with another payload is the same: payloads are not compared', async () => {
    const other = events.map(({ id }) => ({ ...said(7), id }));
    expect(await append(other, NO_STREAM)).toEqual(first);
    await only(events);
  });

  it('in another stream is written', async () => {
    const elsewhere = newStream();
    await client.appendToStream(elsewhere, events, { expectedRevision: NO_STREAM, ...options });
    expect(await idsIn(client, elsewhere)).toEqual(idsOf(events));
  });

  it('with one id twice within it writes both', async () => {
    const twice = said(9);
    await append([twice, twice], 2n);
    await only([...events, twice, twice]);
  });
});

/** A server times the duplicate out or not, as it comes; the double does as it is told. */
const WAYS = ON_DOUBLE
  ? ([
      ['is answered like the first', false],
      ['is answered by a time-out', true],
    ] as const)
  : ([['is answered as the server likes', undefined]] as const);

describe.each(BOTH_CALLS)('a duplicate in flight, by %s,', (_call, options) => {
  it.each(WAYS)('%s; a retry gives the first position, and it is stored once', async (_way, timesOut) => {
    if (store.double && timesOut) {
      Object.assign(store.double.faults, {
        acknowledgeAfterMs: 400,
        duplicatesInFlightTimeOut: true,
        writeTimeoutMs: 800,
      });
    }
    const stream = newStream();
    const events = newEvents(2);
    const append = () => client.appendToStream(stream, events, { expectedRevision: NO_STREAM, ...options });

    const outcomes = await Promise.allSettled([append(), append()]);

    store.double?.faults.clear();
    const answers = outcomes.filter((outcome) => outcome.status === 'fulfilled').map(({ value }) => value);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    if (timesOut !== undefined) expect(refused).toHaveLength(timesOut ? 1 : 0);
    for (const { reason } of refused) {
      expect(['timeout', 'deadline-exceeded']).toContain((reason as { type: string }).type);
    }
    const again = await append();
    for (const answer of answers) expect(again).toEqual(answer);
    expect(await idsIn(client, stream)).toEqual(idsOf(events));
  });
});
