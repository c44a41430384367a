import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Machine } from './machine';
import { thisMachine } from './machine';
import type { Figure, Missing, Results } from './results';
import type { RunContext } from './run-context';
import { ROOT } from './scratch';

const QUICK = ['quick', 'servers-quick'] as const;
/** On servers by default, and with as many facts as BENCH_FACTS said. */
export type ServersRunName = 'servers' | `servers-${number}`;
export type RunName = (typeof QUICK)[number] | 'normal' | 'long' | ServersRunName;

/** What a run on servers ran on. */
export interface RanOn {
  readonly eventStore: string;
  readonly isDouble: boolean;
  readonly mongo: string;
}

/** A run as it is kept beside the report. */
export interface RunRecord {
  readonly scale: RunName;
  readonly on: string;
  readonly machine: Machine;
  readonly postgres: string | null;
  /** Absent: the embedded engine. */
  readonly servers?: RanOn;
  readonly facts: number;
  readonly households: number;
  readonly runs: number;
  readonly figures: readonly Figure[];
  readonly missing: readonly Missing[];
}

export function recordOf({ scale, postgres, results }: RunContext, facts: number): RunRecord {
  const { name, country, runs } = scale;
  const run = { scale: name, facts, households: country.households, runs };
  return { ...run, ...takenNow(results), postgres: postgres?.version ?? null };
}

/** When and where figures were taken. */
export function takenNow(results: Results): Pick<RunRecord, 'on' | 'machine' | 'figures' | 'missing'> {
  const on = new Date().toISOString().slice(0, 10);
  return { on, machine: thisMachine(), figures: results.all(), missing: results.missing };
}

/** A quick run is only looked at; the figures of the others are part of the repository. */
export const isKept = (name: RunName): boolean => !QUICK.some((quick) => quick === name);

const FOLDER = join(ROOT, 'docs/bench');

export function keep(record: RunRecord): string {
  const { scale } = record;
  const path = join(isKept(scale) ? FOLDER : join(ROOT, '.cache/bench'), `${scale}.json`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(record, (_key, value: unknown) => rounded(value), 2)}\n`);
  return path;
}

/** Every kept run, in the order of the report: the embedded engine first, the smaller country before the larger. */
export function keptRecords(folder = FOLDER): RunRecord[] {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  return files
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as RunRecord)
    .toSorted((a, b) => Number(!!a.servers) - Number(!!b.servers) || a.facts - b.facts);
}

const rounded = (value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toPrecision(5)) : value;
