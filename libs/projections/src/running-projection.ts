import type { Position } from '@ledger/event-sourcing';

/** A projection that follows the log by itself, wherever it runs. */
export interface RunningProjection {
  /** Everything up to here can be asked for. */
  readonly position: Position;
  /** Resolves when the checkpoint is read; the projection goes on until {@link stop}. */
  start(): Promise<void>;
  /** Resolves when what was being taken in is in the read models, and nothing goes on. */
  stop(): Promise<void>;
  /** True as soon as everything up to a position can be asked for, false when it cannot within the time. */
  reached(position: Position, timeoutMs: number): Promise<boolean>;
}

export interface RunnerOptions {
  /** Facts taken in at once: small bites keep requests quick, large ones catch up faster. */
  readonly maxFacts: number;
  /** Called after every page. */
  readonly onProgress?: (progress: { facts: number; position: Position }) => void;
  /** Called with what went wrong; it is tried again for ever. */
  readonly onFailure?: (error: unknown, waitMs: number) => void;
}
