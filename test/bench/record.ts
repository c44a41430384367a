import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Machine } from './machine';
import { thisMachine } from './machine';
import type { Figure, Missing } from './results';
import type { RunContext } from './run-context';
import type { Scale } from './scale';
import { ROOT } from './scratch';

/** A run as it is kept beside the report. */
export interface RunRecord {
  readonly scale: Scale['name'];
  readonly on: string;
  readonly machine: Machine;
  readonly postgres: string | null;
  readonly facts: number;
  readonly households: number;
  readonly runs: number;
  readonly figures: readonly Figure[];
  readonly missing: readonly Missing[];
}

export function recordOf({ scale, postgres, results }: RunContext, facts: number): RunRecord {
  return {
    scale: scale.name,
    on: new Date().toISOString().slice(0, 10),
    machine: thisMachine(),
    postgres: postgres?.version ?? null,
    facts,
    households: scale.country.households,
    runs: scale.runs,
    figures: results.all(),
    missing: results.missing,
  };
}

/** A quick run is only looked at; the figures of the others are part of the repository. */
export const recordFile = (scale: Scale['name']): string =>
  scale === 'quick' ? join(ROOT, '.cache/bench/quick.json') : join(ROOT, `docs/bench/${scale}.json`);

export function keep(record: RunRecord): string {
  const path = recordFile(record.scale);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(record, (_key, value: unknown) => rounded(value), 2)}\n`);
  return path;
}

export function findRecord(scale: Scale['name']): RunRecord | undefined {
  try {
    return JSON.parse(readFileSync(recordFile(scale), 'utf8')) as RunRecord;
  } catch {
    return undefined;
  }
}

const rounded = (value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toPrecision(5)) : value;
