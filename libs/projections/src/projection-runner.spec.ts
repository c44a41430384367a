import type { LogPage, NewFact, Position, RecordedFact } from '@ledger/event-sourcing';
import { START } from '@ledger/event-sourcing';
import { InMemoryEventStore } from '@ledger/event-sourcing/testing';
import type { Projection } from './projection';
import { ProjectionRunner } from './projection-runner';
import type { RunnerOptions } from './running-projection';

/** Remembers what it has taken in, and fails as often as it is told to. */
class Remembering implements Projection {
  readonly taken: RecordedFact[] = [];
  failures = 0;
  private at: Position = START;

  async position(): Promise<Position> {
    return this.at;
  }

  async project(page: LogPage): Promise<void> {
    if (this.failures-- > 0) throw new Error('the disk is full');
    this.taken.push(...page.facts);
    this.at = page.position;
  }
}

const metadata = { recordedBy: 'anonymous', commandId: 'c', causationId: 'c', correlationId: 'c' };
const fact = (count: number): NewFact => ({
  id: `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`,
  type: 'Counted',
  version: 1,
  data: { count },
  metadata,
});

const LONG = 5_000;

describe('the projection runner', () => {
  let store: InMemoryEventStore;
  let projection: Remembering;
  let runner: ProjectionRunner;

  const runnerWith = (options: Partial<RunnerOptions> = {}): ProjectionRunner =>
    (runner = new ProjectionRunner(store, projection, { maxFacts: 2, ...options }));

  /** So many facts, one to a stream. Returns the position of the last one. */
  const append = async (count: number): Promise<Position> => {
    let last: Position = START;
    for (let at = 0; at < count; at++) last = (await store.append(`counter-${at}`, -1, [fact(at)])).position;
    return last;
  };

  beforeEach(() => {
    store = new InMemoryEventStore();
    projection = new Remembering();
  });

  afterEach(async () => {
    await runner.stop();
    await store.close();
  });

  it('takes in everything in the log, in order, page by page, and what comes later', async () => {
    const pages: number[] = [];
    const before = await append(5);
    runnerWith({ onProgress: ({ facts }) => pages.push(facts) });
    await runner.start();
    expect(await runner.reached(before, LONG)).toBe(true);
    expect(pages).toEqual([2, 2, 1]);
    const later = await store.append('counter-later', -1, [fact(5)]);
    expect(await runner.reached(later.position, LONG)).toBe(true);
    expect(projection.taken.map(({ data }) => data['count'])).toEqual([0, 1, 2, 3, 4, 5]);
    expect(runner.position).toBe(later.position);
  });

  it('tries again after failures and skips nothing', async () => {
    const waits: number[] = [];
    const last = await append(3);
    projection.failures = 3;
    runnerWith({ onFailure: (_error, waitMs) => waits.push(waitMs) });
    await runner.start();
    expect(await runner.reached(last, LONG)).toBe(true);
    expect(projection.taken.map(({ data }) => data['count'])).toEqual([0, 1, 2]);
    expect(waits).toHaveLength(3);
    expect(waits[2]).toBeGreaterThan((waits[0] ?? 0) / 2);
  });

  it('says in time that a position has not been reached', async () => {
    const last = await append(1);
    runnerWith();
    await runner.start();
    expect(await runner.reached(`${last}9` as Position, 20)).toBe(false);
  });

  it('stops at once although it has just failed often', async () => {
    await append(1);
    projection.failures = Infinity;
    let failures = 0;
    const stopped = new Promise<number>((resolve) => {
      runnerWith({
        onFailure: (_error, waitMs) => {
          // Late enough for a pause that would be noticed, and from within the failure itself.
          if (++failures < 4) return;
          const since = performance.now();
          void runner.stop().then(() => resolve((performance.now() - since) / waitMs));
        },
      });
    });
    await runner.start();
    expect(await stopped).toBeLessThan(0.5);
  });

  it('keeps nobody waiting once it has been stopped', async () => {
    const last = await append(1);
    projection.failures = Infinity;
    runnerWith();
    await runner.start();
    const asked = runner.reached(last, LONG);
    await runner.stop();
    expect(await asked).toBe(false);
    const since = performance.now();
    expect(await runner.reached(last, LONG)).toBe(false);
    expect(performance.now() - since).toBeLessThan(LONG / 10);
  });
});
