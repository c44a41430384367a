import type {
  Appended,
  EventStore,
  FollowOptions,
  LogPage,
  NewFact,
  RecordedFact,
} from '@ledger/event-sourcing';
import type { PlainDate } from '@ledger/kernel';
import { ruleBroken } from '@ledger/kernel';

/**
 * Lets no fact into a log that holds later ones already: "as known on" would not stay true. What is in the log is
 * still answered as unchanged, so a migration that was killed can simply be repeated.
 */
export class HistoryGuard implements EventStore {
  /** @param lastDay the booking day of the log's last fact when the migration began */
  constructor(
    private readonly store: EventStore,
    private readonly lastDay: PlainDate | undefined,
  ) {}

  async append(stream: string, expectedRevision: number, facts: readonly NewFact[]): Promise<Appended> {
    const recordedOn = facts[0]?.metadata.recordedOn;
    if (recordedOn !== undefined && this.lastDay !== undefined && recordedOn < this.lastDay) {
      const about = { lastDay: this.lastDay };
      throw ruleBroken({
        code: 'migration.recorded-later',
        field: 'recordedOn',
        got: recordedOn,
        facts: about,
      });
    }
    return this.store.append(stream, expectedRevision, facts);
  }

  read(stream: string, fromRevision?: number): Promise<readonly RecordedFact[]> {
    return this.store.read(stream, fromRevision);
  }

  follow(options: FollowOptions): AsyncIterable<LogPage> {
    return this.store.follow(options);
  }

  head(): ReturnType<EventStore['head']> {
    return this.store.head();
  }

  lastRecordedOn(): Promise<PlainDate | undefined> {
    return this.store.lastRecordedOn();
  }

  close(): Promise<void> {
    return this.store.close();
  }
}
