import { randomUUID } from 'node:crypto';
import { StoreRefused } from '@ledger/event-sourcing';
import type { ClientSession, Collection, Db } from 'mongodb';
import type { RebuildingDocument } from '../documents/rebuilding';
import { GONE_AFTER_MS, REBUILDING, SEEN_EVERY_MS } from '../documents/rebuilding';
import { isDuplicateKey } from '../mongo-errors';
import { POINTER } from '../preparing';

/** The right to rebuild, which one process has at a time. */
export class Lease {
  private readonly beat: NodeJS.Timeout;
  private lost: StoreRefused | undefined;

  private constructor(
    private readonly leases: Collection<RebuildingDocument>,
    private readonly db: Db,
    private readonly holder: string,
  ) {
    this.beat = setInterval(() => void this.beSeen(), SEEN_EVERY_MS);
    this.beat.unref();
  }

  /** @throws StoreRefused while another rebuild is under way */
  static async take(db: Db, store: string): Promise<Lease> {
    const leases = db.collection<RebuildingDocument>(POINTER);
    const holder = randomUUID();
    const now = await clockOf(db);
    const wanted = { holder, since: now, seenAt: now };
    try {
      // Takes over what nobody holds any more; where somebody does, the id is taken already.
      await leases.replaceOne({ _id: REBUILDING, seenAt: { $lt: gone(now) } }, wanted, { upsert: true });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      const since = (await leases.findOne({ _id: REBUILDING }))?.since;
      throw new StoreRefused(
        `${store}: another rebuild is under way since ${since?.toISOString() ?? 'a moment ago'}. ` +
          `Wait for its end; if it was killed, for ${GONE_AFTER_MS / 1_000} s.`,
      );
    }
    return new Lease(leases, db, holder);
  }

  /** @throws StoreRefused when somebody else has taken it over meanwhile */
  async require(session?: ClientSession): Promise<void> {
    if (this.lost) throw this.lost;
    const held = await this.leases.findOne({ _id: REBUILDING, holder: this.holder }, { session });
    if (!held) throw (this.lost = new StoreRefused('this rebuild was taken for dead, and another one began'));
  }

  /** @param session of a transaction: when it is over, {@link stop} */
  async giveBack(session?: ClientSession): Promise<void> {
    if (!session) this.stop();
    await this.leases.deleteOne({ _id: REBUILDING, holder: this.holder }, { session });
  }

  stop(): void {
    clearInterval(this.beat);
  }

  /** Who could not be heard for a while may be taken for dead: it is asked for again where it matters. */
  private async beSeen(): Promise<void> {
    try {
      const seenAt = await clockOf(this.db);
      await this.leases.updateOne({ _id: REBUILDING, holder: this.holder }, { $set: { seenAt } });
    } catch {
      // The next one may be heard.
    }
  }
}

/** The clock of the server: those of the processes may differ. */
export async function clockOf(db: Db): Promise<Date> {
  return (await db.command({ hello: 1 }))['localTime'] as Date;
}

const gone = (now: Date): Date => new Date(now.getTime() - GONE_AFTER_MS);
