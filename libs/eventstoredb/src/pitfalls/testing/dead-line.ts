import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/**
 * A line to a server that can die without a word, as where a router forgets a connection: what is sent on it is
 * lost, nobody is told, and new connections are well.
 */
export class DeadLine {
  private readonly lines = new Set<readonly [Socket, Socket]>();

  private constructor(private readonly server: ReturnType<typeof createServer>) {}

  static async to(port: number): Promise<DeadLine> {
    const server = createServer();
    const line = new DeadLine(server);
    server.on('connection', (client) => line.join(client, connect({ port, host: '127.0.0.1' })));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return line;
  }

  get url(): string {
    return `esdb://127.0.0.1:${(this.server.address() as AddressInfo).port}?tls=false`;
  }

  get connections(): number {
    return this.lines.size;
  }

  /** What is connected now is dead from now on. */
  die(): void {
    for (const sockets of this.lines) {
      for (const socket of sockets) {
        socket.removeAllListeners('data');
        socket.resume();
      }
    }
  }

  async close(): Promise<void> {
    for (const sockets of this.lines) for (const socket of sockets) socket.destroy();
    this.server.close();
  }

  private join(client: Socket, server: Socket): void {
    const both = [client, server] as const;
    this.lines.add(both);
    for (const [from, to] of [both, [server, client]] as const) {
      from.on('data', (bytes) => to.write(bytes));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        to.destroy();
        this.lines.delete(both);
      });
    }
  }
}
