import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PeakMemory } from './child';
import { HttpConnection } from './http-client';
import { ROOT } from './scratch';

const MAIN = join(ROOT, 'dist/apps/api/src/main.js');
/** As the script `start` of package.json starts it. */
const NODE_FLAGS = [
  ...['--max-semi-space-size=4', '--heap-growing-percent=40'],
  '--disable-warning=ExperimentalWarning',
];
const LONGEST_START_MS = 60_000;

/** The product as it is served, on a data folder. */
export class Server {
  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
    private readonly memory: PeakMemory,
  ) {}

  /** Resolves when it listens; it may still be projecting then: see {@link ready}. */
  static async start(dataDir: string, signal: AbortSignal): Promise<Server> {
    const child = spawn(process.execPath, [...NODE_FLAGS, MAIN], {
      env: { PATH: process.env['PATH'], NO_COLOR: '1', PORT: '0', DATA_DIR: dataDir },
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
    });
    child.on('error', () => undefined);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-10_000)));
    for (const deadline = Date.now() + LONGEST_START_MS; Date.now() < deadline; await pause(10)) {
      const port = / at https?:\/\/\S+?:(\d+)/.exec(output)?.[1];
      if (port !== undefined) return new Server(child, Number(port), new PeakMemory(child.pid ?? 0));
      if (child.exitCode !== null || child.signalCode !== null || signal.aborted) break;
    }
    child.kill('SIGKILL');
    throw new Error(`the server did not start:\n${output}`);
  }

  /** Waits until everything that was in the log at the start is projected. */
  async ready(longestMs: number): Promise<void> {
    const connection = await this.connect();
    try {
      for (const deadline = Date.now() + longestMs; Date.now() < deadline; await pause(100)) {
        if ((await connection.get('/health/ready')).status === 200) return;
      }
      throw new Error(`the server was not ready after ${longestMs / 1_000} s`);
    } finally {
      connection.close();
    }
  }

  connect(): Promise<HttpConnection> {
    return HttpConnection.open(this.port);
  }

  get peakMegabytes(): number {
    return this.memory.megabytes;
  }

  async stop(): Promise<void> {
    this.memory.stop();
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'close');
    this.child.kill('SIGTERM');
    await ended;
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
