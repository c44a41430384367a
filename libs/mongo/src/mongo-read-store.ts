import { randomUUID } from 'node:crypto';
import { StoreRefused, StoreUnavailable } from '@ledger/event-sourcing';
import type { ReadModelBatch, ReadModelContents, ReadStore } from '@ledger/poverty-rates';
import { requireFence } from '@ledger/poverty-rates';
import type { ClientSession, Collection, Db, MongoClient, UpdateFilter } from 'mongodb';
import type { BatchPlan } from './batch-plan';
import { planOf } from './batch-plan';
import { BatchWriter } from './batch-writer';
import type { PointerDocument } from './documents/pointer';
import { LIVE, requirePointer } from './documents/pointer';
import { collectionsOf } from './generation';
import type { MongoLoad } from './loading/mongo-load';
import { Rebuilds } from './loading/rebuilds';
import { inOurWords, isSnapshotUnavailable } from './mongo-errors';
import { MongoReadModels } from './mongo-read-models';
import { POINTER } from './preparing';
import type { OnStep } from './steps';
import { NOBODY_LISTENS } from './steps';
import { Transactions } from './transactions';

export interface StoreParts {
  readonly client: MongoClient;
  /** Another client of the same server. @param silentMs how long a command may stay without an answer; 0: for ever */
  readonly connect: (silentMs: number) => MongoClient;
  readonly database: string;
  /** Without credentials. */
  readonly url: string;
  readonly patienceMs: number;
  readonly readOnly?: boolean;
  readonly onStep?: OnStep;
  /** Absent: whichever generation is live. */
  readonly pointerId?: string;
}

const SNAPSHOT_TRIES = 5;

/** The read models in a MongoDB, which any number of processes may read and write. */
export class MongoReadStore implements ReadStore {
  /** Where it is, without credentials: for messages. */
  readonly url: string;
  private readonly db: Db;
  private readonly pointers: Collection<PointerDocument>;
  private readonly pointerId: string;
  private readonly onStep: OnStep;
  private readonly transactions: Transactions;
  private rebuilding: { readonly client: MongoClient; readonly rebuilds: Rebuilds } | undefined;
  /** Generations beside the live one, for as long as this store is open. */
  private readonly opened: MongoReadStore[] = [];
  private closed = false;

  constructor(private readonly parts: StoreParts) {
    const { client, database, url, pointerId = LIVE, onStep = NOBODY_LISTENS } = parts;
    this.url = url;
    this.pointerId = pointerId;
    this.onStep = onStep;
    this.db = client.db(database);
    this.pointers = this.db.collection<PointerDocument>(POINTER);
    this.transactions = new Transactions(client, this.db, parts.patienceMs);
  }

  /**
   * @throws CheckpointMoved when another projector was faster; nothing was written
   * @throws StoreUnavailable when it may have been written or not: the checkpoint tells
   */
  async write(batch: ReadModelBatch): Promise<void> {
    this.requireOpen();
    if (this.parts.readOnly) throw new StoreRefused(`${this.url}: opened to be read`);
    const plan = planOf(batch);
    const writtenBy = randomUUID();
    await this.trying(async () => {
      await this.transactions.run(async (session) => {
        await this.onStep('batch: begun');
        const before = await this.moveCheckpoint(plan, writtenBy, session);
        if (!before) return;
        await this.onStep('batch: checkpoint moved');
        const generation = collectionsOf(this.db, before.generation);
        await new BatchWriter(generation, session, this.onStep).write(plan, before);
      });
      await this.onStep('batch: committed');
    });
  }

  async snapshot<Answer>(question: (models: ReadModelContents) => Promise<Answer>): Promise<Answer> {
    this.requireOpen();
    return this.trying(async () => {
      const { session, pointer } = await this.openSnapshot();
      try {
        const generation = collectionsOf(this.db, pointer.generation);
        return await question(new MongoReadModels(pointer, generation, session));
      } finally {
        await session.endSession();
      }
    });
  }

  /**
   * Says which log the read models are made from. The first word counts, also for those that a rebuild puts in their
   * place; opened to be read, it is only compared.
   * @throws StoreRefused when they are made from another log
   */
  async belongTo(log: string): Promise<void> {
    this.requireOpen();
    const live = { _id: LIVE };
    const said = await this.trying(async () => {
      const known = (await this.pointers.findOne(live))?.log;
      if (known !== undefined || this.parts.readOnly) return known;
      await this.pointers.updateOne({ ...live, log: { $exists: false } }, { $set: { log } });
      return (await this.pointers.findOne(live))?.log;
    });
    if (said !== undefined && said !== log) throw new StoreRefused(`${this.url}: made from another log`);
  }

