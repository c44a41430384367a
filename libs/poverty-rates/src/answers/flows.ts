import type { PlainDate, UnitId } from '@ledger/kernel';
import { dayAfter, dayBefore, earlierOf } from '@ledger/kernel';
import type { Standard } from '@ledger/standards';
import { standardOn } from '@ledger/standards';
import type { Column } from '../ledger/columns';
import { directionOf, kindOf } from '../ledger/columns';
import type { Amount } from '../ledger/movement';
import { NOTHING } from '../ledger/movement';
import type { Columns } from './book';
import { breaksBetween } from './breaks';
import type { Knowledge } from './knowledge';
import { stockOf } from './knowledge';
import type { UnitAnswer } from './unit-answer';
import { unitAnswer } from './unit-answer';

/**
 * The columns of forms 2 and 3 in their order, and what the forms have no column for: `opened` (a standard
 * opens its books) and the boundaries. The opening comes before them, the closing after.
 */
const FORMS = {
  poor: [
    'escapedToNearPoor',
    'escapedAbove',
    'otherDecrease',
    'becamePoorFromNearPoor',
    'rePoor',
    'newlyArising',
    'otherIncrease',
    'opened',
    'boundaryIn',
    'boundaryOut',
  ],
  'near-poor': [
    'escapedAbove',
    'becamePoor',
    'otherDecrease',
    'becameNearPoorFromPoor',
    'reNearPoor',
    'newlyArising',
    'otherIncrease',
    'opened',
    'boundaryIn',
    'boundaryOut',
  ],
} as const;

type FlowList = keyof typeof FORMS;
type Flow<L extends FlowList> = Readonly<Record<'opening' | 'closing' | (typeof FORMS)[L][number], number>>;

/** One form in households and in persons. Every figure is a count, whichever way it moves the stock. */
export interface FlowTable<L extends FlowList> {
  readonly households: Flow<L>;
  readonly persons: Flow<L>;
}

export interface Flows {
  readonly poor: FlowTable<'poor'>;
  readonly nearPoor: FlowTable<'near-poor'>;
  /** Whether opening and flows give the closing that is counted on its own. */
  readonly closes: boolean;
}

export interface FlowsAnswer extends UnitAnswer, Flows {
  readonly from: PlainDate;
  readonly to: PlainDate;
}

export interface FlowsQuestion {
  readonly unit: UnitId;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly standard?: Standard;
  readonly group: string;
}

/** The change of poor and near-poor households over the days `from` to `to`, both included (forms 2 and 3). */
export async function flowsOf(knowledge: Knowledge, question: FlowsQuestion): Promise<FlowsAnswer> {
  const { unit, from, to, group } = question;
  const standard = question.standard ?? standardOn(to);
  return {
    ...(await unitAnswer(knowledge, unit, to, standard, group)),
    breaks: await breaksBetween(knowledge, unit, group, dayBefore(from), to),
    from,
    to,
    ...flowsFrom(await columnsOfRange(knowledge, unit, standard, question)),
  };
}

/** The columns up to the opening, within the range, and up to the closing. */
export interface RangeColumns {
  readonly opening: Columns;
  readonly within: Columns;
  readonly closing: Columns;
}

/**
 * The days of opening and closing of a range: at the end of the day before it, and of its last day. A
 * standard ends at the question: days after its last one have no flows (rule 14 of the ledger).
 */
export function endsOf({ from, to }: Pick<FlowsQuestion, 'from' | 'to'>, { appliesTo }: Standard): Ends {
  return { opening: earlierOf(dayBefore(from), appliesTo), closing: earlierOf(to, appliesTo) };
}

export interface Ends {
  readonly opening: PlainDate;
  readonly closing: PlainDate;
}

export async function columnsOfRange(
  knowledge: Knowledge,
  unit: UnitId,
  standard: Standard,
  question: Pick<FlowsQuestion, 'from' | 'to' | 'group'>,
): Promise<RangeColumns> {
  const { opening, closing } = endsOf(question, standard);
  const { group } = question;
  return {
    opening: await knowledge.columns(unit, standard.id, group, { to: opening }),
    within: await knowledge.columns(unit, standard.id, group, { from: dayAfter(opening), to: closing }),
    closing: await knowledge.columns(unit, standard.id, group, { to: closing }),
  };
}

export function flowsFrom(columns: RangeColumns): Flows {
  const poor = tableOf('poor', columns);
  const nearPoor = tableOf('near-poor', columns);
  const closes = closesOf('poor', poor) && closesOf('near-poor', nearPoor);
  return { poor, nearPoor, closes };
}

function tableOf<L extends FlowList>(list: L, columns: RangeColumns): FlowTable<L> {
  return { households: flowOf(list, columns, 'households'), persons: flowOf(list, columns, 'persons') };
}

function flowOf<L extends FlowList>(list: L, columns: RangeColumns, unit: keyof Amount): Flow<L> {
  const { opening, within, closing } = columns;
  const flows = FORMS[list].map((kind) => [kind, countOf(list, kind, within, unit)]);
  return {
    opening: stockOf(opening)[list][unit],
    ...Object.fromEntries(flows),
    closing: stockOf(closing)[list][unit],
  } as Flow<L>;
}

/** A move shows as another decrease here and another increase there, as on paper. */
const MOVES: Readonly<Record<string, string>> = { otherDecrease: 'movedOut', otherIncrease: 'movedIn' };

function countOf(list: FlowList, kind: string, columns: Columns, unit: keyof Amount): number {
  const move = MOVES[kind];
  return amountOf(list, kind, columns, unit) + (move === undefined ? 0 : amountOf(list, move, columns, unit));
}

export function amountOf(list: FlowList, kind: string, columns: Columns, unit: keyof Amount): number {
  const column = `${list}.${kind}` as Column;
  const amount = (columns.get(column) ?? NOTHING)[unit];
  // No -0: it would be another number to whoever compares.
  return amount === 0 ? 0 : amount * directionOf(column);
}

function closesOf<L extends FlowList>(list: L, table: FlowTable<L>): boolean {
  return [table.households, table.persons].every((flow) => {
    const changes = FORMS[list].map((kind) => {
      const column = `${list}.${kind}` as Column;
      return directionOf(column) * (flow as Readonly<Record<string, number>>)[kindOf(column)]!;
    });
    return changes.reduce((sum, change) => sum + change, flow.opening) === flow.closing;
  });
}
