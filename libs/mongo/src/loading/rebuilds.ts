import { StoreRefused } from '@ledger/event-sourcing';
import type { ReadStore } from '@ledger/poverty-rates';
import { CheckpointMoved } from '@ledger/poverty-rates';
import type { ClientSession, Collection, Db } from 'mongodb';
import type { PointerDocument } from '../documents/pointer';
import { generationName, LIVE, requirePointer } from '../documents/pointer';
import type { GenerationsDocument } from '../documents/rebuilding';
import { GENERATIONS } from '../documents/rebuilding';
import { collectionNames, createCollections, generationIn } from '../generation';
import { POINTER } from '../preparing';
import type { Transactions } from '../transactions';
import { pointViews } from '../views';
import { clockOf, Lease } from './lease';
import { MongoLoad } from './mongo-load';

/** Snapshots of the generation before may still be open so long: a server keeps what they see for five minutes. */
const READ_STILL_MS = 10 * 60_000;

export interface RebuildParts {
  readonly db: Db;
  /** The same on connections that wait as long as an index takes. */
  readonly patientDb: Db;
  /** For messages. */
  readonly store: string;
  readonly transactions: Transactions;
  readonly openGeneration: (pointerId: string) => ReadStore;
}

interface SwitchOrder {
  readonly generation: number;
  readonly lease: Lease;
  readonly replacedAt: Date;
  readonly whereverOthersStand: boolean;
}

/** Makes generations beside the live one, and puts them in its place. */
export class Rebuilds {
  private readonly pointers: Collection<PointerDocument>;
  private readonly leases = new WeakMap<MongoLoad, Lease>();
  private readonly held = new Set<Lease>();

  constructor(private readonly parts: RebuildParts) {
    this.pointers = parts.db.collection<PointerDocument>(POINTER);
  }

  /** Also removes what an interrupted rebuild has left. @throws StoreRefused while another rebuild is under way */
  async begin(): Promise<MongoLoad> {
    const { db, patientDb, store, openGeneration } = this.parts;
    const lease = await Lease.take(db, store);
    this.held.add(lease);
    try {
      await this.dropForgotten();
      const generation = await this.newGeneration();
      await createCollections(db, generation);
      const load = new MongoLoad({
        db: patientDb,
        generation,
        requireLease: () => lease.require(),
        open: () => openGeneration(generationName(generation)),
        remove: () => this.remove(generation, lease),
      });
      this.leases.set(load, lease);
      return load;
    } catch (error) {
      await lease.giveBack().catch(() => undefined);
      throw error;
    }
  }

  /**
   * From one moment on everyone reads what was loaded. What reads the old generation may go on.
   * @throws CheckpointMoved when the live generation has come further: project what it knows more, and try again
   */
  async use(load: MongoLoad, whereverOthersStand: boolean): Promise<void> {
    const lease = this.leases.get(load);
    if (!lease) throw new StoreRefused('what was loaded through another store cannot be used here');
    const { db, transactions } = this.parts;
    const replacedAt = await clockOf(db);
    const order = { generation: load.generation, lease, replacedAt, whereverOthersStand };
    await transactions.run((session) => this.switchTo(order, session));
    lease.stop();
    this.held.delete(lease);
    await pointViews(db, load.generation);
  }

  private async switchTo(
    { generation, lease, replacedAt, whereverOthersStand }: SwitchOrder,
    session: ClientSession,
  ): Promise<void> {
    const live = await this.pointers.findOne({ _id: LIVE }, { session });
    // It had been committed already, whatever was said about it.
    if (live?.generation === generation) return;
    await lease.require(session);
    const { _id, ...loaded } = requirePointer(
      await this.pointers.findOne({ _id: generationName(generation) }, { session }),
      `${this.parts.store}, generation ${generation}`,
    );
    if (live && loaded.position < live.position && !whereverOthersStand)
      throw new CheckpointMoved(loaded.position, live.position);
    await this.pointers.replaceOne(
      { _id: LIVE },
      {
        ...loaded,
        // As if the past had been repaired: what was computed from the old generation, or kept of it, is void.
        repairs: Math.max(loaded.repairs, live?.repairs ?? 0) + 1,
        ...(live?.log !== undefined && { log: live.log }),
        ...(live && { previous: { generation: live.generation, replacedAt } }),
      },
      { session, upsert: true },
    );
    await this.pointers.deleteOne({ _id }, { session });
    await lease.giveBack(session);
  }

  /** Nobody says any more that what was begun is at work. */
  stop(): void {
    for (const lease of this.held) lease.stop();
  }

  private async remove(generation: number, lease: Lease): Promise<void> {
    const live = await this.pointers.findOne({ _id: LIVE });
    const inUse = [live?.generation, live?.previous?.generation].includes(generation);
    if (!inUse) await this.drop(generation);
    await lease.giveBack();
    this.held.delete(lease);
  }

  /** Everything but what is read, or may still be read by a snapshot that began before the last switch. */
  private async dropForgotten(): Promise<void> {
    const live = await this.pointers.findOne({ _id: LIVE });
    const { previous } = live ?? {};
    const stillRead =
      previous && (await clockOf(this.parts.db)).getTime() - previous.replacedAt.getTime() < READ_STILL_MS;
    for (const generation of await this.generations()) {
      if (generation === live?.generation) continue;
      if (!(stillRead && generation === previous.generation)) await this.drop(generation);
    }
  }

  private async drop(generation: number): Promise<void> {
    await this.pointers.deleteOne({ _id: generationName(generation) });
    for (const name of await collectionNames(this.parts.db))
      if (generationIn(name) === generation) await this.parts.db.dropCollection(name);
  }

  /** Greater than all before it, those included of which nothing is left. */
  private async newGeneration(): Promise<number> {
    const there = Math.max(0, ...(await this.generations()));
    const found = await this.parts.db
      .collection<GenerationsDocument>(POINTER)
      .findOneAndUpdate(
        { _id: GENERATIONS },
        [{ $set: { last: { $add: [{ $max: ['$last', there] }, 1] } } }],
        { upsert: true, returnDocument: 'after' },
      );
    return found?.last ?? there + 1;
  }

  private async generations(): Promise<readonly number[]> {
    return [...new Set((await collectionNames(this.parts.db)).flatMap((name) => generationIn(name) ?? []))];
  }
}