  /**
   * Empty read models beside those in use, to be filled by a rebuild.
   * @throws StoreRefused while another rebuild is under way
   */
  async newReadModels(): Promise<MongoLoad> {
    const rebuilds = this.requireRebuilds();
    return this.trying(() => rebuilds.begin());
  }

  /**
   * Puts rebuilt read models in the place of those in use, in one moment. Questions that are under way end as they
   * began.
   * @param whereverOthersStand those in use were made from another state of the log: how far they are means nothing
   * @throws CheckpointMoved when those in use have come further: project the rest on `load.open()`, and try again
   */
  async useReadModels(load: MongoLoad, { whereverOthersStand = false } = {}): Promise<void> {
    const rebuilds = this.requireRebuilds();
    await this.trying(() => rebuilds.use(load, whereverOthersStand));
  }

  /** Waits for nobody: what is under way fails. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.rebuilding?.rebuilds.stop();
    await Promise.all([
      this.parts.client.close(),
      ...(this.rebuilding ? [this.rebuilding.client.close()] : []),
      ...this.opened.map((one) => one.close()),
    ]);
  }

  private requireRebuilds(): Rebuilds {
    this.requireOpen();
    const { connect, database, pointerId, readOnly } = this.parts;
    if (readOnly || pointerId !== undefined) throw new StoreRefused(`${this.url}: opened to be read`);
    const { db, transactions, url: store } = this;
    if (!this.rebuilding) {
      const client = connect(0);
      const openGeneration = (pointerOf: string): MongoReadStore => {
        const own = { client: connect(this.parts.patienceMs), pointerId: pointerOf };
        const opened = new MongoReadStore({ ...this.parts, ...own });
        this.opened.push(opened);
        return opened;
      };
      const patientDb = client.db(database);
      const rebuilds = new Rebuilds({ db, patientDb, store, transactions, openGeneration });
      this.rebuilding = { client, rebuilds };
    }
    return this.rebuilding.rebuilds;
  }

  /** @returns where the generation stood; nothing where this very batch has been committed already */
  private async moveCheckpoint(
    { batch, lists }: BatchPlan,
    writtenBy: string,
    session: ClientSession,
  ): Promise<PointerDocument | undefined> {
    const _id = this.pointerId;
    const { from, fromRepairs, checkpoint, repairs } = batch;
    const change: UpdateFilter<PointerDocument> = {
      $set: { position: checkpoint.position, lastDay: checkpoint.lastDay, writtenBy },
      $inc: {
        units: lists.units.length,
        totals: lists.totals.length,
        classifications: lists.classifications.length,
        repairs: Number(repairs),
      },
    };
    const before = await this.pointers.findOneAndUpdate(
      { _id, position: from, repairs: fromRepairs },
      change,
      { session, returnDocument: 'before' },
    );
    if (before) return requirePointer(before, this.url);
    const found = requirePointer(await this.pointers.findOne({ _id }, { session }), this.url);
    // The transaction is repeated although it had been committed: whoever told the driver otherwise was wrong.
    if (found.writtenBy === writtenBy) return undefined;
    requireFence(batch, found.position, found.repairs);
    throw new StoreRefused(
      `${this.url} is damaged: its checkpoint cannot be moved. Rebuild the read models.`,
    );
  }

  /**
   * A session whose reads all see one state, chosen by its first read: everything that a majority has acknowledged,
   * hence every batch whose `write` has resolved, in whichever process.
   */
  private async openSnapshot(): Promise<{ session: ClientSession; pointer: PointerDocument }> {
    for (let tries = 1; ; tries++) {
      const session = this.parts.client.startSession({ snapshot: true });
      try {
        const found = await this.pointers.findOne({ _id: this.pointerId }, { session });
        return { session, pointer: requirePointer(found, this.url) };
      } catch (error) {
        await session.endSession();
        if (!isSnapshotUnavailable(error) || tries === SNAPSHOT_TRIES) throw error;
      }
    }
  }

  private requireOpen(): void {
    if (this.closed) throw new StoreUnavailable(`${this.url} is closed`);
  }

  private async trying<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw inOurWords(error, this.url);
    }
  }
}
