import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { TcpProxy } from './tcp-proxy';

/** Answers each line with "<line>!", and remembers what it has read. */
class Echo {
  read = '';

  private constructor(private readonly server: Server) {
    server.on('connection', (socket: Socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => {
        this.read += bytes.toString();
        socket.write(bytes.toString().replaceAll('\n', '!\n'));
      });
    });
  }

  static async start(): Promise<Echo> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Echo(server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  stop(): void {
    this.server.close();
  }
}

/** A client that keeps what it was sent, and how its connection ended. */
class Caller {
  received = '';
  ended: string | undefined;

  private constructor(readonly socket: Socket) {
    socket.on('data', (bytes) => (this.received += bytes.toString()));
    socket.on('error', (error: NodeJS.ErrnoException) => (this.ended ??= error.code));
    socket.on('end', () => (this.ended ??= 'end'));
  }

  static async connect(port: number): Promise<Caller> {
    const socket = connect({ host: '127.0.0.1', port });
    const caller = new Caller(socket);
    await once(socket, 'connect');
    return caller;
  }

  say(line: string): void {
    this.socket.write(`${line}\n`);
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(2);
}

describe('a TCP proxy', () => {
  let echo: Echo;
  let proxy: TcpProxy;

  beforeEach(async () => {
    echo = await Echo.start();
    proxy = await TcpProxy.start({ to: { host: '127.0.0.1', port: echo.port } });
  });

  afterEach(async () => {
    await proxy.close();
    echo.stop();
  });

  it('passes on what both sides say, and counts its connections', async () => {
    const [a, b] = [await Caller.connect(proxy.port), await Caller.connect(proxy.port)];
    a.say('one');
    b.say('two');
    await until(() => a.received === 'one!\n' && b.received === 'two!\n');
    expect(proxy.connections).toBe(2);

    a.socket.end();
    await until(() => proxy.connections === 1);
    b.say('three');
    await until(() => b.received === 'two!\nthree!\n');
  });

  it('passes on megabytes whole, though the reader is slow', async () => {
    const a = await Caller.connect(proxy.port);
    a.socket.pause();
    a.say('x'.repeat(20_000_000));
    await pause(50);
    a.socket.resume();
    await until(() => a.received.length === 20_000_002);
    expect(a.received.endsWith('x!\n')).toBe(true);
  });

  it.each([
    ['reset', 'ECONNRESET'],
    ['destroy', 'end'],
  ] as const)('cuts (%s), and takes new connections', async (how, seen) => {
    const a = await Caller.connect(proxy.port);
    a.say('one');
    await until(() => a.received === 'one!\n');

    proxy.cut(how);

    await until(() => a.ended !== undefined);
    expect(a.ended).toBe(seen);
    const b = await Caller.connect(proxy.port);
    b.say('two');
    await until(() => b.received === 'two!\n');
  });

  it('delays each way, and keeps the order', async () => {
    const a = await Caller.connect(proxy.port);
    proxy.delay(50);
    const begun = performance.now();
    for (const line of ['one', 'two', 'three']) {
      a.say(line);
      await pause(2);
    }
    await until(() => a.received.endsWith('three!\n'));
    expect(performance.now() - begun).toBeGreaterThanOrEqual(99);
    expect(a.received).toBe('one!\ntwo!\nthree!\n');
  });

  it('is a black hole for old and new connections, until it is healed', async () => {
    const old = await Caller.connect(proxy.port);
    const idle = await Caller.connect(proxy.port);
    old.say('one');
    await until(() => old.received === 'one!\n');

    proxy.blackHole();
    old.say('two');
    const fresh = await Caller.connect(proxy.port);
    fresh.say('three');
    await pause(50);
    expect([echo.read, old.received, fresh.received]).toEqual(['one\n', 'one!\n', '']);
    expect([old.ended, fresh.ended]).toEqual([undefined, undefined]);

    await proxy.heal();
    await until(() => old.ended === 'ECONNRESET' && fresh.ended === 'ECONNRESET');
    // It had lost nothing.
    idle.say('four');
    await until(() => idle.received === 'four!\n');
  });

  it('refuses, until it is healed on the same port', async () => {
    const old = await Caller.connect(proxy.port);
    await proxy.refuse();
    await until(() => old.ended !== undefined);
    await expect(Caller.connect(proxy.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });

    await proxy.heal();
    const fresh = await Caller.connect(proxy.port);
    fresh.say('one');
    await until(() => fresh.received === 'one!\n');
  });

  it('cuts after so many bytes to the client, once', async () => {
    const a = await Caller.connect(proxy.port);
    proxy.cutAfterBytes(6, 'to the client');
    a.say('one');
    await until(() => a.received === 'one!\n');
    a.say('two');
    await until(() => a.ended === 'ECONNRESET');
    expect(a.received).toBe('one!\nt');
    expect(echo.read).toBe('one\ntwo\n');

    const b = await Caller.connect(proxy.port);
    b.say('three, and more than six bytes');
    await until(() => b.received.endsWith('!\n'));
  });

  it('cuts after so many bytes to the server', async () => {
    const a = await Caller.connect(proxy.port);
    proxy.cutAfterBytes(2, 'to the server');
    a.say('one');
    await until(() => a.ended === 'ECONNRESET');
    expect(echo.read).toBe('on');
  });

  it('loses the reply to one request that arrived, and leaves other connections alone', async () => {
    const [a, b] = [await Caller.connect(proxy.port), await Caller.connect(proxy.port)];
    const lost = proxy.loseReplyTo('commit');
    a.say('begin');
    await until(() => a.received === 'begin!\n');
    // Also when the text is torn over two pieces.
    a.socket.write('com');
    await pause(5);
    a.socket.write('mit\n');
    b.say('other');
    await lost;

    await until(() => a.ended === 'ECONNRESET');
    expect(a.received.replace('com', '')).toBe('begin!\n');
    expect(echo.read).toContain('mit\n');
    expect(b.received).toBe('other!\n');
    b.say('commit');
    await until(() => b.received === 'other!\ncommit!\n');
  });

  it('breaks the connection when the server is not there', async () => {
    echo.stop();
    const a = await Caller.connect(proxy.port);
    await until(() => a.ended !== undefined);
    expect(a.ended).toBe('ECONNRESET');
  });
});
