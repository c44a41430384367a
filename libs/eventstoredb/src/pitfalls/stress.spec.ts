import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { NewFact } from '@ledger/event-sourcing';
import { NO_STREAM, StoreUnavailable } from '@ledger/event-sourcing';
import { newFacts } from '@ledger/event-sourcing/testing';
import type { EventStoreForTests } from '../../../../test/servers/eventstoredb';
import { eventStoreForTests } from '../../../../test/servers/eventstoredb';
import type { EventStoreDb } from '../event-store-db';
import { Follower } from './testing/follower';
import {
  closeAll,
  idsOf,
  idsOnServer,
  impatient,
  newPrefix,
  opened,
  proxied,
  rawClient,
  until,
} from './testing/steps';

/** How often something breaks; STRESS_KILLS=500 for a long run. */
const KILLS = Number(process.env['STRESS_KILLS'] ?? 25);
const WRITERS = 16;

let server: EventStoreForTests;
beforeAll(async () => {
  server = await eventStoreForTests();
}, 90_000);
afterAll(async () => {
  await closeAll();
  await server.stop();
});

/** One that repeats the same append for as long as nobody knows what became of it. */
class Writer {
  readonly acknowledged: string[] = [];
  /** Sent, and then given up because the run was over. */
  readonly open: string[] = [];
  repeated = 0;

  constructor(
    private readonly store: EventStoreDb,
    private readonly stream: string,
  ) {}

  async write(isOver: () => boolean): Promise<void> {
    for (let revision = NO_STREAM; !isOver();) {
      const facts = newFacts(1 + randomInt(4));
      if (!(await this.insist(revision, facts, isOver))) return;
      revision += facts.length;
    }
  }

  private async insist(revision: number, facts: readonly NewFact[], isOver: () => boolean): Promise<boolean> {
    for (;;) {
      try {
        const answer = await this.store.append(this.stream, revision, facts);
        expect(answer.revision).toBe(revision + facts.length);
        expect(idsOf(answer.facts)).toEqual(idsOf(facts));
        this.acknowledged.push(...idsOf(facts));
        return true;
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
        this.repeated++;
        if (!isOver()) continue;
        this.open.push(...idsOf(facts));
        return false;
      }
    }
  }
}

it(
  `${WRITERS} writers and a follower over ${KILLS} cuts, silences and restarts: each acknowledged append is there once`,
  async () => {
    const prefix = newPrefix();
    const { proxy, url } = await proxied(server.url);
    // Two processes' worth of stores: what one of them renews must not harm the other.
    const stores = [impatient(url, { streams: [prefix] }), impatient(url, { streams: [prefix] })];
    const writers = Array.from(
      { length: WRITERS },
      (_none, n) => new Writer(stores[n % 2]!, `${prefix}${n}`),
    );
    const reader = impatient(url, { streams: [prefix] });
    const after = await opened(server.url).head();
    const follower = new Follower(reader, { after, maxFacts: 50 });

    let over = false;
    const writing = Promise.all(writers.map((writer) => writer.write(() => over)));
    const { double } = server;
    const breaks: Readonly<Record<string, () => Promise<void> | void>> = {
      reset: () => proxy.cut('reset'),
      destroy: () => proxy.cut('destroy'),
      'cut in a reply': () => proxy.cutAfterBytes(randomInt(4_000), 'to the client'),
      'cut in a request': () => proxy.cutAfterBytes(randomInt(8_000), 'to the server'),
      'nobody listens': async () => {
        await proxy.refuse();
        await pause(randomInt(150));
        await proxy.heal();
      },
      'black hole': async () => {
        proxy.blackHole();
        await pause(randomInt(700));
        await proxy.heal();
      },
      ...(double && {
        restart: () => double.restart(),
        kill: () => double.restart({ abruptly: true }),
        'subscription ended': () => double.endSubscriptions(),
        'lost answers': () =>
          void double.faults.nextAppends.push(
            'time-out after commit',
            'silence after commit',
            'cut after commit',
            'late commit',
          ),
      }),
    };
    const happened = new Map<string, number>();
    const kinds = Object.keys(breaks);
    for (let kill = 0; kill < KILLS; kill++) {
      const what = kinds[kill % kinds.length]!;
      happened.set(what, (happened.get(what) ?? 0) + 1);
      await breaks[what]!();
      await pause(randomInt(30, 250));
    }
    over = true;
    await proxy.heal();
    double?.faults.clear();
    await writing;

    const acknowledged = writers.flatMap((writer) => writer.acknowledged);
    const unknown = new Set(writers.flatMap((writer) => writer.open));
    // What was given up may be written late.
    await pause(600);
    const client = rawClient(server.url);
    const stored = await idsOnServer(client, prefix);
    await until(() => follower.facts.length >= stored.length);
    await pause(100);
    expect(await follower.stop()).toBeUndefined();

    const repeated = writers.reduce((sum, writer) => sum + writer.repeated, 0);
    process.stdout.write(
      `stress: ${acknowledged.length} facts acknowledged, ${unknown.size} unknown, ${repeated} appends told unavailable, ` +
        `${[...happened].map(([what, times]) => `${times} ${what}`).join(', ')}\n`,
    );
    expect(new Set(stored).size).toBe(stored.length);
    expect(acknowledged.length).toBeGreaterThan(WRITERS);
    const there = new Set(stored);
    expect(acknowledged.filter((id) => !there.has(id))).toEqual([]);
    const known = new Set(acknowledged);
    expect(stored.filter((id) => !known.has(id) && !unknown.has(id))).toEqual([]);
    expect(follower.ids).toEqual(stored);
  },
  60_000 + KILLS * 1_000,
);
