import type { Socket } from 'node:net';
import { reset } from './reset';

export type Direction = 'to the server' | 'to the client';

/** What becomes of bytes on their way; read anew for each piece. */
export interface Way {
  /** They arrive so much later. */
  readonly delayMs: number;
  /** They never arrive. */
  readonly swallows: boolean;
}

/** Told of each piece before it goes on; hands back what of it may go on. */
export type Watch = (link: TcpLink, direction: Direction, bytes: Buffer) => Buffer;

/** One connection through the proxy: the client's socket and ours to the server. */
export class TcpLink {
  /** Bytes were lost on it: what follows would make no sense to anybody. */
  isTorn = false;
  private over = false;

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    private readonly way: () => Way,
    private readonly watch: Watch,
    onEnd: (link: TcpLink) => void,
  ) {
    this.forward(client, server, 'to the server');
    this.forward(server, client, 'to the client');
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      // Also where the server refuses: the client was already let in, and sees a reset.
      socket.on('error', () => this.cut('reset'));
      socket.on('close', () => {
        this.cut('destroy');
        onEnd(this);
      });
    }
  }

  cut(how: 'reset' | 'destroy'): void {
    this.over = true;
    for (const socket of [this.client, this.server]) {
      if (socket.destroyed) continue;
      if (how === 'reset') reset(socket);
      else socket.destroy();
    }
  }

  private forward(from: Socket, to: Socket, direction: Direction): void {
    /** In order, whichever timer is first; nothing stands for the end. */
    const queue: (Buffer | undefined)[] = [];
    const passOn = () => {
      const bytes = queue.shift();
      if (this.over) return;
      if (!bytes) to.end();
      else if (!to.write(bytes)) from.pause();
    };
    const send = (bytes: Buffer | undefined) => {
      const { delayMs } = this.way();
      queue.push(bytes);
      if (delayMs === 0 && queue.length === 1) passOn();
      else setTimeout(passOn, delayMs);
    };
    from.on('data', (bytes) => {
      if (this.over) return;
      if (this.way().swallows) return void (this.isTorn = true);
      const rest = this.watch(this, direction, bytes);
      if (rest.length > 0) send(rest);
    });
    from.on('end', () => send(undefined));
    to.on('drain', () => from.resume());
  }
}
