import { AreaOrders, Communes } from '@ledger/areas';
import type { EventStore } from '@ledger/event-sourcing';
import { HouseholdOrders } from '@ledger/households';
import type { FindListed } from './listed/listed-households';
import { ListedHouseholds } from './listed/listed-households';
import { oncePerTurn } from './once-per-turn';
import type { RowRefusal } from './refusal';
import type { Orders } from './row-importer';
import type { Row } from './rows/row';

/** What an import needs of the application that runs it. */
export interface ImportSettings {
  /** Where facts go; for a dry run an `OverlayEventStore`. */
  readonly store: EventStore;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly findListed: FindListed;
  /** Opaque id of whoever imports. */
  readonly actor: string;
  /** A UUID of its own for each import: it correlates the facts. */
  readonly runId: string;
  /** Ends the import between two rows. */
  readonly signal: AbortSignal;
  /** Told of a refused row, in the order of the file; waited for. */
  readonly onRefused: (refusals: readonly RowRefusal[], row: Row) => void | Promise<void>;
  /** Told now and then how far it has come. */
  readonly onProgress?: (progress: Progress) => void;
  /** Rows under way at once: more make larger commits, fewer let others have their turn sooner. */
  readonly maxInFlight?: number;
}

export interface Progress {
  readonly rows: number;
  /** Of the file, as far as it has been read. */
  readonly bytes: number;
}

export const MAX_IN_FLIGHT = 256;

export function ordersOn({ store, clock, findListed }: ImportSettings): Orders {
  const areas = new AreaOrders(store, clock);
  return {
    areas,
    households: new HouseholdOrders(
      store,
      // Saves a row a read of the log.
      oncePerTurn(async () => new Communes(await areas.book())),
      clock,
    ),
    listed: new ListedHouseholds(store, findListed),
  };
}
