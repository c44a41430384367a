import { UNITS_STREAM } from '@ledger/areas';
import type { EventStore } from '@ledger/event-sourcing';
import type { FillOptions } from '../country';
import { countryAppends } from '../country';

/** Enough to keep a server busy. */
const MOST_UNDER_WAY = 64;

/**
 * Appends the country to a log on a server, several appends at a time. Nobody keeps their order there: so a day of
 * recording begins when the one before is in the log to its end, and each stream has one append under way.
 * @returns how many facts it has
 */
export async function fillServer(
  store: Pick<EventStore, 'append'>,
  { signal, onProgress, ...country }: FillOptions,
): Promise<number> {
  let written = 0;
  let stretch = '';
  const lastOf = new Map<string, Promise<unknown>>();
  const underWay = new Set<Promise<unknown>>();
  for (const { stream, expectedRevision, facts } of countryAppends(country)) {
    signal?.throwIfAborted();
    // Households and totals name units, which have to be known by then.
    const now = `${facts[0]?.metadata.recordedOn} ${stream === UNITS_STREAM}`;
    if (now !== stretch) {
      await Promise.all(underWay);
      lastOf.clear();
      stretch = now;
    }
    while (underWay.size >= MOST_UNDER_WAY) await Promise.race(underWay);
    const before = lastOf.get(stream) ?? Promise.resolve();
    const append = before.then(() => store.append(stream, expectedRevision, facts));
    lastOf.set(stream, append);
    underWay.add(append);
    // A failure is told by whoever waits for all of them.
    void append.then(
      () => underWay.delete(append),
      () => undefined,
    );
    written += facts.length;
    onProgress?.(written);
  }
  await Promise.all(underWay);
  return written;
}
