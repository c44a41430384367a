import type { HouseholdTotalDeclared } from '@ledger/areas';
import { DeclaredTotals } from '@ledger/areas';
import type { FirstClassification, Known } from '../read-store';
import { FirstDays } from './first-days';
import { GrowingList } from './growing-list';

/** The lists of the read models that only grow, once for all snapshots. */
export class KnownLists {
  readonly totals = new DeclaredTotals();
  readonly firstDays = new FirstDays();
  readonly totalsList = new GrowingList<Known<HouseholdTotalDeclared>>(({ fact, recordedOn }) =>
    this.totals.enter(fact, recordedOn),
  );
  readonly classificationsList = new GrowingList<FirstClassification>((row) => this.firstDays.enter(row));
}
