import type { EngineSettings } from '@ledger/engine';
import type { Language } from '@ledger/kernel';

export interface ImportOptions {
  readonly stores: EngineSettings;
  readonly dryRun: boolean;
  readonly actor: string;
  readonly language: Language;
  /** Where refused rows go; absent: beside the file. */
  readonly refused?: string;
  /** Given when the command is cancelled. */
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
}

export const EXIT = { done: 0, refused: 1, unusable: 2, cancelled: 130 } as const;

/** What the one at the keyboard can put right: said without a stack. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused';
}

export const tell = (line: string): void => void process.stderr.write(`${line}\n`);
