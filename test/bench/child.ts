import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

export interface ChildResult<Result> {
  readonly result: Result;
  /** Its whole life, in seconds. */
  readonly seconds: number;
  readonly peakMegabytes: number;
}

export interface ChildOptions {
  readonly signal?: AbortSignal;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** As the script `cli` of package.json starts a command. */
const NODE_FLAGS = ['--max-semi-space-size=8', '--disable-warning=ExperimentalWarning'];

/**
 * Runs one measurement in a process of its own, so that memory and compiled code of another do not count.
 * @returns what it printed last, as JSON
 * @throws when it ends with another code than 0
 */
export async function inChild<Result>(
  script: string,
  args: readonly (string | number)[],
  { signal, env, cwd }: ChildOptions = {},
): Promise<ChildResult<Result>> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...NODE_FLAGS, script, ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], NO_COLOR: '1', ...env },
    ...(signal && { signal }),
    ...(cwd !== undefined && { cwd }),
  });
  const peak = new PeakMemory(child.pid ?? 0);
  const ended = once(child, 'close');
  // Looked at below; a cancelled child rejects earlier.
  ended.catch(() => undefined);
  let last = 'null';
  for await (const line of createInterface(child.stdout)) last = line;
  const [code] = (await ended) as [number | null];
  peak.stop();
  if (code !== 0) throw new ChildFailed(script, args, code);
  const result = findJson<Result>(last);
  return { result, seconds: (performance.now() - startedAt) / 1_000, peakMegabytes: peak.megabytes };
}

export class ChildFailed extends Error {
  constructor(
    script: string,
    args: readonly (string | number)[],
    readonly code: number | null,
  ) {
    super(`${script} ${args.join(' ')} ended with ${code}`);
  }
}

/** A program that is not ours prints what it likes. */
function findJson<Result>(text: string): Result {
  try {
    return JSON.parse(text) as Result;
  } catch {
    return null as Result;
  }
}

/** The largest resident memory of a process, as the kernel keeps it; what comes in its last moment may be missed. */
export class PeakMemory {
  megabytes = 0;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly pid: number) {
    this.timer = setInterval(() => this.look(), 50);
    this.timer.unref();
  }

  stop(): void {
    this.look();
    clearInterval(this.timer);
  }

  private look(): void {
    try {
      const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8')) ?? [];
      if (kilobytes !== undefined) this.megabytes = Number(kilobytes) / 1_024;
    } catch {
      // It has ended, or this is no Linux: what was seen last stays.
    }
  }
}
