import type { PlainDate, Status } from '@ledger/kernel';
import { ruleBroken } from '@ledger/kernel';
import { statusesInWords } from '@ledger/standards';
import type { FlagReimpoverished, MarkEscaped } from './household.orders';
import { isEscapeFromPoverty } from './passage';
import type { Timeline } from './timeline';
import { situationOn } from './timeline';

/**
 * Escape needs poor (to near-poor or above) or near-poor (to above) on that day
 * (TT 17/2016 Art. 2; the columns 2 and 3 of form 2, column 2 of form 3).
 */
export function requireEscapable(order: MarkEscaped, timeline: Timeline): void {
  const { standard, effectiveOn, to } = order;
  const status = statusOn(timeline, standard, effectiveOn);
  if (status === 'poor' || (status === 'near-poor' && to === 'above')) return;
  throw ruleBroken({
    code: 'escape.not-poor-on-that-day',
    field: 'effectiveOn',
    got: effectiveOn,
    facts: {
      on: effectiveOn,
      standard,
      status: status ?? 'not classified',
      statusVi: status ? statusesInWords([status], 'vi') : 'chưa được phân loại',
      to,
    },
  });
}

/** Re-poverty needs a household that is not poor on that day and a recognised escape on an earlier day. */
export function requireReimpoverished(order: FlagReimpoverished, timeline: Timeline): void {
  const { standard, effectiveOn } = order;
  const got = effectiveOn;
  const field = 'effectiveOn';
  if (statusOn(timeline, standard, effectiveOn) === 'poor') {
    throw ruleBroken({ code: 're-poverty.already-poor', field, got, facts: { on: effectiveOn, standard } });
  }
  if (!escapedBefore(timeline, effectiveOn)) {
    throw ruleBroken({ code: 're-poverty.no-earlier-escape', field, got, facts: { on: effectiveOn } });
  }
}

const statusOn = (timeline: Timeline, standard: string, day: PlainDate): Status | undefined =>
  situationOn(timeline, day)?.statuses[standard];

function escapedBefore(timeline: Timeline, day: PlainDate): boolean {
  return timeline.changes.some(({ on, passages }) => on < day && passages.some(isEscapeFromPoverty));
}
