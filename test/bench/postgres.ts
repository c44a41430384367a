import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { postgresBinaries } from './postgres-binaries';

/** Who runs the server where we are root, as which it refuses to run. */
const NOBODY = { name: 'nobody', uid: 65534, gid: 65534 };
const LONGEST_START_MS = 30_000;

/** What an engineer sets on a machine of its own with these cores and an SSD; everything is as durable as it gets. */
const SETTINGS = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  listen_addresses: "''",
  max_connections: 200,
  shared_buffers: '2GB',
  effective_cache_size: '8GB',
  work_mem: '64MB',
  maintenance_work_mem: '512MB',
  max_wal_size: '4GB',
  random_page_cost: 1.1,
  effective_io_concurrency: 200,
  // Compiling takes longer than these questions do.
  jit: 'off',
};

/** A PostgreSQL of our own, in a folder, reached through a socket in it. */
export class Postgres {
  private constructor(
    private readonly process: ChildProcess,
    readonly socketFolder: string,
    readonly version: string,
  ) {}

  /** @param folder is made; with its parents it must be open to the user "nobody" where we are root */
  static async start(folder: string): Promise<Postgres> {
    const binaries = postgresBinaries();
    mkdirSync(folder, { recursive: true });
    const isRoot = process.getuid?.() === 0;
    if (isRoot) chownSync(folder, NOBODY.uid, NOBODY.gid);
    const as = isRoot ? { uid: NOBODY.uid, gid: NOBODY.gid } : {};
    const env = { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', ...binaries.env };
    const data = join(folder, 'data');
    const initdb = ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8'];
    execFileSync(join(binaries.folder, 'initdb'), initdb, {
      ...as,
      env,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const lines = Object.entries(SETTINGS).map(([name, value]) => `${name} = ${value}`);
    writeFileSync(join(data, 'postgresql.auto.conf'), `${lines.join('\n')}\n`);
    const log = join(folder, 'log');
    const server = spawn(
      'sh',
      ['-c', 'exec "$0" "$@" >log 2>&1', join(binaries.folder, 'postgres'), '-D', data, '-k', folder],
      { ...as, env, cwd: folder, stdio: 'ignore' },
    );
    await ready(server, folder, log);
    const version = execFileSync(join(binaries.folder, 'postgres'), ['--version'], { env, encoding: 'utf8' });
    return new Postgres(server, folder, version.trim());
  }

  /** Waits for what is under way and writes everything out. */
  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, 'close');
    this.process.kill('SIGINT');
    await ended;
  }
}

async function ready(server: ChildProcess, folder: string, log: string): Promise<void> {
  for (const deadline = Date.now() + LONGEST_START_MS; Date.now() < deadline;) {
    if (server.exitCode !== null) break;
    if (readdirSync(folder).includes('.s.PGSQL.5432') && existsSync(log)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  server.kill('SIGKILL');
  throw new Error(`PostgreSQL did not start: see ${log}`);
}
