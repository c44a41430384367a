import type { Notice, PlainDate } from '@ledger/kernel';
import { ruleBroken } from '@ledger/kernel';
import { requireStandard } from '@ledger/standards';
import type { Decision } from './household.facts';
import type { FlagReimpoverished, MarkEscaped, RecordReview } from './household.orders';

type StatusOrder = RecordReview | MarkEscaped | FlagReimpoverished;

/** A classification under a standard may be effective from the review on that opened it. */
export function requireStandardOpen({ standard, effectiveOn }: StatusOrder): void {
  const { openingFrom } = requireStandard(standard);
  if (effectiveOn < openingFrom) {
    throw ruleBroken({
      code: 'standard.not-open-yet',
      field: 'effectiveOn',
      got: effectiveOn,
      facts: { standard, openingFrom },
    });
  }
}

export function requireDecisionPast(decision: Decision, today: PlainDate): void {
  if (decision.date > today) {
    throw ruleBroken({
      code: 'decision.in-the-future',
      field: 'decision.date',
      got: decision.date,
      facts: { today },
    });
  }
}

/** What is unusual about the paper, and accepted. */
export function noticesOnPaper({ standard, effectiveOn, decision }: StatusOrder): readonly Notice[] {
  const notices: Notice[] = [];
  const { appliesTo } = requireStandard(standard);
  if (effectiveOn < decision.date) {
    notices.push({ code: 'decision.later-than-effect', facts: { effectiveOn, date: decision.date } });
  }
  if (effectiveOn > appliesTo) notices.push({ code: 'standard.ended', facts: { standard, appliesTo } });
  return notices;
}
