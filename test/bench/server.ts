import { HttpConnection } from './http-client';
import { ProductProcess } from './product-process';

/** As the script `start` of package.json starts it. */
const NODE_FLAGS = ['--max-semi-space-size=4', '--heap-growing-percent=40'];

/** The product as it is served, on whatever stores its environment names. */
export class Server {
  private constructor(private readonly process: ProductProcess) {}

  /** Resolves when it listens; it may still be projecting then: see {@link ready}. */
  static async start(stores: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Server> {
    const env = { PORT: '0', ...stores };
    return new Server(await ProductProcess.start({ app: 'api', nodeFlags: NODE_FLAGS, env, signal }));
  }

  get port(): number {
    return this.process.port;
  }

  /** Waits until everything that was in the log at the start is projected. */
  async ready(longestMs: number): Promise<void> {
    const connection = await this.connect();
    try {
      for (const deadline = Date.now() + longestMs; Date.now() < deadline; await pause(100)) {
        if ((await connection.get('/health/ready')).status === 200) return;
      }
      throw new Error(`the server was not ready after ${longestMs / 1_000} s:\n${this.process.output}`);
    } finally {
      connection.close();
    }
  }

  connect(): Promise<HttpConnection> {
    return HttpConnection.open(this.port);
  }

  get peakMegabytes(): number {
    return this.process.peakMegabytes;
  }

  stop(): Promise<void> {
    return this.process.stop();
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
