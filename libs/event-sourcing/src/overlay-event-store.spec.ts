import { NO_STREAM, RevisionConflict, START } from './event-store';
import { OverlayEventStore } from './overlay-event-store';
import { describeEventStore } from './testing/event-store.contract';
import { InMemoryEventStore } from './testing/in-memory-event-store';
import { newFacts, newStream } from './testing/sample-facts';

describeEventStore('an overlay over an empty log', {
  open: () => OverlayEventStore.over(new InMemoryEventStore(), Date.now),
  cleanUp: async () => undefined,
});

describeEventStore('an overlay over a log with facts', {
  open: async () => {
    const below = new InMemoryEventStore();
    for (let count = 0; count < 3; count++) await below.append(newStream(), NO_STREAM, newFacts(4));
    return OverlayEventStore.over(below, Date.now);
  },
  cleanUp: async () => undefined,
});

describe('an overlay', () => {
  let below: InMemoryEventStore;

  beforeEach(() => {
    below = new InMemoryEventStore();
  });

  it('goes on where the log below ends, and leaves it as it is', async () => {
    const first = await below.append('household-1', NO_STREAM, newFacts(2));
    const overlay = await OverlayEventStore.over(below, Date.now);
    const { facts, revision } = await overlay.append('household-1', 1, newFacts(3));

    expect(revision).toBe(4);
    expect(await overlay.read('household-1')).toEqual([...first.facts, ...facts]);
    expect(await overlay.read('household-1', 3)).toEqual(facts.slice(1));
    expect(await below.read('household-1')).toEqual(first.facts);
    expect(await below.head()).toBe(first.position);
  });

  it('refuses a revision that the log below has passed', async () => {
    await below.append('household-1', NO_STREAM, newFacts(2));
    const overlay = await OverlayEventStore.over(below, Date.now);
    const refused = overlay.append('household-1', NO_STREAM, newFacts(1));
    await expect(refused).rejects.toBeInstanceOf(RevisionConflict);
    await expect(refused).rejects.toMatchObject({ actual: 1 });
  });

  it('hands over the facts below and then its own', async () => {
    const { facts } = await below.append('household-1', NO_STREAM, newFacts(5));
    const overlay = await OverlayEventStore.over(below, Date.now);
    const over = await overlay.append('household-2', NO_STREAM, newFacts(2));
    await below.append('household-3', NO_STREAM, newFacts(2));

    const seen = [];
    for await (const page of overlay.follow({
      after: START,
      maxFacts: 2,
      signal: AbortSignal.timeout(5_000),
    })) {
      seen.push(...page.facts);
      if (seen.length >= 7) break;
    }
    expect(seen).toEqual([...facts, ...over.facts]);
  });

  it('keeps its own word on a stream that others write to below', async () => {
    const overlay = await OverlayEventStore.over(below, Date.now);
    const over = await overlay.append('household-1', NO_STREAM, newFacts(2));
    await below.append('household-1', NO_STREAM, newFacts(1));
    expect(await overlay.read('household-1')).toEqual(over.facts);
  });
});
