import type { Decider } from '@ledger/event-sourcing';
import { unreachable } from '@ledger/kernel';
import type { ChangeUnit } from './change-unit';
import { changeUnit } from './change-unit';
import type { CreateUnit } from './create-unit';
import { createUnit } from './create-unit';
import type { UnitFact } from './unit.facts';
import type { UnitBook } from './unit-book';
import { enter, newUnitBook } from './unit-book';

export type UnitOrder = CreateUnit | ChangeUnit;

/**
 * Decides orders about units against all units. `evolve` changes its state in place, which is what lets it hold
 * ten thousand units: whoever wants the state before an order as well must fold it anew.
 */
export const unitRegistry: Decider<UnitOrder, UnitBook, UnitFact> = {
  initial: newUnitBook,
  evolve: enter,
  decide(order, book) {
    switch (order.type) {
      case 'CreateUnit':
        return createUnit(order, book);
      case 'ChangeUnit':
        return changeUnit(order, book);
    }
    return unreachable(order);
  },
};
