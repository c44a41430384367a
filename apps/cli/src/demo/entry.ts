import type { ChangeUnit, CreateUnit, DeclareHouseholdTotal } from '@ledger/areas';
import type { HouseholdOrder } from '@ledger/households';
import type { PlainDate } from '@ledger/kernel';

/** An order without the day on which it is given, which is the entry's `recordedOn`. */
type Undated<Order> = Order extends unknown ? Omit<Order, 'today'> : never;

export type TotalDeclaration = Omit<DeclareHouseholdTotal, 'today' | 'life'>;
export type DemoHouseholdOrder = Undated<HouseholdOrder>;

interface Entry {
  readonly recordedOn: PlainDate;
  /** An opaque id of an officer. */
  readonly recordedBy: string;
}

export interface AreaEntry extends Entry {
  readonly order: CreateUnit | ChangeUnit | TotalDeclaration;
}

export interface HouseholdEntry extends Entry {
  readonly householdId: string;
  readonly order: DemoHouseholdOrder;
}

/** One line of the old books: who recorded what on which day. */
export type DemoEntry = AreaEntry | HouseholdEntry;
