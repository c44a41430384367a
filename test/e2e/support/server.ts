import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { environmentOf, ON_SERVERS, shiftLog } from './stores';

const MAIN = resolve(__dirname, '../../../dist/apps/api/src/main.js');
const PROJECTOR = resolve(__dirname, '../../../dist/apps/projector/src/main.js');
const SHIFTED_CLOCK = join(__dirname, 'shifted-clock.cjs');
const LONGEST_START_MS = 20_000;

/** What the tests of a file leave behind, above all where they fail, goes when they have ended. */
const programs = new Set<Program>();
const folders = new Set<string>();
afterAll(async () => {
  await Promise.all(
    [...programs].filter(({ running }) => running).map((program) => program.signal('SIGKILL')),
  );
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export type Headers = Readonly<Record<string, string>>;
export type Query = Readonly<Record<string, string | number | undefined>>;

/** An answer as it came: `body` is parsed where it is JSON, else the text. */
export interface Answer<Body = unknown> {
  readonly status: number;
  readonly headers: globalThis.Headers;
  readonly body: Body;
}

export interface StartOptions {
  /** A folder of one's own that outlives the server; absent: a temporary one. */
  readonly dataDir?: string;
  readonly env?: Headers;
  /** Lets the process believe that it is so many days ago: what it records becomes old knowledge. */
  readonly daysAgo?: number;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
}

/** One process of the built program, whatever becomes of it. */
export class Program {
  output = '';
  readonly ended: Promise<Ended>;
  private readonly child: ChildProcess;

  constructor(env: Headers, daysAgo = 0, main = MAIN) {
    if (!existsSync(main)) throw new Error(`there is no ${main}: run "npm run build" first`);
    const shift = daysAgo === 0 ? [] : ['--require', SHIFTED_CLOCK];
    this.child = spawn(process.execPath, [...shift, main], {
      // Nothing else of our environment: a HOST or a DATA_DIR of the developer must not decide a test.
      env: { PATH: process.env['PATH'], NO_COLOR: '1', SHIFT_DAYS: String(-daysAgo), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
    this.ended = once(this.child, 'close').then(([code, signal]) => ({ code, signal }));
    programs.add(this);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  signal(signal: NodeJS.Signals): Promise<Ended> {
    this.child.kill(signal);
    return this.ended;
  }
}

/** A server under test, and a client of it that speaks JSON unless it is told otherwise. */
export class Server {
  /** The position of the last order that was answered: {@link ask} waits for it. */
  position: string | undefined;

  private constructor(
    readonly program: Program,
    readonly url: string,
    readonly dataDir: string,
    private readonly ownsFolder: boolean,
    /** On servers: what brings the read models up to the log. */
    readonly projector?: Program,
  ) {}

  /** Resolves when the server is ready; throws with what it printed when it is not. */
  static async start({ dataDir, env, daysAgo }: StartOptions = {}): Promise<Server> {
    const folder = dataDir ?? temporaryFolder();
    const stores = await environmentOf(folder);
    await shiftLog(folder, daysAgo ?? 0);
    // Any free port: one that was looked for before might be taken by the time it is needed.
    const program = new Program({ PORT: '0', ...stores, ...env }, daysAgo);
    const projector = ON_SERVERS
      ? new Program({ PROJECTOR_PORT: '0', ...stores }, daysAgo, PROJECTOR)
      : undefined;
    const port = await portSaidBy(program);
    const url = `http://127.0.0.1:${port}`;
    const server = new Server(program, url, folder, dataDir === undefined, projector);
    await server.ready();
    return server;
  }

  async get<Body = unknown>(path: string, query: Query = {}, headers: Headers = {}): Promise<Answer<Body>> {
    return this.send('GET', `${path}${queryString(query)}`, { headers });
  }

  /** A question that sees every order that this client has been answered. */
  async ask<Body = unknown>(path: string, query: Query = {}, headers: Headers = {}): Promise<Answer<Body>> {
    return this.get(
      path,
      { ...(this.position !== undefined && { atLeast: this.position }), ...query },
      headers,
    );
  }

  async post<Body = unknown>(path: string, body: unknown, headers: Headers = {}): Promise<Answer<Body>> {
    const json = { 'content-type': 'application/json', ...headers };
    const answer = await this.send<Body>('POST', path, { headers: json, body: JSON.stringify(body) });
    const { position } = (answer.body ?? {}) as { position?: unknown };
    if (answer.status < 300 && typeof position === 'string') this.position = position;
    return answer;
  }

  /** Any request, with the body as it is given. */
  async send<Body = unknown>(method: string, path: string, init: RequestInit = {}): Promise<Answer<Body>> {
    const response = await fetch(`${this.url}${path}`, { method, ...init });
    const text = await response.text();
    const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
    const body = (isJson ? JSON.parse(text) : text) as Body;
    return { status: response.status, headers: response.headers, body };
  }

  /** SIGTERM, and away with a temporary folder. */
  async stop(): Promise<Ended> {
    const ended = await this.halt();
    if (this.ownsFolder) rmSync(this.dataDir, { recursive: true, force: true });
    return ended;
  }

  /** SIGTERM, the folder stays. */
  async halt(): Promise<Ended> {
    const [ended] = await Promise.all([this.program.signal('SIGTERM'), this.projector?.signal('SIGTERM')]);
    return ended;
  }

  /** As a power cut would: no handler runs. The folder stays. */
  async kill(): Promise<Ended> {
    const [ended] = await Promise.all([this.program.signal('SIGKILL'), this.projector?.signal('SIGKILL')]);
    return ended;
  }

  private async ready(): Promise<void> {
    for (const deadline = Date.now() + LONGEST_START_MS; Date.now() < deadline; await pause(25)) {
      if (!this.program.running) break;
      const answer = await this.get('/health/ready').catch(() => undefined);
      if (answer?.status === 200) return;
    }
    await this.kill();
    throw new Error(`the server did not get ready:\n${this.program.output}${this.projector?.output ?? ''}`);
  }
}

/** A folder that is gone when the tests of the file have ended. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'poverty-ledger-'));
  folders.add(folder);
  return folder;
}

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** The port that a server prints when it listens; 0 when it has ended without. */
async function portSaidBy(program: Program): Promise<number> {
  for (const deadline = Date.now() + LONGEST_START_MS; Date.now() < deadline; await pause(10)) {
    const said = / at https?:\/\/\S+?:(\d+)/.exec(program.output);
    if (said) return Number(said[1]);
    if (!program.running) break;
  }
  return 0;
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  if (address === null || typeof address === 'string') throw new Error('a socket without a port');
  return address.port;
}

export function queryString(query: Query): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  if (given.length === 0) return '';
  return `?${new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString()}`;
}
