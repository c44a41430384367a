import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { StoreUnavailable } from '@ledger/event-sourcing';
import { inOurWords } from './mongo-errors';

/** What a write says on a connection that the other side, or we ourselves, have closed. */
async function errorOfAWrite(close: (socket: Socket, peer: Socket) => void): Promise<unknown> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' });
  const [peer] = (await once(server, 'connection')) as [Socket];
  if (socket.connecting) await once(socket, 'connect');
  close(socket, peer);
  if (!socket.destroyed) await once(socket.resume(), 'end');
  try {
    return await new Promise<unknown>((resolve) => {
      socket.on('error', () => undefined).write('a question', resolve);
    });
  } finally {
    socket.destroy();
    server.close();
  }
}

describe('an error of a closed connection', () => {
  it.each([
    ['the other side has closed', (_socket: Socket, peer: Socket) => void peer.end()],
    ['we have closed', (socket: Socket) => void socket.destroy()],
  ])('means that the store cannot be used now: %s', async (_who, close) => {
    const error = await errorOfAWrite(close);
    expect(error).toMatchObject({ code: expect.any(String) as string });
    expect(inOurWords(error, 'mongodb://models/ledger')).toBeInstanceOf(StoreUnavailable);
  });

  it('is no mistake of ours, which stays what it is', () => {
    const mistake = new TypeError('undefined is not a function');
    expect(inOurWords(mistake, 'mongodb://models/ledger')).toBe(mistake);
  });
});
