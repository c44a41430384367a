import { pause } from '../server';
import type { HttpConnection } from '../http-client';
import type { Server } from '../server';

const EVERY_MS = 2;

/** Asks again and again whether a server is alive, and keeps how long each answer took. */
export class Pinger {
  private stopped = false;
  private readonly ended: Promise<number[]>;

  private constructor(private readonly connection: HttpConnection) {
    this.ended = this.run();
    // Whoever measures may fail before it looks at the waits.
    this.ended.catch(() => undefined);
  }

  /** Its connection has been taken up already: what it measures is requests. */
  static async start(server: Server): Promise<Pinger> {
    const connection = await server.connect();
    await connection.get('/health/live');
    return new Pinger(connection);
  }

  /** The waits in milliseconds. */
  stop(): Promise<number[]> {
    this.stopped = true;
    return this.ended;
  }

  private async run(): Promise<number[]> {
    const times: number[] = [];
    while (!this.stopped) {
      const startedAt = performance.now();
      await this.connection.get('/health/live');
      times.push(performance.now() - startedAt);
      await pause(EVERY_MS);
    }
    this.connection.close();
    return times;
  }
}
