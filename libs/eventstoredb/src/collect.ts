import type { StreamingRead } from '@eventstore/db-client';
import { StreamNotFoundError } from '@eventstore/db-client';
import { CutShort, NoAnswer } from './errors';

/**
 * Everything that a read hands over, or `undefined` for a stream that does not exist.
 * @param isGivenUp whether the client of the read has been disposed of: the read then ends like one that is complete
 * @throws NoAnswer when it goes so long without an event: the client knows no deadline for reads
 */
export async function collect<Event>(
  read: StreamingRead<{ readonly event?: Event | undefined }>,
  what: string,
  idleMs: number,
  isGivenUp: () => boolean,
): Promise<readonly Event[] | undefined> {
  const events: Event[] = [];
  const timer = setTimeout(() => read.destroy(new NoAnswer(what, idleMs)), idleMs);
  try {
    for await (const { event } of read) {
      timer.refresh();
      if (event) events.push(event);
    }
    if (isGivenUp()) throw new CutShort(what);
    return events;
  } catch (error) {
    if (error instanceof StreamNotFoundError) return undefined;
    throw error;
  } finally {
    clearTimeout(timer);
    // What comes after the end of the read concerns nobody.
    read.on('error', () => undefined);
  }
}
