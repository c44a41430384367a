import type { UnitLevel } from '@ledger/areas';
import type { AreaType, PlainDate, UnitId } from '@ledger/kernel';
import { dayBefore } from '@ledger/kernel';
import type { Knowledge } from './knowledge';
import type { About, Answer, UnitAnswer } from './unit-answer';
import { answerAbout, unitAnswer } from './unit-answer';
import type { UnitView } from './unit-view';
import { unitView } from './unit-view';

export interface UnitsAnswer extends Answer {
  readonly items: readonly UnitView[];
}

/** What a unit was called and where it belonged over some of its days. */
export interface UnitAttributes {
  readonly from: PlainDate;
  /** The last day; `null` while they last. */
  readonly to: PlainDate | null;
  readonly name: string;
  readonly areaType: AreaType | null;
  readonly parent: UnitId | null;
}

export interface UnitDetailsAnswer extends UnitAnswer {
  /** All its days, in order. */
  readonly attributes: readonly UnitAttributes[];
  readonly children: number;
}

export interface DeclaredTotal {
  readonly on: PlainDate;
  readonly group: string;
  readonly households: number;
  readonly persons: number | null;
  readonly source: string;
  readonly recordedOn: PlainDate;
  /** A later declaration for the same day and group says something else. */
  readonly superseded: boolean;
}

export interface TotalsAnswer extends UnitAnswer {
  readonly items: readonly DeclaredTotal[];
}

/** The units alive on a day: all, those of a level, or those below another one. */
export function unitsOf(
  knowledge: Knowledge,
  about: About,
  filter: { parent?: UnitId; level?: UnitLevel },
): UnitsAnswer {
  const { on } = about;
  const found = knowledge.tree.search({ ...filter, on });
  const answer = answerAbout(knowledge, about);
  return {
    ...answer,
    warnings: [...answer.warnings, ...(knowledge.registryParked ? [{ code: 'answer.registry-parked' }] : [])],
    items: found.map(({ id }) => unitView(knowledge, id, on)),
  };
}

export async function unitDetails(
  knowledge: Knowledge,
  unit: UnitId,
  about: About,
): Promise<UnitDetailsAnswer> {
  const { on, standard, group } = about;
  return {
    ...(await unitAnswer(knowledge, unit, on, standard, group)),
    attributes: attributesOf(knowledge, unit),
    children: knowledge.tree.childrenOn(unit, on).length,
  };
}

function attributesOf(knowledge: Knowledge, unit: UnitId): readonly UnitAttributes[] {
  const days = knowledge.tree.changesOf(unit);
  return days.map((from, index) => {
    const { name, areaType, parent, validTo } = unitView(knowledge, unit, from);
    const next = days[index + 1];
    return { from, to: next === undefined ? validTo : dayBefore(next), name, areaType, parent };
  });
}

/**
 * What was declared for a unit by a day, in order of arrival: superseded declarations stay to be seen.
 * @param ofGroup only those of this group
 */
export async function totalsOf(
  knowledge: Knowledge,
  unit: UnitId,
  about: About,
  ofGroup: string | undefined,
): Promise<TotalsAnswer> {
  const { on, standard, group } = about;
  const denominators = await knowledge.denominators();
  const known = denominators.declarationsOf(unit, ofGroup).filter((declaration) => declaration.on <= on);
  const items = known.map((declaration, index): DeclaredTotal => {
    const { on: of, group: ofOne, households, persons, source, recordedOn } = declaration;
    const superseded = known.some((later, at) => at > index && later.on === of && later.group === ofOne);
    return { on: of, group: ofOne, households, persons: persons ?? null, source, recordedOn, superseded };
  });
  return { ...(await unitAnswer(knowledge, unit, on, standard, group)), items };
}
