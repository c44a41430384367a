import type { Notice } from '@ledger/kernel';
import type { Position } from '@ledger/event-sourcing';
import type { RowRefusal } from './refusal';

export interface ImportOutcome {
  readonly read: number;
  readonly accepted: number;
  /** An earlier import or order had already said it. */
  readonly unchanged: number;
  readonly refused: number;
  /** Rows that name a household and say nothing: a sheet that is filled in by and by. */
  readonly blank: number;
  /** How often accepted rows brought a notice, by its code. */
  readonly warnings: Readonly<Record<string, number>>;
  /** Where in the log the last accepted row is; absent where none was. Of a dry run it means nothing. */
  readonly position?: Position;
  /** It was told to stop before the end of the file. */
  readonly cancelled: boolean;
}

/** What became of one row. */
export type RowResult =
  | { readonly became: 'accepted'; readonly notices: readonly Notice[]; readonly position: Position }
  | { readonly became: 'unchanged' | 'blank' }
  | { readonly became: 'refused'; readonly refusals: readonly RowRefusal[] };

/** Counts what becomes of the rows. */
export class Tally {
  private readonly counts = { accepted: 0, unchanged: 0, refused: 0, blank: 0 };
  private readonly warnings = new Map<string, number>();
  private position: Position | undefined;

  add(result: RowResult): void {
    this.counts[result.became]++;
    if (result.became !== 'accepted') return;
    for (const { code } of result.notices) this.warnings.set(code, (this.warnings.get(code) ?? 0) + 1);
    if (this.position === undefined || result.position > this.position) this.position = result.position;
  }

  get read(): number {
    const { accepted, unchanged, refused, blank } = this.counts;
    return accepted + unchanged + refused + blank;
  }

  outcome({ cancelled }: { cancelled: boolean }): ImportOutcome {
    return {
      read: this.read,
      ...this.counts,
      warnings: Object.fromEntries(this.warnings),
      ...(this.position !== undefined && { position: this.position }),
      cancelled,
    };
  }
}
