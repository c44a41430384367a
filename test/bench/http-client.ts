import type { Socket } from 'node:net';
import { connect } from 'node:net';

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * One kept connection that sends one request at a time: next to nothing of the machine is spent on the client,
 * which shares its two cores with what is measured.
 */
export class HttpConnection {
  private received: Buffer = Buffer.alloc(0);
  private waiting: { resolve: (answer: HttpAnswer) => void; reject: (error: Error) => void } | undefined;

  private constructor(
    private readonly socket: Socket,
    private readonly host: string,
  ) {
    socket.setNoDelay(true);
    socket.on('data', (part) => this.take(part));
    socket.on('close', () => this.waiting?.reject(new Error('the server closed the connection')));
    socket.on('error', (error) => this.waiting?.reject(error));
  }

  static async open(port: number): Promise<HttpConnection> {
    const socket = connect(port, '127.0.0.1');
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return new HttpConnection(socket, `127.0.0.1:${port}`);
  }

  get(path: string): Promise<HttpAnswer> {
    return this.send(`GET ${path} HTTP/1.1\r\nhost: ${this.host}\r\naccept: application/json\r\n\r\n`);
  }

  post(path: string, body: string): Promise<HttpAnswer> {
    const length = Buffer.byteLength(body);
    const head = `POST ${path} HTTP/1.1\r\nhost: ${this.host}\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;
    return this.send(head + body);
  }

  close(): void {
    this.socket.destroy();
  }

  private send(text: string): Promise<HttpAnswer> {
    if (this.waiting) throw new Error('a connection sends one request at a time');
    if (this.socket.destroyed) return Promise.reject(new Error('the server has closed the connection'));
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket.write(text);
    });
  }

  private take(part: Buffer): void {
    this.received = this.received.length === 0 ? part : Buffer.concat([this.received, part]);
    const headEnd = this.received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const head = this.received.toString('latin1', 0, headEnd);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    if (length === undefined)
      return this.socket.destroy(new Error(`an answer without a length: ${head}`)) as never;
    const end = headEnd + 4 + Number(length);
    if (this.received.length < end) return;
    const answer = {
      status: Number(head.slice(9, 12)),
      body: this.received.toString('utf8', headEnd + 4, end),
    };
    this.received = this.received.subarray(end);
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.resolve(answer);
  }
}
