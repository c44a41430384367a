import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

/** Writes an answer of many messages no faster than its reader takes them. */
export class Outlet {
  private over = false;
  private waiting: (() => void) | undefined;

  /** @param sent counts the messages of all outlets */
  constructor(
    private readonly call: ReadCall,
    private readonly sent: { messages: number },
  ) {
    call.on('drain', () => this.wake());
    for (const end of ['cancelled', 'close', 'finish']) {
      call.on(end, () => {
        this.over = true;
        this.wake();
      });
    }
  }

  /** Also when it has been ended and what was written before is still on its way: one more would break it. */
  get isOver(): boolean {
    return this.over || this.call.cancelled || this.call.writableEnded;
  }

  /** @returns nothing where the reader can take more, else a promise that ends when it can, or when it is gone */
  write(message: ReadResp): Promise<void> | undefined {
    if (this.isOver) return undefined;
    this.sent.messages++;
    if (this.call.write(message)) return undefined;
    return this.until(() => undefined);
  }

  /**
   * Ends at the first of: what `begin` waits for calls back; the reader is gone.
   * @param begin may hand back how to stop waiting
   */
  async until(begin: (then: () => void) => (() => void) | undefined): Promise<void> {
    if (this.isOver) return;
    let stop: (() => void) | undefined;
    await new Promise<void>((resolve) => {
      this.waiting = resolve;
      stop = begin(resolve);
    });
    this.waiting = undefined;
    stop?.();
  }

  private wake(): void {
    this.waiting?.();
  }
}
