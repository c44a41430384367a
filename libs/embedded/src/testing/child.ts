import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A process of its own that runs a few lines of our code, to be killed at any moment. */
export class Child {
  readonly lines: string[] = [];
  private readonly process: ChildProcess;
  private readonly ended: Promise<unknown>;

  /** @param source JavaScript in which `embedded` is this room and `argument` is what is handed over */
  constructor(source: string, argument: string) {
    const script = `const embedded = require(${JSON.stringify(join(__dirname, '../index.ts'))});
      const argument = ${JSON.stringify(argument)};
      ${source}`;
    const hook = join(__dirname, 'typescript-hook.cjs');
    this.process = spawn(process.execPath, ['--require', hook, '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.ended = once(this.process, 'close');
    if (!this.process.stdout) throw new Error('a child without an output');
    createInterface(this.process.stdout).on('line', (line) => this.lines.push(line));
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  /** Waits until it has printed so many lines. */
  async printed(count: number): Promise<void> {
    while (this.lines.length < count) {
      if (this.process.exitCode !== null) throw new Error(`the child ended with ${this.process.exitCode}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Waits until it has ended by itself. All its lines have come then. */
  async end(): Promise<void> {
    await this.ended;
  }

  /** As a power cut would, apart from the page cache: no handler runs. All its lines have come then. */
  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.ended;
  }
}
