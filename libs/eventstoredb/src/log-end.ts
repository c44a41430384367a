import type { Position } from '@ledger/event-sourcing';
import { START, StoreRefused, StoreUnavailable } from '@ledger/event-sourcing';
import type { PlainDate } from '@ledger/kernel';
import { dayOf } from '@ledger/kernel';
import type { Connection } from './connection';
import type { OurStreams } from './our-streams';
import { positionOf } from './positions';
import type { LogEvent } from './reading';
import { readBackwards } from './reading';

export interface LastFact {
  readonly position: Position;
  readonly recordedOn: PlainDate;
}

/** What is known of the end: behind `end` nothing has been looked at. */
interface Known {
  readonly end: Position;
  readonly last: LastFact | undefined;
}

const FEW = 32;
const MANY = 4_096;

/**
 * Finds our last fact from the end of the log backwards: reads have no filter, and others may write to the same
 * server. What was looked at once is not looked at again.
 */
export class LogEnd {
  private known: Known | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly ours: OurStreams,
  ) {}

  async last(): Promise<LastFact | undefined> {
    const { known } = this;
    let end: Position | undefined;
    let before: LogEvent['position'] | undefined;
    for (let most = FEW; ; most = Math.min(most * 8, MANY)) {
      const events = await readBackwards(this.connection, before, most);
      for (const event of events) {
        const position = positionOf(event.position);
        end ??= position;
        if (known && end >= known.end && position <= known.end) return this.keep({ end, last: known.last });
        if (this.ours.include(event.streamId)) return this.keep({ end, last: lastFactOf(event, position) });
        before = event.position;
      }
      // A read that is cut short ends like one that is complete: only an empty one is the beginning of the log.
      if (events.length > 0) continue;
      if (known && end === undefined)
        throw new StoreUnavailable('the log looks empty although it has been seen with facts');
      return this.keep(end === undefined ? undefined : { end, last: undefined });
    }
  }

  /** The last event, whoever wrote it; nothing in an empty log. */
  async ofAll(): Promise<Position | undefined> {
    const [last] = await readBackwards(this.connection, undefined, 1);
    return last && positionOf(last.position);
  }

  /** @throws StoreRefused when the log does not go so far: whoever came to this position did so in another state of it */
  async requireWithin(position: Position): Promise<void> {
    if (position === START) return;
    const end = await this.ofAll();
    if (end !== undefined && position <= end) return;
    throw new StoreRefused(
      `EventStoreDB: position ${position} lies beyond the end of the log (${end ?? 'it is empty'}). It was perhaps put ` +
        'back from a backup: the read models are made again from it by npm run cli -- rebuild',
    );
  }

  private keep(known: Known | undefined): LastFact | undefined {
    this.known = known;
    return known?.last;
  }
}

const lastFactOf = ({ metadata, created }: LogEvent, position: Position): LastFact => ({
  position,
  recordedOn:
    ((metadata as Record<string, unknown> | undefined)?.['recordedOn'] as PlainDate | undefined) ??
    dayOf(created.toISOString()),
});
