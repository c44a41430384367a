import type { Socket } from 'node:net';

/**
 * Breaks a connection: the peer sees ECONNRESET. One that is just being ended is closed instead: Node refuses to
 * reset it (EINVAL), never closes it after that, and the process could not end any more.
 */
export function reset(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}
