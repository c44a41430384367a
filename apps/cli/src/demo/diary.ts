import type { PlainDate } from '@ledger/kernel';
import type { DemoEntry } from './entry';

/** Collects entries as the story is told and hands them over in the order in which they were recorded. */
export class Diary {
  private readonly days = new Map<PlainDate, DemoEntry[]>();
  private handedOver: PlainDate | undefined;

  add(entry: DemoEntry): void {
    const { recordedOn } = entry;
    if (this.handedOver !== undefined && recordedOn <= this.handedOver) {
      throw new Error(`the diary is closed up to ${this.handedOver}: ${JSON.stringify(entry)}`);
    }
    const day = this.days.get(recordedOn);
    if (day) day.push(entry);
    else this.days.set(recordedOn, [entry]);
  }

  /** Everything recorded up to a day; nothing may be added for those days any more. */
  *upTo(day: PlainDate): Generator<DemoEntry, void, undefined> {
    this.handedOver = day;
    for (const recordedOn of [...this.days.keys()].filter((known) => known <= day).sort()) {
      yield* this.days.get(recordedOn) ?? [];
      this.days.delete(recordedOn);
    }
  }
}
