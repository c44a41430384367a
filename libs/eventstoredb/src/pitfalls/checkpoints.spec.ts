import { randomInt } from 'node:crypto';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { EventStoreDBClient } from '@eventstore/db-client';
import type { Position, RecordedFact } from '@ledger/event-sourcing';
import { NO_STREAM, START } from '@ledger/event-sourcing';
import { newFacts } from '@ledger/event-sourcing/testing';
import type { EventStoreDb } from '../event-store-db';
import { Follower } from './testing/follower';
import {
  idsOf,
  newPrefix,
  opened,
  proxied,
  rawClient,
  strangers,
  until,
  writeRaw,
  sharedServer,
} from './testing/steps';

const server = sharedServer();

/** Dice that fall alike for the same seed (mulberry32). */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

const SEEDS = (process.env['SEEDS'] ?? `1,2,${randomInt(1_000_000)}`).split(',').map(Number);

/**
 * What somebody has booked who is killed at any moment: facts and place together, as in a transaction. Whoever comes
 * after begins at that place.
 */
class Booked {
  readonly facts: RecordedFact[] = [];
  position: Position = START;
  kills = 0;

  /** Follows until it is killed: while it waits, between pages, or with a page in its hands. */
  async live(store: EventStoreDb, roll: (sides: number) => number): Promise<void> {
    const killed = new AbortController();
    const timer = setTimeout(() => killed.abort(), roll(120));
    let pages = roll(6) + 1;
    const options = { after: this.position, maxFacts: [1, 3, 50, 500][roll(4)]!, signal: killed.signal };
    for await (const { facts, position } of store.follow(options)) {
      const dies = --pages === 0;
      if (dies && roll(2) === 0) break;
      expect(position >= this.position).toBe(true);
      this.facts.push(...facts);
      this.position = position;
      if (dies) break;
      if (roll(4) === 0) await pause(roll(8));
    }
    clearTimeout(timer);
    this.kills++;
  }
}

/** How many events nobody had taken yet, at each checkpoint from now on. */
function checkpointsAheadOfTheTaker(): readonly number[] {
  const ahead: number[] = [];
  const subscribe = EventStoreDBClient.prototype.subscribeToAll;
  jest.spyOn(EventStoreDBClient.prototype, 'subscribeToAll').mockImplementation(function (
    this: EventStoreDBClient,
    options = {},
    readable,
  ) {
    const filter = options.filter!;
    const told = filter.checkpointReached!;
    const checkpointReached: typeof told = (subscription, position) => {
      ahead.push((subscription as unknown as Readable).readableLength);
      return told(subscription, position);
    };
    return subscribe.call(this, { ...options, filter: { ...filter, checkpointReached } }, readable);
  });
  return ahead;
}

describe('a place that was handed over', () => {
  it('is behind no fact that comes later, also where checkpoints run ahead of a slow taker', async () => {
    const prefix = newPrefix();
    const store = opened(server.url, { streams: [prefix] });
    const after = await store.head();
    const written: string[] = [];
    for (let n = 0; n < 10; n++) {
      const facts = newFacts(1_000);
      await store.append(`${prefix}${n}`, NO_STREAM, facts);
      written.push(...idsOf(facts));
    }
    const ahead = checkpointsAheadOfTheTaker();
    // Few at a time, with rests in which the buffer fills: a checkpoint, told after 4,096 events, falls into one.
    const take = () => (follower.facts.length % 400 === 0 ? pause(150) : undefined);
    const follower: Follower = new Follower(store, { after, maxFacts: 5, take });
    await until(() => follower.facts.length >= written.length, 40_000);
    await follower.stop();

    expect(Math.max(...ahead)).toBeGreaterThan(5);
    expect(follower.ids).toEqual(written);
    let reached = after;
    for (const { facts, position } of follower.pages) {
      expect(facts.every((fact) => fact.position > reached)).toBe(true);
      reached = position;
    }
  });

  it.each(SEEDS)(
    'is never ahead of the facts: 0 lost and 0 doubled over kills of the follower (seed %i)',
    async (seed) => {
      const roll = dice(seed);
      const prefix = newPrefix();
      const { proxy, url } = await proxied(server.url);
      const [writer, reader] = [
        opened(server.url, { streams: [prefix] }),
        opened(url, { streams: [prefix] }),
      ];
      const client = rawClient(server.url);
      const booked = new Booked();
      const written: string[] = [];
      const revisions = new Map<string, number>();

      const write = async (count: number): Promise<void> => {
        const stream = `${prefix}${roll(4)}`;
        const facts = newFacts(count);
        const { revision } = await writer.append(stream, revisions.get(stream) ?? NO_STREAM, facts);
        revisions.set(stream, revision);
        written.push(...idsOf(facts));
      };
      /** Ours and others' in any mixture: dense, sparse over whole pages of the filter, a lull, a burst. */
      const traffic = async (): Promise<void> => {
        for (let turn = 0; turn < 24; turn++) {
          switch (roll(5)) {
            case 0:
              await writeRaw(client, newPrefix(), strangers(300 + roll(1_500)));
              break;
            case 1:
              await pause(roll(80));
              break;
            case 2:
              for (let burst = roll(12); burst >= 0; burst--) await write(1);
              break;
            case 3:
              await write(100 + roll(200));
              break;
            case 4:
              await writeRaw(client, newPrefix(), strangers(1 + roll(40)));
              await write(1 + roll(3));
              break;
          }
        }
      };
      let over = false;
      const writing = traffic().finally(() => (over = true));
      while (!over) {
        if (roll(6) === 0) proxy.cut(roll(2) === 0 ? 'reset' : 'destroy');
        await booked.live(reader, roll);
      }
      await writing;
      await until(async () => {
        await booked.live(reader, roll);
        return booked.facts.length >= written.length;
      }, 20_000);
      for (let again = 0; again < 3; again++) await booked.live(reader, roll);

      expect(booked.facts.length).toBe(written.length);
      expect(idsOf(booked.facts)).toEqual(written);
      expect(booked.kills).toBeGreaterThan(5);
    },
  );
});
