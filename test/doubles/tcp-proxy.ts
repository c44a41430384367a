import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import type { Direction, Way } from './tcp-link';
import { TcpLink } from './tcp-link';

export interface Address {
  readonly host: string;
  readonly port: number;
}

const HOST = '127.0.0.1';

/** A server has so long to carry out what it has read before the connection breaks under its answer. */
const CARRIED_OUT_MS = 60;

const AS_AT_FIRST: Way = { delayMs: 0, swallows: false };
const NOTHING = Buffer.alloc(0);

/**
 * A proxy in front of any server, so that a test can break what lies between it and its client.
 *
 *     const proxy = await TcpProxy.start({ to: { host: '127.0.0.1', port: 2113 } });
 *     proxy.port                          // the client connects there
 *     proxy.cut('reset')                  // all connections; new ones are taken
 *     proxy.delay(100)                    // each way, in ms
 *     proxy.blackHole()                   // takes connections and bytes, and passes nothing on
 *     await proxy.refuse()                // ECONNREFUSED
 *     await proxy.heal()                  // as at first; connections that lost bytes are reset
 *     proxy.cutAfterBytes(100, 'to the client')
 *     await proxy.loseReplyTo('text')     // the next request with this text arrives, its answer does not
 *     await proxy.close()
 */
export class TcpProxy {
  private readonly links = new Set<TcpLink>();
  private way: Way = AS_AT_FIRST;
  private limit: { left: number; readonly direction: Direction } | undefined;
  private lost: LostReply | undefined;
  private server: Server | undefined;
  private knownPort = 0;

  private constructor(private readonly to: Address) {}

  static async start({ to, port = 0 }: { to: Address; port?: number }): Promise<TcpProxy> {
    const proxy = new TcpProxy(to);
    await proxy.listen(port);
    return proxy;
  }

  get port(): number {
    return this.knownPort;
  }

  /** How many connections go through it now. */
  get connections(): number {
    return this.links.size;
  }

  cut(how: 'reset' | 'destroy'): void {
    for (const link of [...this.links]) link.cut(how);
  }

  delay(ms: number): void {
    this.way = { ...this.way, delayMs: ms };
  }

  blackHole(): void {
    this.way = { ...this.way, swallows: true };
  }

  /** Nobody listens any more, and the connections that were there are broken. */
  async refuse(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    const closed = server && new Promise<void>((resolve) => server.close(() => resolve()));
    this.cut('reset');
    await closed;
  }

  async heal(): Promise<void> {
    this.way = AS_AT_FIRST;
    this.limit = undefined;
    this.lost = undefined;
    for (const link of [...this.links]) if (link.isTorn) link.cut('reset');
    if (!this.server) await this.listen(this.knownPort);
  }

  /** Breaks the connection that passes the limit, once; so many bytes arrive, counted over all from now on. */
  cutAfterBytes(bytes: number, direction: Direction): void {
    this.limit = { left: bytes, direction };
  }

  /**
   * Lets the next request with this text arrive, but none of what comes back on its connection, which is cut when
   * the server has had time to carry the request out.
   * @returns ends with the cut
   */
  loseReplyTo(text: string): Promise<void> {
    return new Promise((onCut) => {
      this.lost = { text, onCut, seen: new WeakMap() };
    });
  }

  async close(): Promise<void> {
    await this.refuse();
  }

  private async listen(port: number): Promise<void> {
    const server = createServer({ allowHalfOpen: true }, (client) => {
      const upstream = connect({ ...this.to, allowHalfOpen: true });
      const link = new TcpLink(
        client,
        upstream,
        () => this.way,
        (one, direction, bytes) => this.passed(one, direction, bytes),
        (one) => this.links.delete(one),
      );
      this.links.add(link);
    });
    server.listen(port, HOST);
    await once(server, 'listening');
    this.server = server;
    this.knownPort = (server.address() as AddressInfo).port;
  }

  private passed(link: TcpLink, direction: Direction, bytes: Buffer): Buffer {
    if (link.isTorn) return NOTHING;
    return this.withoutReply(link, direction, this.upToLimit(link, direction, bytes));
  }

  private upToLimit(link: TcpLink, direction: Direction, bytes: Buffer): Buffer {
    const { limit } = this;
    if (limit?.direction !== direction) return bytes;
    limit.left -= bytes.length;
    if (limit.left >= 0) return bytes;
    this.limit = undefined;
    // What is written just before a reset is lost with it.
    setTimeout(() => link.cut('reset'), CARRIED_OUT_MS);
    link.isTorn = true;
    return bytes.subarray(0, bytes.length + limit.left);
  }

  private withoutReply(link: TcpLink, direction: Direction, bytes: Buffer): Buffer {
    const { lost } = this;
    if (!lost) return bytes;
    if (direction === 'to the client') return lost.of === link ? NOTHING : bytes;
    if (lost.of) return bytes;
    // A text can be torn over two pieces.
    const both = Buffer.concat([lost.seen.get(link) ?? NOTHING, bytes]);
    lost.seen.set(link, both.subarray(Math.max(0, both.length - Buffer.byteLength(lost.text) + 1)));
    if (!both.includes(lost.text)) return bytes;
    lost.of = link;
    setTimeout(() => {
      link.cut('reset');
      if (this.lost === lost) this.lost = undefined;
      lost.onCut();
    }, CARRIED_OUT_MS);
    return bytes;
  }
}

interface LostReply {
  readonly text: string;
  readonly onCut: () => void;
  /** The end of what was seen on each connection. */
  readonly seen: WeakMap<TcpLink, Buffer>;
  of?: TcpLink;
}
