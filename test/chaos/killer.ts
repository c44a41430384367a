import { statSync } from 'node:fs';
import { join } from 'node:path';
import { LOG_FILE, READ_MODELS_FILE } from '@ledger/embedded';
import { pause } from '../e2e/support/server';

/** How far an import had come, by what it had last done. */
export const STAGES = ['starting', 'reading', 'appending', 'projecting'] as const;
export type Stage = (typeof STAGES)[number];

/** What can be killed. */
export interface Mortal {
  readonly running: boolean;
  /** It has opened its folder and reads. */
  readonly started: boolean;
  kill(): Promise<unknown>;
}

/** After the first write that was aimed at; a commit takes some milliseconds. */
const LONGEST_DELAY_MS = 12;
/** So long after a write it does something else. */
const QUIET_MS = 25;

/**
 * Kills imports at random moments, of every stage: one that starts or reads after a part of the time that this
 * took before, one that writes soon after a write was seen.
 */
export class Killer {
  readonly kills: Record<Stage, number> = { starting: 0, reading: 0, appending: 0, projecting: 0 };
  private startMs = 500;
  private readMs = 200;

  constructor(private readonly random: () => number) {}

  get count(): number {
    return STAGES.reduce((sum, stage) => sum + this.kills[stage], 0);
  }

  /** Kills it, unless it has come to its end before. */
  async strike(victim: Mortal, dataDir: string): Promise<void> {
    const aim = this.aim();
    const writes = new Writes(dataDir);
    const begun = performance.now();
    let stage: Stage = victim.started ? 'reading' : 'starting';
    let startedAt = begun;
    let wroteAt = Infinity;
    let strikeAt = Infinity;
    if (aim === 'starting') strikeAt = begun + this.random() * this.startMs;
    for (; victim.running && performance.now() < strikeAt; await pause(1)) {
      const now = performance.now();
      if (stage === 'starting' && victim.started) {
        stage = 'reading';
        startedAt = now;
        this.startMs = startedAt - begun;
      }
      if (stage === 'reading' && aim === 'reading' && strikeAt === Infinity) {
        strikeAt = now + this.random() * this.readMs;
      }
      const wrote = writes.look();
      // What is in the log already is read through once more, after the read models have been brought up to it.
      if (!wrote && stage === 'projecting' && now - wroteAt > QUIET_MS) stage = 'reading';
      if (!wrote) continue;
      if (wrote === 'appending' && stage === 'reading') this.readMs = now - startedAt;
      stage = wrote;
      wroteAt = now;
      // Where there is nothing to project, or what was aimed at is past, what is being written now must do.
      const aimedAt = aim !== 'appending' || wrote === 'appending';
      if (aimedAt && strikeAt === Infinity) strikeAt = now + this.random() * LONGEST_DELAY_MS;
    }
    if (!victim.running) return;
    await victim.kill();
    this.kills[writes.look() ?? stage]++;
  }

  private aim(): Stage {
    const drawn = this.random();
    if (drawn < 0.12) return 'starting';
    if (drawn < 0.3) return 'reading';
    return drawn < 0.75 ? 'appending' : 'projecting';
  }
}

/** Sees from outside what a process writes into a data folder: the write-ahead logs change with every commit. */
class Writes {
  private readonly log: () => boolean;
  private readonly models: () => boolean;

  constructor(dataDir: string) {
    this.log = changesOf(join(dataDir, `${LOG_FILE}-wal`));
    const [used, made] = [`${READ_MODELS_FILE}-wal`, `${READ_MODELS_FILE}.rebuild`].map((name) =>
      changesOf(join(dataDir, name)),
    );
    this.models = () => [used?.(), made?.()].includes(true);
  }

  /** What was written since the last look; the read models where both were, for they follow. */
  look(): Stage | undefined {
    const [appended, projected] = [this.log(), this.models()];
    if (projected) return 'projecting';
    return appended ? 'appending' : undefined;
  }
}

function changesOf(path: string): () => boolean {
  const stamp = (): string => {
    const found = statSync(path, { throwIfNoEntry: false, bigint: true });
    return found && found.size > 0n ? `${found.ino} ${found.size} ${found.mtimeNs}` : '';
  };
  let last = stamp();
  return () => {
    const now = stamp();
    const changed = now !== last && now !== '';
    last = now;
    return changed;
  };
}
