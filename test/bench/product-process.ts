import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PeakMemory } from './child';
import { ROOT } from './scratch';

const LONGEST_START_MS = 60_000;
const SAID_LAST = 10_000;

export interface ProductProcessOptions {
  readonly app: 'api' | 'projector';
  readonly nodeFlags: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** An application of the product that serves until it is stopped. */
export class ProductProcess {
  private said = '';
  private listensAt: number | undefined;
  private readonly memory: PeakMemory;

  private constructor(
    private readonly child: ChildProcess,
    private readonly signal: AbortSignal,
  ) {
    this.memory = new PeakMemory(child.pid ?? 0);
    child.on('error', () => undefined);
    for (const stream of [child.stdout, child.stderr])
      stream
        ?.setEncoding('utf8')
        .on('data', (text: string) => (this.said = (this.said + text).slice(-SAID_LAST)));
  }

  /** Resolves when it has said where it listens. @throws with what it said instead */
  static async start({ app, nodeFlags, env, signal }: ProductProcessOptions): Promise<ProductProcess> {
    const main = join(ROOT, `dist/apps/${app}/src/main.js`);
    const child = spawn(process.execPath, [...nodeFlags, '--disable-warning=ExperimentalWarning', main], {
      env: { PATH: process.env['PATH'], NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
    });
    const started = new ProductProcess(child, signal);
    for (const deadline = Date.now() + LONGEST_START_MS; Date.now() < deadline; await delay(10)) {
      const port = /(?: at|how it is:) https?:\/\/\S+?:(\d+)/.exec(started.said)?.[1];
      if (port !== undefined) {
        started.listensAt = Number(port);
        return started;
      }
      if (started.hasEnded || signal.aborted) break;
    }
    started.memory.stop();
    child.kill('SIGKILL');
    throw new Error(`the ${app} did not start:\n${started.said}`);
  }

  get port(): number {
    if (this.listensAt === undefined) throw new Error('it does not listen yet');
    return this.listensAt;
  }

  /** What it printed last. */
  get output(): string {
    return this.said;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  get peakMegabytes(): number {
    return this.memory.megabytes;
  }

  /** In good order, unless the whole run is cancelled: its stores may be gone already then. */
  async stop(): Promise<void> {
    this.memory.stop();
    if (this.hasEnded) return;
    const ended = once(this.child, 'close');
    this.child.kill(this.signal.aborted ? 'SIGKILL' : 'SIGTERM');
    await ended;
  }
}
