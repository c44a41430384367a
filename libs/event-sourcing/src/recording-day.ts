import type { PlainDate } from '@ledger/kernel';
import { dayOf } from '@ledger/kernel';
import type { OrderContext } from './run-decider';

/** The day on which an order is recorded: nothing in it may take effect later. */
export function recordingDay(context: OrderContext, clock: () => number): PlainDate {
  return context.recordedOn ?? dayOf(clock());
}
