import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import type { Duplex } from 'node:stream';
import { HeldSocket } from './held-socket';

export type Cut = 'reset' | 'destroy';

const HOST = '127.0.0.1';

/** The double's own listener, so that connections can be cut, reset and held. */
export class Connections {
  private readonly sockets = new Set<HeldSocket>();
  /** Accepted in silence: nobody behind has heard of them yet. */
  private readonly unheard = new Set<HeldSocket>();
  private silent = false;

  private constructor(
    private readonly server: Server,
    private readonly inject: (socket: Duplex) => void,
  ) {
    server.on('connection', (raw) => {
      const socket = new HeldSocket(raw);
      this.sockets.add(socket);
      socket.once('close', () => {
        this.sockets.delete(socket);
        this.unheard.delete(socket);
      });
      if (!this.silent) return this.inject(socket);
      socket.hold();
      this.unheard.add(socket);
    });
  }

  /** @param port 0 for any that is free */
  static async listen(port: number, inject: (socket: Duplex) => void): Promise<Connections> {
    const server = createServer({ noDelay: true });
    const connections = new Connections(server, inject);
    server.listen(port, HOST);
    await once(server, 'listening');
    return connections;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get count(): number {
    return this.sockets.size;
  }

  /** @param alone the one of them to be cut; without it all are */
  cut(how: Cut, alone?: unknown): void {
    for (const socket of this.sockets) {
      if (alone !== undefined && socket !== alone) continue;
      if (how === 'reset') socket.reset();
      else socket.destroy();
    }
  }

  silence(): void {
    this.silent = true;
    for (const socket of this.sockets) socket.hold();
  }

  speak(): void {
    this.silent = false;
    for (const socket of this.sockets) socket.release();
    for (const socket of this.unheard) this.inject(socket);
    this.unheard.clear();
  }

  async close(how: Cut): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.cut(how);
    await closed;
  }

  /** From then on connections are refused; those that are there stay. */
  stopListening(): void {
    this.server.close();
  }
}
