import type { PlainDate, UnitId } from '@ledger/kernel';
import { ALL_HOUSEHOLDS } from '@ledger/standards';
import { listOf } from '../ledger/columns';
import type { Amount, JournalEntry } from '../ledger/movement';
import { isNothing, NOTHING, plus } from '../ledger/movement';
import type { FirstClassification, ReadModelContents } from '../read-store';

/** Whether an entry classifies a household: one of a stock, counted once and not again in each group. */
const classifies = ({ group, column }: JournalEntry): boolean =>
  group === ALL_HOUSEHOLDS && listOf(column) !== 'campaign';

/**
 * How the first day with a classification came to be known, for one place under one standard: one row for
 * each recorded day that changed it.
 */
export function classificationHistory(entries: readonly JournalEntry[]): readonly FirstClassification[] {
  const history: FirstClassification[] = [];
  for (const [standard, own] of Map.groupBy(entries.filter(classifies), (entry) => entry.standard)) {
    const simple = neverChanged(own);
    if (simple) {
      history.push(simple);
      continue;
    }
    const lines = new Lines();
    let on: PlainDate | null = null;
    const byDay = Map.groupBy(own, ({ recordedOn }) => recordedOn);
    for (const recordedOn of [...byDay.keys()].sort()) {
      const booked = byDay.get(recordedOn) ?? [];
      booked.forEach((entry) => lines.add(entry));
      const first: PlainDate | null = booked.some((entry) => on === null || entry.effectiveOn <= on)
        ? lines.first()
        : on;
      if (first === on) continue;
      history.push({ place: booked[0]?.place as UnitId, standard, recordedOn, on: first });
      on = first;
    }
  }
  return history;
}

/**
 * The one row of most places: what was classified first is still the first, and nothing of its day was taken
 * back.
 */
function neverChanged(entries: readonly JournalEntry[]): FirstClassification | undefined {
  const [some] = entries;
  if (!some) return undefined;
  let { effectiveOn: on, recordedOn } = some;
  for (const entry of entries) {
    if (entry.recordedOn < recordedOn) recordedOn = entry.recordedOn;
    if (entry.effectiveOn < on) on = entry.effectiveOn;
  }
  const ofThatDay = entries.filter(({ effectiveOn }) => effectiveOn === on);
  const knownAtOnce = ofThatDay.some((entry) => entry.recordedOn === recordedOn);
  const takenBack = ofThatDay.some(({ households, persons }) => households < 0 || persons < 0);
  return knownAtOnce && !takenBack
    ? { place: some.place, standard: some.standard, recordedOn, on }
    : undefined;
}

/** Lines of a stock, added up over households; only those that are not nothing count. */
class Lines {
  private readonly amounts = new Map<string, { on: PlainDate; amount: Amount }>();

  add(entry: JournalEntry): void {
    const { column, counterpart, effectiveOn: on } = entry;
    const key = `${on}|${column}|${counterpart ?? ''}`;
    const amount = plus(this.amounts.get(key)?.amount ?? NOTHING, entry);
    if (isNothing(amount)) this.amounts.delete(key);
    else this.amounts.set(key, { on, amount });
  }

  first(): PlainDate | null {
    let first: PlainDate | null = null;
    for (const { on } of this.amounts.values()) if (first === null || on < first) first = on;
    return first;
  }
}

/** The days as they are known now, and how they came to be known, for each place and standard. */
export class FirstClassifications {
  private readonly histories = new Map<string, readonly FirstClassification[]>();
  private taken = 0;

  /** Reads on from where it was. */
  async catchUp(models: ReadModelContents): Promise<void> {
    const { classifications } = await models.counts();
    // Fewer than before: these are other read models.
    if (classifications < this.taken) {
      this.histories.clear();
      this.taken = 0;
    }
    if (classifications === this.taken) return;
    const rows = await models.classifications(this.taken);
    for (const row of rows) this.take(row);
    this.taken += rows.length;
  }

  /**
   * What a batch of the journal changes. Most change nothing: only a classification before the first one, or
   * one that is taken back on its day, makes it necessary to look at the whole journal of the place.
   * @param repairs the batch books on days that have passed: what was known later may change as well
   */
  async changedBy(
    journal: readonly JournalEntry[],
    models: ReadModelContents,
    repairs: boolean,
  ): Promise<readonly FirstClassification[]> {
    await this.catchUp(models);
    const touched = Map.groupBy(journal.filter(classifies), ({ place }) => place);
    const changed: FirstClassification[] = [];
    for (const [place, entries] of touched) {
      if (!repairs && !entries.some((entry) => this.mayChange(entry))) continue;
      const whole = [...(await models.journalOf(place)), ...entries];
      const histories = Map.groupBy(classificationHistory(whole), ({ standard }) => standard);
      for (const standard of new Set(entries.map((entry) => entry.standard))) {
        changed.push(...this.differences(place, standard, histories.get(standard) ?? []));
      }
    }
    return changed;
  }

  private mayChange({ place, standard, effectiveOn, households, persons }: JournalEntry): boolean {
    const first = this.histories.get(`${place}|${standard}`)?.at(-1)?.on ?? null;
    return (
      first === null || effectiveOn < first || (effectiveOn === first && (households < 0 || persons < 0))
    );
  }

  /** The rows to add so that what is kept says the same as `history` on every recorded day. */
  private differences(
    place: UnitId,
    standard: string,
    history: readonly FirstClassification[],
  ): readonly FirstClassification[] {
    let kept: readonly FirstClassification[] = this.histories.get(`${place}|${standard}`) ?? [];
    const days = [...new Set([...kept, ...history].map(({ recordedOn }) => recordedOn))].sort();
    const rows: FirstClassification[] = [];
    for (const recordedOn of days) {
      const on = knownBy(history, recordedOn);
      if (on === knownBy(kept, recordedOn)) continue;
      const row = { place, standard, recordedOn, on };
      rows.push(row);
      // It speaks for the days after it as well, until the next row.
      kept = insertedByDay(kept, row);
    }
    return rows;
  }

  private take(row: FirstClassification): void {
    const key = `${row.place}|${row.standard}`;
    this.histories.set(key, insertedByDay(this.histories.get(key) ?? [], row));
  }
}

/** By recorded day; a later word about a day replaces the earlier one. */
function insertedByDay(
  history: readonly FirstClassification[],
  row: FirstClassification,
): readonly FirstClassification[] {
  const others = history.filter(({ recordedOn }) => recordedOn !== row.recordedOn);
  return [...others, row].sort((a, b) => (a.recordedOn < b.recordedOn ? -1 : 1));
}

const knownBy = (history: readonly FirstClassification[], day: PlainDate): PlainDate | null =>
  history.findLast(({ recordedOn }) => recordedOn <= day)?.on ?? null;

/** As a list that says nothing twice: equal for equal knowledge, however it came in. */
export function canonicalClassifications(
  rows: readonly FirstClassification[],
): readonly FirstClassification[] {
  const histories = new Map<string, readonly FirstClassification[]>();
  for (const row of rows) {
    const key = `${row.place}|${row.standard}`;
    histories.set(key, insertedByDay(histories.get(key) ?? [], row));
  }
  return [...histories]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, history]) => history.filter(({ on }, at) => on !== (history[at - 1]?.on ?? null)));
}
