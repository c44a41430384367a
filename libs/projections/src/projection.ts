import type { LogPage, Position } from '@ledger/event-sourcing';

/** Whoever turns the log into read models. */
export interface Projection {
  /** Everything up to here is in the read models. */
  position(): Promise<Position>;
  /** Takes a page in, together with its position, all or nothing. A page that was taken in before changes nothing. */
  project(page: LogPage): Promise<void>;
}
