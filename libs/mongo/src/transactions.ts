import { InTurn, StoreUnavailable } from '@ledger/event-sourcing';
import type { ClientSession, Collection, Db, MongoClient } from 'mongodb';
import type { WriterDocument } from './documents/writers';
import { SEEN_AGAIN_MS, WRITERS } from './documents/writers';

/** So long a transaction that stands in the way may be at work; after that it is taken for dead. */
const DEAD_AFTER_MS = 3_000;

/** Runs transactions, one after the other in a session that others know, so that they can end what it leaves behind. */
export class Transactions {
  private readonly writers: Collection<WriterDocument>;
  private readonly inTurn = new InTurn();
  private session: ClientSession | undefined;
  private seenAt = -Infinity;

  constructor(
    private readonly client: MongoClient,
    private readonly db: Db,
    private readonly patienceMs: number,
  ) {
    this.writers = db.collection<WriterDocument>(WRITERS);
  }

  /**
   * Runs something in a transaction, over again where the server asks for it: `work` must be repeatable. Bounded:
   * the driver alone would go on for two minutes.
   * @throws StoreUnavailable when it takes too long: nobody knows then whether it was committed
   */
  run<Result>(work: (session: ClientSession) => Promise<Result>): Promise<Result> {
    return this.inTurn.run('transaction', () => this.inTime(work));
  }

  private async inTime<Result>(work: (session: ClientSession) => Promise<Result>): Promise<Result> {
    const { patienceMs } = this;
    const running = new Attempts();
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        running.late = new StoreUnavailable(
          `no end of a batch within ${patienceMs} ms: the checkpoint tells`,
        );
        // It is busy still: the next one begins in another.
        this.session = undefined;
        reject(running.late);
      }, patienceMs);
    });
    const done = this.inSession(running, work);
    try {
      return await Promise.race([done, tooLate]);
    } finally {
      clearTimeout(timer);
      done.catch(() => undefined);
    }
  }

  private async inSession<Result>(
    attempts: Attempts,
    work: (session: ClientSession) => Promise<Result>,
  ): Promise<Result> {
    const session = (this.session ??= this.client.startSession());
    try {
      await this.beSeen(session);
      return await session.withTransaction(
        async () => {
          if (attempts.another()) await this.endOthers(session);
          return work(session);
        },
        { readConcern: 'snapshot', writeConcern: { w: 'majority' }, readPreference: 'primary' },
      );
    } finally {
      if (attempts.late) await session.endSession();
    }
  }

  private async beSeen(session: ClientSession): Promise<void> {
    const now = performance.now();
    if (now - this.seenAt < SEEN_AGAIN_MS && this.session === session) return;
    const { id: _id } = session.id ?? {};
    if (_id) await this.writers.updateOne({ _id }, { $set: { seenAt: new Date() } }, { upsert: true });
    this.seenAt = now;
  }

  /** A living one that is ended begins again, as after any conflict. */
  private async endOthers(session: ClientSession): Promise<void> {
    const others = await this.writers.find({ _id: { $ne: session.id?.id } }).toArray();
    if (others.length === 0) return;
    await this.db.command({ killSessions: others.map(({ _id }) => ({ id: _id })) });
  }
}

/** How often and how long it was tried. */
class Attempts {
  late: StoreUnavailable | undefined;
  private count = 0;
  private hasEndedOthers = false;
  private readonly since = performance.now();

  /** True once, when it is time to end what stands in the way. Ended too often, nobody would ever get through. */
  another(): boolean {
    // Whoever waited for it has gone: another try would be one too many.
    if (this.late) throw this.late;
    const due = ++this.count > 1 && performance.now() - this.since > DEAD_AFTER_MS && !this.hasEndedOthers;
    this.hasEndedOthers ||= due;
    return due;
  }
}
