import type { RecordedFact } from '@ledger/event-sourcing';
import type { PlainDate } from '@ledger/kernel';
import { dayOf, FIRST_DAY, laterOf } from '@ledger/kernel';
import type { Checkpoint } from '../read-store';

/** A fact of the log with the day on which it is booked. */
export interface BookedFact {
  readonly recorded: RecordedFact;
  readonly recordedOn: PlainDate;
}

/** Books each fact on its own day, never earlier than what was booked before it (rule 1). */
export function inKnownOrder(
  facts: readonly RecordedFact[],
  checkpoint: Checkpoint,
): { booked: readonly BookedFact[]; lastDay: PlainDate | null } {
  let { lastDay } = checkpoint;
  const booked = facts
    .filter((recorded) => recorded.position > checkpoint.position)
    .map((recorded): BookedFact => {
      lastDay = laterOf(ownDayOf(recorded), lastDay ?? FIRST_DAY);
      return { recorded, recordedOn: lastDay };
    });
  return { booked, lastDay };
}

/** The day that a fact gives for itself; a damaged one may give none. */
export function ownDayOf({ metadata, recordedAt }: RecordedFact): PlainDate {
  return metadata.recordedOn ?? (recordedAt === '' ? FIRST_DAY : dayOf(recordedAt));
}
