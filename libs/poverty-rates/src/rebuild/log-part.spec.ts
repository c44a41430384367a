import type { EventStore, FollowOptions, Position } from '@ledger/event-sourcing';
import { NO_STREAM, START, StoreUnavailable } from '@ledger/event-sourcing';
import { InMemoryEventStore, newFacts } from '@ledger/event-sourcing/testing';
import { LogPartReader } from './log-part';

describe('a log that is read in parts', () => {
  const FACTS = 23;
  const signal = new AbortController().signal;
  let log: InMemoryEventStore;
  let upTo: Position;
  let opened: number;
  let closed: number;
  let pages: number;

  /** Counts the readings, each of which is a subscription on a server; ends one after so many pages. */
  const watched = (endsAfter = Infinity): EventStore =>
    Object.create(log, {
      follow: {
        value: async function* (options: FollowOptions) {
          opened++;
          try {
            for await (const page of log.follow(options)) {
              yield page;
              if (++pages >= endsAfter) return;
            }
          } finally {
            closed++;
          }
        },
      },
    }) as EventStore;

  beforeEach(async () => {
    [opened, closed, pages] = [0, 0, 0];
    log = new InMemoryEventStore();
    for (let stream = 0; stream < FACTS; stream++) await log.append(`unit-${stream}`, NO_STREAM, newFacts(1));
    upTo = await log.head();
    await log.append('unit-later', NO_STREAM, newFacts(1));
  });

  it('is read in one go, each fact in one part, in its order', async () => {
    const streams: string[] = [];
    const ends: Position[] = [];
    const reader = new LogPartReader(watched(), 0);
    for await (const part of reader.parts({ after: START, upTo, most: 5 }, signal)) {
      expect(part.count).toBe(part.others.length);
      streams.push(...part.others.map(({ recorded }) => recorded.stream));
      ends.push(part.position);
    }
    expect(streams).toEqual(Array.from({ length: FACTS }, (_none, stream) => `unit-${stream}`));
    expect(ends.length).toBeGreaterThanOrEqual(FACTS / 5);
    expect(ends.at(-1)).toBe(upTo);
    expect([opened, closed]).toEqual([1, 1]);
  });

  it('is let go by whoever needs no more of it', async () => {
    const first = await new LogPartReader(watched(), 0).read({ after: START, upTo, most: 5 }, signal);
    expect(first.count).toBe(5);
    expect([opened, closed]).toEqual([1, 1]);
  });

  it('is unavailable where it ends too early', async () => {
    const parts = new LogPartReader(watched(1), 0).parts({ after: START, upTo, most: 5 }, signal);
    expect((await parts.next()).value).toMatchObject({ count: 5 });
    await expect(parts.next()).rejects.toBeInstanceOf(StoreUnavailable);
  });
});
