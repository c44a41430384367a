import type { Notice, PlainDate } from '@ledger/kernel';
import type { Position } from './event-store';
import type { Outcome } from './run-decider';

/** What the one who gave an order is told: what it recorded, and where in the log. */
export interface Receipt {
  /** False: an earlier order had already said it. */
  readonly changed: boolean;
  readonly revision: number;
  readonly position: Position;
  readonly facts: readonly {
    readonly type: string;
    readonly effectiveOn: PlainDate;
    readonly recordedAt: string;
  }[];
  readonly notices: readonly Notice[];
}

export function receiptOf({ changed, revision, position, facts, notices }: Outcome<unknown>): Receipt {
  return {
    changed,
    revision,
    position,
    facts: facts.map(({ type, data, recordedAt }) => ({
      type,
      effectiveOn: data['effectiveOn'] as PlainDate,
      recordedAt,
    })),
    notices,
  };
}
