import type { ReadModelBatch } from '@ledger/poverty-rates';
import type { BalanceChange } from './documents/balances';
import { balanceChanges } from './documents/balances';
import type { KeptHousehold } from './documents/households';
import { keptHousehold } from './documents/households';
import type { JournalDocument } from './documents/journal';
import { journalDocuments } from './documents/journal';
import type { ParkedDocument } from './documents/parked';
import { parkedDocument } from './documents/parked';
import { plain } from './documents/plain';

/** What a batch does to the collections: one change for each document, ready to be sent again and again. */
export interface BatchPlan {
  readonly batch: Pick<ReadModelBatch, 'from' | 'fromRepairs' | 'checkpoint' | 'repairs'>;
  readonly journal: readonly JournalDocument[];
  readonly balances: readonly BalanceChange[];
  readonly households: readonly KeptHousehold[];
  readonly lists: Pick<ReadModelBatch, 'units' | 'totals' | 'classifications'>;
  readonly parked: readonly ParkedDocument[];
  readonly unparked: readonly string[];
}

/** Throws where something in the batch cannot be kept: before anything is sent. */
export function planOf(batch: ReadModelBatch): BatchPlan {
  const { units, totals, classifications } = batch;
  return {
    batch,
    journal: journalDocuments(batch.journal),
    balances: balanceChanges(batch.balances),
    households: batch.households.map(keptHousehold),
    lists: plain({ units, totals, classifications }),
    parked: batch.parked.map(parkedDocument),
    unparked: batch.unparked,
  };
}
