import type { PlainDate, Status } from '@ledger/kernel';
import { requireStandard } from '@ledger/standards';
import type { BareStatusFact } from './bare-fact';
import type { Situation } from './situation';

/** How a status came or went, named as the columns of forms 2 and 3. */
export type PassageKind =
  | 'opened'
  | 'newlyArising'
  | 'rePoor'
  | 'reNearPoor'
  | 'becamePoorFromNearPoor'
  | 'escapedToNearPoor'
  | 'escapedAbove'
  | 'classifiedAbove'
  | 'otherDecrease';

/** A change of status under one standard from the end of one day to the end of the next. */
export interface Passage {
  readonly standard: string;
  readonly from: Status | null;
  readonly to: Status | null;
  readonly kind: PassageKind;
  /** From near-poor to poor although it had escaped before: not re-poor, but worth knowing. */
  readonly afterEscape?: true;
}

/** A recognised escape: from the list of the poor, to near-poor or above, and no opening of the books. */
export const isEscapeFromPoverty = ({ from, kind }: Passage): boolean =>
  from === 'poor' && (kind === 'escapedAbove' || kind === 'escapedToNearPoor');

/**
 * Names the passages of one household, day by day. It remembers what has been recognised on earlier days,
 * under any standard: an escape from poverty, and from near-poverty. "Earlier" reaches back for ever: no
 * text read limits it.
 */
export class PassageReader {
  private escapedPoverty = false;
  private escapedNearPoverty = false;

  read(
    on: PlainDate,
    before: Situation | null,
    after: Situation | null,
    asserted: ReadonlyMap<string, BareStatusFact>,
  ): readonly Passage[] {
    const passages: Passage[] = [];
    const standards = new Set([
      ...Object.keys(before?.statuses ?? {}),
      ...Object.keys(after?.statuses ?? {}),
    ]);
    for (const standard of standards) {
      const from = before?.statuses[standard] ?? null;
      const to = after?.statuses[standard] ?? null;
      if (from === to) continue;
      const kind = this.kindOf(on, standard, from, to, asserted.get(standard));
      const afterEscape = kind === 'becamePoorFromNearPoor' && this.escapedPoverty;
      passages.push({ standard, from, to, kind, ...(afterEscape && { afterEscape }) });
    }
    for (const passage of passages) this.remember(passage);
    return passages;
  }

  private kindOf(
    on: PlainDate,
    standard: string,
    from: Status | null,
    to: Status | null,
    by: BareStatusFact | undefined,
  ): PassageKind {
    if (to === null) return 'otherDecrease';
    if (opensTheBooks(on, standard, from, by)) return 'opened';
    switch (to) {
      case 'poor':
        if (from === 'near-poor') return 'becamePoorFromNearPoor';
        return this.escapedPoverty ? 'rePoor' : 'newlyArising';
      case 'near-poor':
        if (from === 'poor') return 'escapedToNearPoor';
        return this.escapedNearPoverty ? 'reNearPoor' : 'newlyArising';
      case 'above':
        return from === null ? 'classifiedAbove' : 'escapedAbove';
    }
  }

  private remember(passage: Passage): void {
    const { from, kind } = passage;
    if (isEscapeFromPoverty(passage)) this.escapedPoverty = true;
    if (from === 'near-poor' && kind === 'escapedAbove') this.escapedNearPoverty = true;
  }
}

/**
 * A standard opens without moving anyone: every classification before the day from which it applies, and
 * from then to `openingTo` a household's first one, when a periodic review or a general survey makes it.
 */
function opensTheBooks(
  on: PlainDate,
  standard: string,
  from: Status | null,
  by: BareStatusFact | undefined,
): boolean {
  const { appliesFrom, openingTo } = requireStandard(standard);
  if (on < appliesFrom) return true;
  const survey = by?.type === 'ReviewRecorded' && by.channel !== 'regular';
  return from === null && on <= openingTo && survey;
}
