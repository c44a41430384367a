import type { Decider, EventStore, OrderContext, Receipt } from '@ledger/event-sourcing';
import { CachedHistory, receiptOf, recordingDay, runDecider } from '@ledger/event-sourcing';
import type { UnitId } from '@ledger/kernel';
import { dayBefore } from '@ledger/kernel';
import type { ChangeUnit } from '../change-unit';
import type { CreateUnit } from '../create-unit';
import type { DeclareHouseholdTotal } from '../totals';
import { totals } from '../totals';
import { totalsCodec } from '../totals-codec';
import { totalsStream } from '../totals.facts';
import type { UnitBook } from '../unit-book';
import { resolveUnit } from '../unit-book';
import { unitCodec } from '../unit-codec';
import type { Unit } from '../unit-record';
import type { UnitOrder } from '../unit-registry';
import { unitRegistry } from '../unit-registry';
import type { UnitFact } from '../unit.facts';
import { UNITS_STREAM } from '../unit.facts';

/** A change as it is asked for: its unit is named by a code on `effectiveOn`, or by a full id. */
export type UnitChange = Omit<ChangeUnit, 'unit' | 'type'>;
export type TotalDeclaration = Omit<DeclareHouseholdTotal, 'type' | 'unit' | 'life' | 'today'>;

/** The receipt, and which unit it is about. */
export interface AreaReceipt extends Receipt {
  readonly unit: UnitId;
}

/**
 * Carries out orders about units and their totals. The registry is one long stream: it is kept in memory and
 * read on before every order, so that an order sees every order acknowledged before it.
 */
export class AreaOrders {
  private readonly history: CachedHistory<UnitOrder, UnitBook, UnitFact>;

  constructor(
    private readonly store: EventStore,
    private readonly clock: () => number,
  ) {
    this.history = new CachedHistory(store, unitRegistry, unitCodec, UNITS_STREAM);
  }

  /** All units as they are known now. Belongs to the registry: to be read at once, not to be kept. */
  async book(): Promise<UnitBook> {
    return (await this.history.caughtUp()).current();
  }

  async create(order: Omit<CreateUnit, 'type'>, context: OrderContext): Promise<AreaReceipt> {
    return this.run(() => ({ type: 'CreateUnit', ...order }), context);
  }

  async change(ref: string, change: UnitChange, context: OrderContext): Promise<AreaReceipt> {
    const named = (book: UnitBook): UnitId => resolveChanged(book, ref, change).id;
    return this.run((book) => ({ type: 'ChangeUnit', unit: named(book), ...change }), context);
  }

  async declareTotal(
    ref: string,
    declaration: TotalDeclaration,
    context: OrderContext,
  ): Promise<AreaReceipt> {
    const life = resolveUnit(await this.book(), ref, declaration.on);
    const today = recordingDay(context, this.clock);
    const order: DeclareHouseholdTotal = {
      type: 'DeclareHouseholdTotal',
      unit: life.id,
      life,
      today,
      ...declaration,
    };
    const outcome = await runDecider(this.store, totals, totalsCodec, totalsStream(life.id), order, context);
    return { unit: life.id, ...receiptOf(outcome) };
  }

  /**
   * The unit is named when it is decided: an order that was answered before is answered again as it was, even
   * if the code means another unit by now.
   */
  private async run(orderFor: (book: UnitBook) => UnitOrder, context: OrderContext): Promise<AreaReceipt> {
    const deciding: Decider<typeof orderFor, UnitBook, UnitFact> = {
      ...unitRegistry,
      decide: (order, book) => unitRegistry.decide(order(book), book),
    };
    const load = (): Promise<typeof this.history> => this.history.caughtUp();
    const outcome = await runDecider(this.store, deciding, unitCodec, UNITS_STREAM, orderFor, context, load);
    return { unit: outcome.facts[0]?.data['unit'] as UnitId, ...receiptOf(outcome) };
  }
}

/** A unit is abolished on the first day without it: said again by its code, the code meant it the day before. */
function resolveChanged(book: UnitBook, ref: string, { effectiveOn, abolished }: UnitChange): Unit {
  try {
    return resolveUnit(book, ref, effectiveOn);
  } catch (error) {
    if (!abolished) throw error;
    return resolveUnit(book, ref, dayBefore(effectiveOn));
  }
}
