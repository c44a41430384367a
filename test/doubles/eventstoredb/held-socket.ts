import { Duplex } from 'node:stream';
import type { Socket } from 'node:net';
import { reset } from '../reset';

/**
 * A socket that can be held: nothing is read from it and nothing goes out, while the system keeps the connection up.
 * It stands between the real socket and HTTP/2, which would otherwise take the socket over.
 */
export class HeldSocket extends Duplex {
  private held = false;
  private kept: (() => void) | undefined;

  constructor(private readonly socket: Socket) {
    super();
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      if (!this.push(chunk)) socket.pause();
    });
    socket.on('end', () => this.push(null));
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => this.destroy());
    // A connection that breaks is what the double is for.
    this.on('error', () => undefined);
  }

  hold(): void {
    this.held = true;
    this.socket.pause();
  }

  release(): void {
    this.held = false;
    this.kept?.();
    this.kept = undefined;
    this.socket.resume();
  }

  /** The peer sees ECONNRESET. */
  reset(): void {
    reset(this.socket);
  }

  override _read(): void {
    if (!this.held) this.socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.send(() => this.socket.write(chunk, done));
  }

  override _writev(
    chunks: readonly { readonly chunk: Buffer }[],
    done: (error?: Error | null) => void,
  ): void {
    this.send(() => this.socket.write(Buffer.concat(chunks.map(({ chunk }) => chunk)), done));
  }

  override _final(done: () => void): void {
    this.send(() => this.socket.end(done));
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.socket.destroy();
    done(error);
  }

  private send(write: () => void): void {
    if (this.held) this.kept = write;
    else write();
  }
}
