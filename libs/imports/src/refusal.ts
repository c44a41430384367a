import type { Refusal } from '@ledger/kernel';
import { Problem } from '@ledger/kernel';
import type { ImportOutcome } from './outcome';

/** What is refused, and where in the file it stands. */
export interface RowRefusal extends Refusal {
  /** The line on which the row begins; the header is on line 1. */
  readonly line: number;
  /** The number of the column, from 1. */
  readonly column: number;
  /** The file, where there are several. */
  readonly file?: string;
}

/** An import that did not come to its end. `outcome`: what had become of the rows before. */
export class ImportStopped extends Problem {
  outcome?: ImportOutcome;
}

/** The file cannot be read, or not to its end. */
export class FileUnusable extends ImportStopped {
  constructor(
    override readonly refusals: readonly [RowRefusal, ...RowRefusal[]],
    options?: ErrorOptions,
  ) {
    super('rule', refusals, options);
  }
}

export const unusable = (code: string, line: number, facts: Refusal['facts'] = {}): FileUnusable =>
  new FileUnusable([{ code, line, column: 1, facts }]);
