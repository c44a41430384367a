import { PassThrough } from 'node:stream';
import type { EventStoreDBClient, Position as LogPosition } from '@eventstore/db-client';
import { START } from '@ledger/event-sourcing';
import { OpenSubscription } from './open-subscription';
import { OurStreams } from './our-streams';
import { positionOf } from './positions';

type Reach = (subscription: unknown, position: LogPosition) => void;

const at = (commit: number, prepare = commit): LogPosition => ({
  commit: BigInt(commit),
  prepare: BigInt(prepare),
});

const eventAt = (commit: number, streamId = 'household-1') => ({
  event: {
    streamId,
    id: `id-${commit}`,
    revision: 0n,
    type: 'ReviewRecorded',
    isJson: true,
    data: {},
    metadata: {},
    created: new Date(0),
    position: at(commit),
  },
});

/** What the client hands over, in the order in which a proof says so. */
class GivenSubscription extends PassThrough {
  reach: Reach = () => undefined;
  readonly opened: OpenSubscription;

  constructor() {
    super({ objectMode: true, highWaterMark: 100 });
    const client = {
      subscribeToAll: ({ filter }: { filter: { checkpointReached: Reach } }) => {
        this.reach = filter.checkpointReached;
        return this;
      },
    } as unknown as EventStoreDBClient;
    this.opened = new OpenSubscription(client, START, new OurStreams(['household-']), 60_000);
  }

  async unsubscribe(): Promise<void> {}
}

describe('what comes while somebody waits', () => {
  it('is taken together with what comes in the same breath', async () => {
    const given = new GivenSubscription();
    const { signal } = new AbortController();
    const taken = given.opened.more(signal).then(() => given.opened.take(10));
    for (const commit of [10, 20, 30]) {
      given.write(eventAt(commit));
      await new Promise<void>(process.nextTick);
    }
    expect((await taken)?.facts).toHaveLength(3);
    given.opened.close();
  });

  it('and nothing does ends with the wait', async () => {
    const given = new GivenSubscription();
    const stop = new AbortController();
    const more = given.opened.more(stop.signal);
    stop.abort();
    await expect(more).resolves.toBe(false);
    given.opened.close();
  });
});

describe('a checkpoint', () => {
  let given: GivenSubscription;
  beforeEach(() => {
    given = new GivenSubscription();
  });
  afterEach(() => given.opened.close());

  it('that runs ahead of events nobody has taken is believed when they have been taken, and not before', () => {
    for (const commit of [10, 20, 30, 40, 50]) given.write(eventAt(commit));
    given.reach(given, at(90));
    const places = [2, 2, 2].map((most) => given.opened.take(most)?.position);
    expect(places).toEqual([positionOf(at(20)), positionOf(at(40)), positionOf(at(90))]);
  });

  it('waits for events of others too: they are ahead of it like ours', () => {
    given.write(eventAt(10));
    given.write(eventAt(20));
    given.write(eventAt(30, 'householdX'));
    given.reach(given, at(90));
    expect(given.opened.take(1)?.position).toBe(positionOf(at(10)));
    expect(given.opened.take(1)?.position).toBe(positionOf(at(20)));
    expect(given.opened.take(1)).toMatchObject({ facts: [], position: positionOf(at(90)) });
  });

  it('that names no event may lie behind the last one, and is believed when another has come after it', () => {
    given.reach(given, at(500, 0));
    expect(given.opened.take(10)).toBeUndefined();
    given.reach(given, at(900, 0));
    expect(given.opened.take(10)?.position).toBe(positionOf(at(500, 0)));
    expect(given.opened.take(10)).toBeUndefined();
    given.reach(given, at(950));
    expect(given.opened.take(10)?.position).toBe(positionOf(at(950)));
  });

  it('of many among events of others replaces the one before: nothing piles up', () => {
    given.write(eventAt(10));
    for (let commit = 100; commit < 10_000; commit++) given.reach(given, at(commit));
    const { checkpoints } = given.opened as unknown as { checkpoints: unknown[] };
    expect(checkpoints).toHaveLength(1);
    expect(given.opened.take(10)?.position).toBe(positionOf(at(9_999)));
  });
});
