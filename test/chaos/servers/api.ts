import type { Program } from '../../e2e/support/server';
import { pause, queryString } from '../../e2e/support/server';
import type { Query } from '../../e2e/support/server';

/** Nothing that is asked of a server may take longer, whatever is broken behind it. */
export const LONGEST_ANSWER_MS = 40_000;

const LONGEST_START_MS = 30_000;

export interface Reply<Body = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
  readonly ms: number;
}

/** One process of the built API, and a client of it. */
export class Api {
  private constructor(
    readonly program: Program,
    readonly url: string,
  ) {}

  /** Resolves when it listens: what it needs may be away still. */
  static async listening(program: Program): Promise<Api> {
    return new Api(program, await toldBy(program, / at (http:\/\/\S+:\d+)/));
  }

  get<Body>(path: string, query: Query = {}): Promise<Reply<Body>> {
    return this.send('GET', `${path}${queryString(query)}`);
  }

  post<Body>(path: string, body: object, headers: Readonly<Record<string, string>>): Promise<Reply<Body>> {
    const json = { 'content-type': 'application/json', ...headers };
    return this.send('POST', path, { headers: json, body: JSON.stringify(body) });
  }

  /** Bounded: what it needs must come in time. */
  async ready(withinMs = LONGEST_START_MS): Promise<void> {
    await eventually('a server that is ready', withinMs, async () => {
      if (!this.program.running) throw new Error(`the server has ended:\n${this.program.output}`);
      const { status } = await this.get('/health/ready');
      return status === 200;
    });
  }

  private async send<Body>(method: string, path: string, init: RequestInit = {}): Promise<Reply<Body>> {
    const begun = performance.now();
    const signal = AbortSignal.timeout(LONGEST_ANSWER_MS);
    const answer = await fetch(`${this.url}${path}`, { method, ...init, signal });
    const text = await answer.text();
    const isJson = /\bjson\b/.test(answer.headers.get('content-type') ?? '');
    const body = (isJson ? JSON.parse(text) : text) as Body;
    return { status: answer.status, headers: answer.headers, body, ms: performance.now() - begun };
  }
}

/** What a program prints when it is there, the first group of the pattern. */
export async function toldBy(program: Program, pattern: RegExp): Promise<string> {
  let said: string | undefined;
  await eventually('what a program says', LONGEST_START_MS, async () => {
    said = pattern.exec(program.output)?.[1];
    if (said === undefined && !program.running) throw new Error(`it has ended:\n${program.output}`);
    return said !== undefined;
  });
  return said as string;
}

/** Waits for a condition, with a bound. */
export async function eventually(
  what: string,
  withinMs: number,
  isSo: () => Promise<boolean> | boolean,
): Promise<void> {
  for (const giveUpAt = performance.now() + withinMs; ; await pause(20)) {
    if (await isSo()) return;
    if (performance.now() > giveUpAt) throw new Error(`${what}: not within ${withinMs} ms`);
  }
}
