import type { Position } from '@ledger/event-sourcing';
import type { Notice, PlainDate, UnitId } from '@ledger/kernel';
import type { Standard } from '@ledger/standards';
import type { Break } from './breaks';
import type { Knowledge } from './knowledge';
import type { UnitView } from './unit-view';
import { unitView } from './unit-view';

/** What every answer carries: of when it is, as known when, under what, and what to mind about it. */
export interface Answer {
  readonly on: PlainDate;
  readonly knownOn: PlainDate;
  readonly standard: string;
  readonly group: string;
  readonly position: Position;
  /** Days inside the range from which figures are not comparable with those before; none for one day. */
  readonly breaks: readonly Break[];
  readonly warnings: readonly Notice[];
}

/** An answer about a unit, as it was on the day. */
export interface UnitAnswer extends Answer {
  readonly unit: UnitView;
}

/** The day, the standard and the group that a question is about. */
export interface About {
  readonly on: PlainDate;
  readonly standard: Standard;
  readonly group: string;
}

export function answerAbout({ today, shownOn, position }: Knowledge, { on, standard, group }: About): Answer {
  const { id, appliesTo } = standard;
  return {
    on,
    knownOn: shownOn,
    standard: id,
    group,
    position,
    breaks: [],
    warnings: [
      ...(on > appliesTo ? [{ code: 'standard.ended', facts: { standard: id, appliesTo } }] : []),
      ...(on > today ? [{ code: 'answer.in-the-future', facts: { today } }] : []),
    ],
  };
}

export async function unitAnswer(
  knowledge: Knowledge,
  unit: UnitId,
  on: PlainDate,
  standard: Standard,
  group: string,
): Promise<UnitAnswer> {
  const answer = answerAbout(knowledge, { on, standard, group });
  const warnings = [...answer.warnings, ...(await knowledge.parkedNotices(unit))];
  return { unit: unitView(knowledge, unit, on), ...answer, warnings };
}
