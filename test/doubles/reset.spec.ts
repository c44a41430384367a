import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { reset } from './reset';

describe('a reset', () => {
  let server: Server;
  let client: Socket;
  let peer: Socket;

  beforeEach(async () => {
    server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    client = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    [peer] = (await once(server, 'connection')) as [Socket];
    peer.resume();
    if (client.connecting) await once(client, 'connect');
  });

  afterEach(async () => {
    peer.destroy();
    server.close();
    await once(server, 'close');
  });

  it('is seen by the peer as one', async () => {
    const seen = once(peer, 'error');
    client.write('half of a requ');
    reset(client);
    expect(await seen).toEqual([expect.objectContaining({ code: 'ECONNRESET' })]);
  });

  it('closes a connection that is just being ended, without an error', async () => {
    const errors: Error[] = [];
    client.on('error', (error) => errors.push(error));
    const [seen, closed] = [once(peer, 'end'), once(client, 'close')];
    client.end('the whole request');
    reset(client);
    await Promise.all([seen, closed]);
    expect(errors).toEqual([]);
  });
});
