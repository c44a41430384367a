import { setTimeout as delay } from 'node:timers/promises';
import type { Position, RecordedFact } from '../event-store';
import { NO_STREAM, START } from '../event-store';
import type { StoreInTest } from './event-store.contract';
import { appendBehind, followUntil, nextPageWithFacts } from './contract-steps';
import { newFacts, newStream } from './sample-facts';

const A_MOMENT_MS = 50;

export function followCases(test: StoreInTest): void {
  const never = (): AbortSignal => new AbortController().signal;

  async function appended(count: number): Promise<{ stream: string; facts: readonly RecordedFact[] }> {
    const stream = newStream();
    const { facts } = await test.store.append(stream, NO_STREAM, newFacts(count));
    return { stream, facts };
  }

  it('hands over every fact from the start, in the order of the log', async () => {
    const first = await appended(3);
    const second = await appended(4);
    await test.store.append(first.stream, 2, newFacts(2));

    const streams = [first.stream, second.stream];
    const seen = await followUntil(test.store, { streams, count: 9, after: START });

    expect(seen.map((fact) => fact.position)).toEqual(seen.map((fact) => fact.position).sort());
    expect(seen.filter((fact) => fact.stream === first.stream)).toEqual(await test.store.read(first.stream));
    expect(seen.filter((fact) => fact.stream === second.stream)).toEqual(second.facts);
  });

  it('begins behind a position', async () => {
    const { stream, facts } = await appended(5);
    const seen = await followUntil(test.store, { streams: [stream], count: 3, after: facts[1]?.position });
    expect(seen).toEqual(facts.slice(2));
  });

  it('hands over no more than a page holds, and goes on from the position of any page', async () => {
    const before = await test.store.head();
    const { facts } = await appended(8);
    const seen: RecordedFact[] = [];
    let after: Position = before;
    while (seen.length < facts.length) {
      const page = await nextPageWithFacts(test.store, { after, maxFacts: 3, signal: never() });
      if (!page) break;
      expect(page.facts.length).toBeLessThanOrEqual(3);
      seen.push(...page.facts);
      after = page.position;
    }
    expect(seen).toEqual(facts);
  });

  it('waits at the end of the log and then sees a lone fact', async () => {
    const after = await test.store.head();
    let seen: RecordedFact[] | undefined;
    const following = nextPageWithFacts(test.store, { after, maxFacts: 10, signal: never() }).then((page) => {
      seen = [...(page?.facts ?? [])];
    });
    await delay(A_MOMENT_MS);
    expect(seen).toBeUndefined();

    const { facts } = await appended(1);
    await following;
    expect(seen).toEqual(facts);
  });

  it('loses and doubles nothing of what is appended meanwhile', async () => {
    const after = await test.store.head();
    const streams = Array.from({ length: 8 }, newStream);
    const following = followUntil(test.store, { streams, count: 8 * 25 * 2, after, maxFacts: 7 });
    await Promise.all(
      streams.map(async (stream) => {
        for (let turn = 0; turn < 25; turn++) await appendBehind(test.store, stream, newFacts(2));
      }),
    );

    const seen = await following;
    for (const stream of streams) {
      expect(seen.filter((fact) => fact.stream === stream)).toEqual(await test.store.read(stream));
    }
  });

  it('serves several followers, each at its own pace', async () => {
    const { stream, facts } = await appended(20);
    const paces = [1, 3, 50];
    const seen = await Promise.all(
      paces.map((maxFacts) => followUntil(test.store, { streams: [stream], count: 20, maxFacts })),
    );
    expect(seen).toEqual(paces.map(() => facts));
  });

  it('ends when it is told to while it waits', async () => {
    const stop = new AbortController();
    const after = await test.store.head();
    const ended = nextPageWithFacts(test.store, { after, maxFacts: 10, signal: stop.signal });
    await delay(A_MOMENT_MS);
    stop.abort();
    expect(await ended).toBeUndefined();
  });

  it('ends between two pages when it is told to', async () => {
    const stop = new AbortController();
    const { facts } = await appended(6);
    const seen: RecordedFact[] = [];
    const after = facts[0]?.position ?? START;
    for await (const page of test.store.follow({ after, maxFacts: 1, signal: stop.signal })) {
      seen.push(...page.facts);
      if (seen.length === 2) stop.abort();
    }
    expect(seen).toEqual(facts.slice(1, 3));
  });

  it('hands over nothing when it was told to end before', async () => {
    await appended(1);
    const page = await nextPageWithFacts(test.store, {
      after: START,
      maxFacts: 10,
      signal: AbortSignal.abort(),
    });
    expect(page).toBeUndefined();
  });

  it('ends when the store is closed', async () => {
    const after = await test.store.head();
    const ended = nextPageWithFacts(test.store, { after, maxFacts: 10, signal: never() });
    await delay(A_MOMENT_MS);
    await test.store.close();
    expect(await ended).toBeUndefined();
  });
}
