import { Server } from '../server';

const LONGEST_PROJECTION_MS = 3_600_000;

/** A server that knows the whole log, for as long as the work takes. */
export async function serving(
  folder: string,
  signal: AbortSignal,
  work: (server: Server) => Promise<void>,
): Promise<void> {
  const server = await Server.start({ DATA_DIR: folder }, signal);
  try {
    await server.ready(LONGEST_PROJECTION_MS);
    await work(server);
  } finally {
    await server.stop();
  }
}
