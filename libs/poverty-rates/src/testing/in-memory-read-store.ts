import type { Booking } from '../ledger/booking';
import type { Amount, JournalEntry } from '../ledger/movement';
import { isNothing, plus } from '../ledger/movement';
import type { ReadModelBatch, ReadModelContents, ReadStore } from '../read-store';
import { requireFence } from '../read-store';
import type { Dump } from './canonical-dump';
import { canonicalDump } from './canonical-dump';
import type { InMemoryState } from './in-memory-read-models';
import { EMPTY, InMemoryReadModels } from './in-memory-read-models';

/**
 * Read models for tests, gone with the process: plain maps and lists, meant to be obviously right rather than
 * fast. A batch makes a new state and leaves the old one to the snapshots that read it.
 */
export class InMemoryReadStore implements ReadStore {
  private state: InMemoryState = EMPTY;

  async write(batch: ReadModelBatch): Promise<void> {
    const { checkpoint, repairs } = this.state;
    requireFence(batch, checkpoint.position, repairs);
    this.state = stateAfter(this.state, asKept(batch));
  }

  async snapshot<Answer>(question: (models: ReadModelContents) => Promise<Answer>): Promise<Answer> {
    return question(new InMemoryReadModels(this.state));
  }

  async close(): Promise<void> {
    // Nothing is held.
  }

  /** Everything that it holds, in a form that is equal for equal read models. */
  dump(): Dump {
    const { checkpoint, journal, balances, households, units, totals, classifications, parked } = this.state;
    return canonicalDump({
      checkpoint,
      journal: [...journal.values()],
      balances: [...balances.values()],
      households: [...households.values()],
      units,
      totals,
      classifications,
      parked: [...parked.values()],
    });
  }
}

function stateAfter(before: InMemoryState, batch: ReadModelBatch): InMemoryState {
  const parked = new Map(before.parked);
  for (const stream of batch.unparked) parked.delete(stream);
  for (const one of batch.parked) parked.set(one.stream, one);
  return {
    checkpoint: batch.checkpoint,
    journal: addedUp(before.journal, batch.journal, keyOfEntry),
    balances: addedUp(before.balances, batch.balances, keyOfBooking),
    households: new Map([
      ...before.households,
      ...batch.households.map((document) => [document.id, document] as const),
    ]),
    units: [...before.units, ...batch.units],
    totals: [...before.totals, ...batch.totals],
    classifications: [...before.classifications, ...batch.classifications],
    repairs: before.repairs + Number(batch.repairs),
    parked,
  };
}

/** Amounts on the same key are added up; what comes to nothing is not kept. */
function addedUp<Row extends Amount>(
  before: ReadonlyMap<string, Row>,
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): ReadonlyMap<string, Row> {
  const sums = new Map(before);
  for (const row of rows) {
    const key = keyOf(row);
    const earlier = sums.get(key);
    const sum = earlier ? { ...row, ...plus(earlier, row) } : row;
    if (isNothing(sum)) sums.delete(key);
    else sums.set(key, sum);
  }
  return sums;
}

function keyOfEntry(entry: JournalEntry): string {
  const { place, standard, recordedOn, effectiveOn, household, group, column, counterpart } = entry;
  return JSON.stringify([place, standard, recordedOn, effectiveOn, household, group, column, counterpart]);
}

function keyOfBooking({ unit, standard, group, effectiveOn, column }: Booking): string {
  return JSON.stringify([unit, standard, group, effectiveOn, column]);
}

/** The batch as a store on a disk would give it back; throws where JSON cannot carry it. */
const asKept = (batch: ReadModelBatch): ReadModelBatch => JSON.parse(JSON.stringify(batch)) as ReadModelBatch;
