import type { AnyBulkWriteOperation, ClientSession, Collection } from 'mongodb';
import type { BatchPlan } from './batch-plan';
import type { BalanceChange } from './documents/balances';
import { incrementsOf } from './documents/balances';
import type { JournalDocument } from './documents/journal';
import type { Numbered } from './documents/lists';
import { numbered } from './documents/lists';
import type { PointerDocument } from './documents/pointer';
import { removeEmptyYears } from './empty-years';
import type { Generation } from './generation';
import type { OnStep } from './steps';

/** Writes a batch within the transaction of its session. Repeating it after an abort does no harm. */
export class BatchWriter {
  constructor(
    private readonly generation: Generation,
    private readonly session: ClientSession,
    private readonly onStep: OnStep,
  ) {}

  /** @param before where the generation stood: its lists go on from there */
  async write(plan: BatchPlan, before: PointerDocument): Promise<void> {
    await this.journal(plan.journal);
    await this.onStep('batch: journal written');
    await this.balances(plan.balances);
    await this.onStep('batch: balances written');
    await this.replace(this.generation.households, plan.households);
    await this.onStep('batch: households written');
    await this.append(this.generation.units, plan.lists.units, before.units);
    await this.append(this.generation.totals, plan.lists.totals, before.totals);
    await this.append(this.generation.classifications, plan.lists.classifications, before.classifications);
    await this.parked(plan);
    await this.onStep('batch: lists written');
  }

  private async journal(documents: readonly JournalDocument[]): Promise<void> {
    const { journal } = this.generation;
    const operations = documents.map(({ _id, households, persons, ...rest }) => ({
      updateOne: {
        filter: { _id },
        update: { $inc: { households, persons }, $setOnInsert: rest },
        upsert: true,
      },
    }));
    const met = await this.met(
      journal,
      operations,
      documents.map(({ _id }) => _id),
    );
    if (met.length === 0) return;
    const { session } = this;
    await journal.deleteMany({ _id: { $in: met }, households: 0, persons: 0 }, { session });
  }

  private async balances(changes: readonly BalanceChange[]): Promise<void> {
    const { balances } = this.generation;
    const operations = changes.map((change) => ({
      updateOne: {
        filter: { _id: change.id },
        update: { $inc: incrementsOf(change), $setOnInsert: change.key },
        upsert: true,
      },
    }));
    const met = await this.met(
      balances,
      operations,
      changes.map(({ id }) => id),
    );
    await removeEmptyYears(balances, met, this.session);
  }

  private async append<Row extends object>(
    list: Collection<Row & Numbered>,
    rows: readonly Row[],
    before: number,
  ): Promise<void> {
    if (rows.length === 0) return;
    const { session } = this;
    await list.insertMany(numbered(rows, before) as never, { session });
  }

  private async parked({ parked, unparked }: BatchPlan): Promise<void> {
    const { session } = this;
    const collection = this.generation.parked;
    if (unparked.length > 0) await collection.deleteMany({ _id: { $in: [...unparked] } }, { session });
    await this.replace(collection, parked);
  }

  /** Puts documents in the place of those with their ids, or adds them. */
  private async replace<Kept extends { readonly _id: string }>(
    collection: Collection<Kept>,
    documents: readonly Kept[],
  ): Promise<void> {
    if (documents.length === 0) return;
    const operations = documents.map(({ _id, ...replacement }) => ({
      replaceOne: { filter: { _id }, replacement, upsert: true },
    })) as unknown as AnyBulkWriteOperation<Kept>[];
    const { session } = this;
    await collection.bulkWrite(operations, { session });
  }

  /** Sends one operation for each id, and tells which ids were there before. */
  private async met<Kept extends { readonly _id: string }>(
    collection: Collection<Kept>,
    operations: AnyBulkWriteOperation<Kept>[],
    ids: readonly string[],
  ): Promise<readonly string[]> {
    if (operations.length === 0) return [];
    const { session } = this;
    const { upsertedIds } = await collection.bulkWrite(operations, { session });
    return ids.filter((_id, index) => !(index in upsertedIds));
  }
}
