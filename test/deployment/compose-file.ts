import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';

export const ROOT = join(__dirname, '..', '..');

/** What these tests look at; `docker compose config` checks the rest, where there is one. */
export interface Service {
  readonly image: string;
  readonly build?: { readonly context: string; readonly args: Readonly<Record<string, string>> };
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly networks?: readonly string[];
  readonly volumes?: readonly string[];
  readonly profiles?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly restart?: string;
  readonly mem_limit?: string;
  readonly cpus?: number | string;
  readonly pids_limit?: number;
  readonly stop_grace_period?: string;
  readonly init?: boolean;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly logging?: { readonly options?: Readonly<Record<string, string>> };
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

export const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** The file as it is where no variable is set: `${NAME:-this}` is this. */
export function composeFile(text: string): ComposeFile {
  return load(text.replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1')) as ComposeFile;
}

/** The version of `docker compose` on this machine; nothing where there is none. It needs no engine to read a file. */
export function dockerCompose(): string | undefined {
  const { status, stdout } = spawnSync('docker', ['compose', 'version', '--short'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/** What `docker compose` has to say against these files; empty where nothing. */
export function complaintsOfDocker(files: readonly string[]): string {
  const named = files.flatMap((file) => ['--file', join(ROOT, file)]);
  const { status, stderr } = spawnSync(
    'docker',
    ['compose', ...named, '--profile', '*', 'config', '--quiet'],
    {
      encoding: 'utf8',
    },
  );
  return status === 0 ? '' : stderr || `exit code ${status}`;
}
