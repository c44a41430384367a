import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { CliRun } from '../e2e/support/cli';

const MAIN = resolve(__dirname, '../../dist/apps/cli/src/main.js');

const victims = new Set<Victim>();
afterAll(() => victims.forEach((victim) => void victim.kill()));

/** A command of the built CLI, in a process of its own that is killed or ends by itself. */
export class Victim {
  private readonly child: ChildProcess;
  private readonly ended: Promise<CliRun>;
  private stdout = '';
  private stderr = '';

  constructor(dataDir: string, args: readonly string[]) {
    this.child = spawn(process.execPath, [MAIN, ...args], {
      env: { PATH: process.env['PATH'], NO_COLOR: '1', DATA_DIR: dataDir },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.ended = once(this.child, 'close').then(([code]) => {
      victims.delete(this);
      return { code: code as number | null, stdout: this.stdout, stderr: this.stderr };
    });
    victims.add(this);
  }

  /** It has opened the folder and begun to read: a bar is shown from then on. */
  get started(): boolean {
    return this.stderr !== '';
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** SIGKILL, where it has not ended before: `code` is null then. */
  kill(): Promise<CliRun> {
    this.child.kill('SIGKILL');
    return this.ended;
  }

  end(): Promise<CliRun> {
    return this.ended;
  }
}
