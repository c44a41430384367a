import type { PlainDate, UnitId } from '@ledger/kernel';
import { dayBefore } from '@ledger/kernel';
import type { Standard } from '@ledger/standards';
import { standardOn } from '@ledger/standards';
import type { Amount } from '../ledger/movement';
import { breaksBetween } from './breaks';
import { columnsAsChild } from './child-columns';
import type { FlowsAnswer, FlowsQuestion, RangeColumns } from './flows';
import { amountOf, columnsOfRange, endsOf, flowsFrom } from './flows';
import type { Knowledge } from './knowledge';
import type { UnitAnswer } from './unit-answer';
import { unitAnswer } from './unit-answer';

type ByList = { readonly poor: Amount; readonly nearPoor: Amount };

export interface ChildrenFlowsAnswer extends UnitAnswer {
  readonly from: PlainDate;
  readonly to: PlainDate;
  /** Each for the days on which it belonged to the parent: where it came or left, its stock did as well. */
  readonly children: readonly FlowsAnswer[];
  readonly parent: FlowsAnswer;
  /**
   * Households and persons that moved between two of the children: they left one and came to another, and
   * seen from the parent did not move. For `otherDecrease` as for `otherIncrease` the sum of the children is
   * the parent's figure plus these.
   */
  readonly movedInside: ByList;
  /** Likewise for `boundaryIn` and `boundaryOut`: stock that passed from one child to another with the land. */
  readonly boundaryInside: ByList;
}

/** The flows of a unit beside those of the units below it (rules 10 and 11 of the ledger). */
export async function childrenFlows(
  knowledge: Knowledge,
  question: FlowsQuestion,
): Promise<ChildrenFlowsAnswer> {
  const { unit, from, to, group } = question;
  const standard = question.standard ?? standardOn(to);
  const below = childrenWithin(knowledge, standard, question);
  await knowledge.expect([unit, ...below], standard.id, group);
  const own = await columnsOfRange(knowledge, unit, standard, question);
  const parent = await flowsAnswer(knowledge, unit, standard, question, own);

  const children: FlowsAnswer[] = [];
  const ofChildren: RangeColumns[] = [];
  for (const id of below) {
    const columns = await columnsAsChild(knowledge, id, standard, question);
    ofChildren.push(columns);
    children.push(await flowsAnswer(knowledge, id, standard, question, columns));
  }

  const inside = (kind: 'movedOut' | 'boundaryOut', list: 'poor' | 'near-poor'): Amount => {
    const sum = (of: keyof Amount): number => {
      if (ofChildren.length === 0) return 0;
      const read = ({ within }: RangeColumns): number => amountOf(list, kind, within, of);
      return ofChildren.map(read).reduce((a, b) => a + b, 0) - read(own);
    };
    return { households: sum('households'), persons: sum('persons') };
  };
  return {
    ...(await unitAnswer(knowledge, unit, to, standard, group)),
    breaks: parent.breaks,
    from,
    to,
    children,
    parent,
    movedInside: { poor: inside('movedOut', 'poor'), nearPoor: inside('movedOut', 'near-poor') },
    boundaryInside: { poor: inside('boundaryOut', 'poor'), nearPoor: inside('boundaryOut', 'near-poor') },
  };
}

async function flowsAnswer(
  knowledge: Knowledge,
  unit: UnitId,
  standard: Standard,
  { from, to, group }: FlowsQuestion,
  columns: RangeColumns,
): Promise<FlowsAnswer> {
  const answer = await unitAnswer(knowledge, unit, to, standard, group);
  const breaks = await breaksBetween(knowledge, unit, group, dayBefore(from), to);
  return { ...answer, breaks, from, to, ...flowsFrom(columns) };
}

/** The units that were below on any day from the opening to the closing, by id. */
function childrenWithin({ tree }: Knowledge, standard: Standard, question: FlowsQuestion): readonly UnitId[] {
  const { opening, closing } = endsOf(question, standard);
  const days = [opening, ...tree.changesBelow(question.unit, opening, closing), closing];
  return [...new Set(days.flatMap((day) => tree.childrenOn(question.unit, day)).map(({ id }) => id))].sort();
}
