import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE } from './scratch';

export interface PostgresBinaries {
  readonly folder: string;
  /** What they need to find their libraries. */
  readonly env: Readonly<Record<string, string>>;
}

const DEBIAN = '/usr/lib/postgresql';

/**
 * Debian's PostgreSQL: the installed one, else its package unpacked into our cache, which needs no root.
 * `BENCH_POSTGRES` names another folder of binaries.
 */
export function postgresBinaries(): PostgresBinaries {
  const named = process.env['BENCH_POSTGRES'];
  if (named) return { folder: named, env: {} };
  return installedIn(DEBIAN) ?? unpacked();
}

function installedIn(folder: string, env: PostgresBinaries['env'] = {}): PostgresBinaries | undefined {
  if (!existsSync(folder)) return undefined;
  const newest = readdirSync(folder)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(folder, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
  return newest === undefined ? undefined : { folder: newest, env };
}

function unpacked(): PostgresBinaries {
  const cache = join(CACHE, 'postgresql');
  const root = join(cache, 'root');
  const env = { LD_LIBRARY_PATH: libraryFolders(root).join(':') };
  const known = installedIn(join(root, DEBIAN), env);
  if (known) return known;
  process.stderr.write('unpacking PostgreSQL from its Debian packages\n');
  mkdirSync(root, { recursive: true });
  for (const name of packagesNeeded()) {
    const run = (command: string, ...args: string[]): void =>
      void execFileSync(command, args, { cwd: cache, stdio: ['ignore', 'ignore', 'inherit'] });
    run('apt-get', 'download', name);
    const file = readdirSync(cache).find((entry) => entry.startsWith(`${name}_`));
    if (file === undefined) throw new Error(`apt-get has downloaded no ${name}`);
    run('dpkg', '-x', file, root);
  }
  const made = installedIn(join(root, DEBIAN), env);
  if (!made) throw new Error(`there is no PostgreSQL in ${root}: set BENCH_POSTGRES to a folder of binaries`);
  return made;
}

/** The server that Debian's `postgresql` stands for, and its libraries that are not installed. */
function packagesNeeded(): string[] {
  const ask = (...args: string[]): string => execFileSync('apt-cache', args, { encoding: 'utf8' });
  const server = /Depends: (postgresql-\d+)/.exec(ask('depends', 'postgresql'))?.[1];
  if (server === undefined) throw new Error('apt-cache knows no postgresql: run "apt-get update"');
  const depends = ask('depends', '--no-recommends', '--no-suggests', server);
  const libraries = [...depends.matchAll(/Depends: (lib[^\s<>]+)/g)].map(([, name]) => name ?? '');
  return [server, ...libraries.filter((name) => !isInstalled(name))];
}

function isInstalled(name: string): boolean {
  try {
    return execFileSync('dpkg-query', ['-W', '-f', '${Status}', name], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).endsWith(' installed');
  } catch {
    return false;
  }
}

const libraryFolders = (root: string): string[] =>
  ['usr/lib/x86_64-linux-gnu', 'usr/lib/aarch64-linux-gnu', 'lib/x86_64-linux-gnu', 'usr/lib'].map((path) =>
    join(root, path),
  );
