import type { AreaOrders } from '@ledger/areas';
import { Communes } from '@ledger/areas';
import type { OrderContext, Receipt } from '@ledger/event-sourcing';
import { InTurn } from '@ledger/event-sourcing';
import type { HouseholdOrders } from '@ledger/households';
import type { PlainDate } from '@ledger/kernel';
import { dayBefore, Problem, ruleBroken } from '@ledger/kernel';
import { householdIdOf, OrderIdentities } from './identity/order-identity';
import type { ListedHouseholds } from './listed/listed-households';
import { oncePerTurn } from './once-per-turn';
import type { RowResult } from './outcome';
import { placed, RowRefused } from './rows/form';
import type { ListedName, RowOrder } from './rows/order-of-row';
import { orderOfRow } from './rows/order-of-row';
import type { Row } from './rows/row';

/** Who says it, and on which day an old book recorded it. */
export interface Recorder {
  readonly recordedBy: string;
  readonly recordedOn?: PlainDate;
}

export interface Orders {
  readonly households: HouseholdOrders;
  readonly areas: AreaOrders;
  readonly listed: ListedHouseholds;
}

/** Turns rows into orders and has them carried out, those of one household or unit in the order of the file. */
export class RowImporter {
  private readonly identities = new OrderIdentities();
  private readonly turns = new InTurn();
  /**
   * Rows that were begun in one turn of the event loop are carried out after each other in the next: what all of
   * them need of the log is then at hand, which saves a tenth of a row.
   */
  private readonly nextTurn = oncePerTurn(() => new Promise<void>((resolve) => setImmediate(resolve)));

  /** @param runId a UUID of this import: what correlates its facts */
  constructor(
    private readonly orders: Orders,
    private readonly runId: string,
  ) {}

  /**
   * Resolves as soon as the row's order is under way, so that the next row may follow; what becomes of it comes
   * with `result`, which rejects only where the store fails.
   */
  async begin(row: Row, recorder: Recorder): Promise<{ result: Promise<RowResult> }> {
    if (row.isBlank) return at({ became: 'blank' });
    let order: RowOrder | undefined;
    try {
      order = orderOfRow(row, householdIdOf);
      const subject = await this.subjectOf(order);
      const context = { ...recorder, ...this.identities.of(order, subject), ...this.correlation };
      return { result: this.carryOut(order, subject, context, row) };
    } catch (error) {
      return at(refused(error, order, row));
    }
  }

  private get correlation(): Pick<OrderContext, 'correlationId' | 'causationId'> {
    return { correlationId: this.runId, causationId: this.runId };
  }

  private async carryOut(
    order: RowOrder,
    subject: string,
    context: OrderContext,
    row: Row,
  ): Promise<RowResult> {
    try {
      const receipt = await this.execute(order, subject, context);
      if (!receipt.changed) return { became: 'unchanged' };
      return { became: 'accepted', notices: receipt.notices, position: receipt.position };
    } catch (error) {
      return refused(error, order, row);
    }
  }

  private execute(order: RowOrder, subject: string, context: OrderContext): Promise<Receipt> {
    const { areas, households, listed } = this.orders;
    switch (order.type) {
      case 'unit':
        return areas.create(order.order, context);
      case 'total':
        return this.turns.run(subject, () => areas.declareTotal(order.unit, order.order, context));
      case 'household': {
        const { request } = order;
        const receipt = this.turns.run(subject, async () => {
          await this.nextTurn();
          return households.execute(subject, request, context);
        });
        listed.note(subject, request, receipt);
        return receipt;
      }
    }
  }

  /** The household, or the unit as the row names it. */
  private async subjectOf(order: RowOrder): Promise<string> {
    switch (order.type) {
      case 'unit':
        return order.order.code;
      case 'total':
        return order.unit;
      case 'household':
        return 'id' in order.household ? order.household.id : this.resolve(order.household);
    }
  }

  /**
   * Who leaves a list is on it the day before: looked for there first, so that the same row finds it again when it
   * has left.
   */
  private async resolve({ unit, listNumber, day, leaves }: ListedName): Promise<string> {
    const place = new Communes(await this.orders.areas.book()).requirePlace(unit, day, 'unit');
    const before = leaves ? await this.orders.listed.find(place, listNumber, dayBefore(day)) : [];
    const found = before.length > 0 ? before : await this.orders.listed.find(place, listNumber, day);
    const [id, ...others] = found;
    if (id !== undefined && others.length === 0) return id;
    const facts = { unit: place, listNumber, day, candidates: found.join(', ') };
    const code = id === undefined ? 'row.nobody-listed' : 'row.several-listed';
    throw ruleBroken({ code, field: 'listNumber', got: listNumber, facts });
  }
}

const at = (result: RowResult): { result: Promise<RowResult> } => ({ result: Promise.resolve(result) });

function refused(error: unknown, order: RowOrder | undefined, row: Row): RowResult {
  if (error instanceof RowRefused) return { became: 'refused', refusals: error.refusals };
  if (!(error instanceof Problem) || order === undefined) throw error;
  return { became: 'refused', refusals: error.refusals.map((refusal) => placed(order.form, row, refusal)) };
}
