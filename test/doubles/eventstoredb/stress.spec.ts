import { setTimeout as pause } from 'node:timers/promises';
import type { EventStoreDBClient } from '@eventstore/db-client';
import { NO_STREAM } from '@eventstore/db-client';
import { itOnDouble } from '../../servers/eventstoredb';
import type { EventStoreForTests } from '../../servers/eventstoredb';
import { BY_APPEND, idsOf, newEvents, newStream, onEventStore, until } from './cases';
import type { AppendFault } from './faults';

const WRITERS = 16;

let store: EventStoreForTests;
let client: EventStoreDBClient;
onEventStore((given) => ({ store, client } = given));

/** Appends to a stream of its own, and makes an append again until it is acknowledged. */
class Writer {
  readonly stream = newStream();
  readonly acknowledged: string[] = [];
  failures = 0;

  async run(goesOn: () => boolean): Promise<void> {
    while (goesOn()) {
      const events = newEvents(1 + (this.acknowledged.length % 3));
      const answer = await this.insist(events);
      this.acknowledged.push(...idsOf(events));
      expect(Number(answer.nextExpectedRevision)).toBe(this.acknowledged.length - 1);
    }
  }

  private async insist(events: ReturnType<typeof newEvents>) {
    const last = this.acknowledged.length - 1;
    const expectedRevision = last < 0 ? NO_STREAM : BigInt(last);
    for (;;) {
      try {
        return await client.appendToStream(this.stream, events, {
          expectedRevision,
          deadline: 1_000,
          ...BY_APPEND,
        });
      } catch (error) {
        // Never a conflict: nobody else writes there, and what it wrote itself is answered as before.
        expect([1, 4, 10, 13, 14]).toContain((error as { code?: number }).code);
        this.failures++;
        await pause(5);
      }
    }
  }
}

async function everythingOnce(writers: readonly Writer[]): Promise<void> {
  for (const { stream, acknowledged } of writers) {
    expect(store.double!.log.stream(stream)?.map(({ id }) => id)).toEqual(acknowledged);
  }
}

const total = (writers: readonly Writer[], of: (writer: Writer) => number) =>
  writers.reduce((sum, writer) => sum + of(writer), 0);

/** Waits until so many more events are acknowledged: what is broken next breaks work that goes on. */
async function progressOf(writers: readonly Writer[]): Promise<void> {
  const acknowledged = () => total(writers, (writer) => writer.acknowledged.length);
  const before = acknowledged();
  await until(() => acknowledged() >= before + WRITERS + 1, 30_000);
}

describe(`${WRITERS} writers who make an append again until it is acknowledged`, () => {
  itOnDouble('have every append stored exactly once over 20 restarts', async () => {
    const writers = Array.from({ length: WRITERS }, () => new Writer());
    let goesOn = true;
    const running = writers.map((writer) => writer.run(() => goesOn));
    for (let restart = 0; restart < 20; restart++) {
      await progressOf(writers);
      await pause(Math.random() * 30);
      await store.double!.restart({ abruptly: restart % 4 !== 0 });
    }
    goesOn = false;
    await Promise.all(running);

    await everythingOnce(writers);
    expect(total(writers, ({ acknowledged }) => acknowledged.length)).toBeGreaterThan(20 * WRITERS);
    expect(total(writers, ({ failures }) => failures)).toBeGreaterThan(20);
  });

  itOnDouble('have every append stored exactly once over random cuts and faults', async () => {
    const kinds: readonly AppendFault[] = [
      'cut before commit',
      'cut after commit',
      'time-out before commit',
      'time-out after commit',
      'silence after commit',
      'late commit',
    ];
    const writers = Array.from({ length: WRITERS }, () => new Writer());
    let goesOn = true;
    const running = writers.map((writer) => writer.run(() => goesOn));
    store.double!.faults.lateCommitMs = 30;
    for (let cut = 0; cut < 60; cut++) {
      if (cut % 3 === 0) await progressOf(writers);
      await pause(Math.random() * 20);
      store.double!.faults.nextAppends.push(kinds[cut % kinds.length]!);
      if (cut % 3 === 0) store.double!.cutConnections(Math.random() < 0.5 ? 'reset' : 'destroy');
    }
    goesOn = false;
    await Promise.all(running);

    await everythingOnce(writers);
    expect(total(writers, ({ acknowledged }) => acknowledged.length)).toBeGreaterThan(20 * WRITERS);
    expect(total(writers, ({ failures }) => failures)).toBeGreaterThan(20);
  });
});
