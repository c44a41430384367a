import type { Unit } from '@ledger/areas';
import { dayBefore } from '@ledger/kernel';
import type { PlainDate, UnitId } from '@ledger/kernel';
import { standardOn } from '@ledger/standards';
import type { Amount } from '../ledger/movement';
import { breaksBetween } from './breaks';
import type { Ends, FlowsAnswer, FlowsQuestion, RangeColumns } from './flows';
import { amountOf, columnsOfRange, endsOf, flowsFrom } from './flows';
import type { Knowledge } from './knowledge';
import type { UnitAnswer } from './unit-answer';
import { unitAnswer } from './unit-answer';

export interface ChildrenFlowsAnswer extends UnitAnswer {
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly children: readonly FlowsAnswer[];
  readonly parent: FlowsAnswer;
  /**
   * Households and persons that moved between two of the children: they left one and came to another, and
   * seen from the parent did not move. For `otherDecrease` as for `otherIncrease` the sum of the children is
   * the parent's figure plus these.
   */
  readonly movedInside: { readonly poor: Amount; readonly nearPoor: Amount };
}

/** The flows of a unit beside those of the units below it (rule 11 of the ledger). */
export async function childrenFlows(
  knowledge: Knowledge,
  question: FlowsQuestion,
): Promise<ChildrenFlowsAnswer> {
  const { unit, from, to, group } = question;
  const standard = question.standard ?? standardOn(to);
  const read = async (id: UnitId): Promise<[FlowsAnswer, RangeColumns]> => {
    const columns = await columnsOfRange(knowledge, id, standard, question);
    const breaks = await breaksBetween(knowledge, id, group, dayBefore(from), to);
    const answer = await unitAnswer(knowledge, id, to, standard, group);
    return [{ ...answer, breaks, from, to, ...flowsFrom(columns) }, columns];
  };
  const [parent, columns] = await read(unit);
  const children: FlowsAnswer[] = [];
  const columnsOfChildren: RangeColumns[] = [];
  for (const { id } of childrenWithin(knowledge, unit, endsOf(question, standard))) {
    const [flows, childColumns] = await read(id);
    children.push(flows);
    columnsOfChildren.push(childColumns);
  }
  const inside = (list: 'poor' | 'near-poor', of: keyof Amount): number => {
    if (children.length === 0) return 0;
    const movedOut = (of_: RangeColumns): number => amountOf(list, 'movedOut', of_.within, of);
    return columnsOfChildren.reduce((sum, child) => sum + movedOut(child), -movedOut(columns));
  };
  const movedInside = (list: 'poor' | 'near-poor'): Amount => ({
    households: inside(list, 'households'),
    persons: inside(list, 'persons'),
  });
  return {
    ...(await unitAnswer(knowledge, unit, to, standard, group)),
    breaks: parent.breaks,
    from,
    to,
    children,
    parent,
    movedInside: { poor: movedInside('poor'), nearPoor: movedInside('near-poor') },
  };
}

/** The units below at the end of the range, and those that were below at its beginning and have ended since. */
function childrenWithin({ tree }: Knowledge, unit: UnitId, { opening, closing }: Ends): readonly Unit[] {
  const days = [opening, ...tree.boundaryChanges(unit, opening, closing).map(dayBefore), closing];
  const children = new Map(
    days.flatMap((day) => tree.childrenOn(unit, day)).map((child) => [child.id, child]),
  );
  return [...children.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
