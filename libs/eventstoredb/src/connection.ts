import type { EventStoreDBClient } from '@eventstore/db-client';
import { StoreUnavailable } from '@ledger/event-sourcing';
import { pause, waitMs } from '@ledger/projections';
import type { ConnectionString } from './connection-string';
import { isForLater, isSilence, NoAnswer, storeError } from './errors';
import { OwnClient } from './own-client';

export interface Timing {
  /** How long one call may go without a sign of life. */
  readonly attemptMs: number;
  /** How long calls are made again before the caller is told that the store is unavailable. */
  readonly patienceMs: number;
}

/** The server ends a write by itself after 2 s: the second attempt then learns what became of it. */
export const TIMING: Timing = { attemptMs: 3_000, patienceMs: 6_000 };

/** A peer that is silent does not even hear that we leave. */
const CLOSED_WITHIN_MS = 1_000;

/** One client of the server, renewed when the peer is silent: nothing that waits on such a client ever settles. */
export class Connection {
  private current: OwnClient;
  private readonly closing = new AbortController();

  constructor(
    readonly string: ConnectionString,
    readonly timing: Timing,
  ) {
    this.current = this.connect();
  }

  get client(): EventStoreDBClient {
    return this.current.client;
  }

  /** Given when the connection is closed. */
  get closed(): AbortSignal {
    return this.closing.signal;
  }

  /**
   * Makes a call until it is answered, as long as patience lasts. It may have been carried out before: only calls
   * that may be made twice.
   * @throws StoreUnavailable when nobody knows what became of it
   */
  async insist<Answer>(what: string, call: (client: EventStoreDBClient) => Promise<Answer>): Promise<Answer> {
    const giveUpAt = performance.now() + this.timing.patienceMs;
    for (let failures = 1; ; failures++) {
      this.requireOpen();
      const { client } = this;
      try {
        return await call(client);
      } catch (error) {
        if (isSilence(error)) this.renew(client);
        const ms = waitMs(failures);
        if (!isForLater(error) || performance.now() + ms > giveUpAt) throw storeError(what, error);
        await pause(ms, this.closed);
      }
    }
  }

  /** Gives up a client that is silent. Whatever else waits on it is cancelled, and asked again of the new one. */
  renew(silent: EventStoreDBClient): void {
    const { current } = this;
    if (this.isGivenUp(silent)) return;
    this.current = this.connect();
    void current.release().catch(() => undefined);
  }

  /** Whether what is read with this client may end too early, as if it were complete. */
  isGivenUp(client: EventStoreDBClient): boolean {
    return client !== this.client || this.closed.aborted;
  }

  /** Without it the process would not end. */
  async close(): Promise<void> {
    if (this.closed.aborted) return;
    this.closing.abort();
    await within(CLOSED_WITHIN_MS, 'closing', this.current.release()).catch(() => undefined);
  }

  requireOpen(): void {
    if (this.closed.aborted) throw new StoreUnavailable(`${this.string.shown}: the connection is closed`);
  }

  private connect(): OwnClient {
    return new OwnClient(this.string.full);
  }
}

/** Rejects with {@link NoAnswer} when there is none in time; what comes later is let go. */
export async function within<Answer>(ms: number, what: string, answer: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new NoAnswer(what, ms)), ms);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
