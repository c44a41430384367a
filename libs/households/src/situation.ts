import type { Status, UnitId } from '@ledger/kernel';

/** What a household is at the end of a day. */
export interface Situation {
  readonly place: UnitId;
  readonly village?: string;
  readonly members: number;
  readonly groups: readonly string[];
  /** Its status under each standard; a standard that never classified it is absent. */
  readonly statuses: Readonly<Record<string, Status>>;
}
