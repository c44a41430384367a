import type { UnitId } from '@ledger/kernel';
import type { Amount, BalanceQuery, Booking, Column } from '@ledger/poverty-rates';
import { NOTHING, plus } from '@ledger/poverty-rates';
import type { ClientSession, Collection, Filter } from 'mongodb';
import { allOf, ROWS_AT_ONCE } from './batches';
import type { BalanceDocument, ColumnAmounts } from './documents/balances';
import { amountsIn, bookingsIn } from './documents/balances';
import { yearSpan } from './year-span';

/** The questions that are put to the balances. */
export class BalanceQuestions {
  constructor(
    private readonly balances: Collection<BalanceDocument>,
    private readonly session: ClientSession,
  ) {}

  /** At most three years are asked for at once: those in the middle, and one at each end. */
  async sums({ unit, standard, group, from, to }: BalanceQuery): Promise<ReadonlyMap<Column, Amount>> {
    const { whole, parts } = yearSpan(from, to);
    const of = { unit, standard, group };
    const sums = new Map<Column, Amount>();
    const add = (columns: ColumnAmounts | undefined): void => {
      for (const [column, amount] of amountsIn(columns))
        sums.set(column, plus(sums.get(column) ?? NOTHING, amount));
    };
    const years = whole && { ...(whole.from !== undefined && { $gte: whole.from }), $lte: whole.to };
    const [middle, ...ends] = await Promise.all([
      years ? this.fields({ ...of, year: years }, ['total']) : [],
      ...parts.map(({ year, fields }) => this.fields({ ...of, year }, fields)),
    ]);
    for (const { total } of middle ?? []) add(total);
    for (const { months, days } of ends.flat())
      for (const columns of [...Object.values(months ?? {}), ...Object.values(days ?? {})]) add(columns);
    return sums;
  }

  async units(): Promise<readonly UnitId[]> {
    return (await this.balances.distinct('unit', {}, { session: this.session })).sort();
  }

  async of(unit: UnitId): Promise<readonly Booking[]> {
    const { session } = this;
    const documents = await allOf(this.balances.find({ unit }, { session, batchSize: ROWS_AT_ONCE }));
    return documents.flatMap(bookingsIn);
  }

  private fields(
    where: Filter<BalanceDocument>,
    fields: readonly string[],
  ): Promise<readonly Partial<BalanceDocument>[]> {
    const { session } = this;
    const projection = Object.fromEntries([['_id', 0], ...fields.map((field) => [field, 1])]) as object;
    return this.balances.find<Partial<BalanceDocument>>(where, { session, projection }).toArray();
  }
}
