import type { UnitLevel } from '@ledger/areas';
import type { Position } from '@ledger/event-sourcing';
import type { AreaType, PlainDate, UnitId } from '@ledger/kernel';
import { dayBefore } from '@ledger/kernel';
import type { Knowledge } from './knowledge';
import type { UnitView } from './unit-view';
import { unitView } from './unit-view';

interface Common {
  readonly on: PlainDate;
  readonly knownOn: PlainDate;
  readonly position: Position;
}

export interface UnitsAnswer extends Common {
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

export interface UnitDetailsAnswer extends Common {
  readonly unit: UnitView;
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

export interface TotalsAnswer extends Common {
  readonly unit: UnitView;
  readonly items: readonly DeclaredTotal[];
}

const common = (knowledge: Knowledge, on: PlainDate): Common => ({
  on,
  knownOn: knowledge.knownOn ?? knowledge.today,
  position: knowledge.position,
});

/** The units alive on a day: all, those of a level, or those below another one. */
export function unitsOf(
  knowledge: Knowledge,
  on: PlainDate,
  filter: { parent?: UnitId; level?: UnitLevel },
): UnitsAnswer {
  const found = knowledge.tree.search({ ...filter, on });
  return { ...common(knowledge, on), items: found.map(({ id }) => unitView(knowledge, id, on)) };
}

export function unitDetails(knowledge: Knowledge, unit: UnitId, on: PlainDate): UnitDetailsAnswer {
  const children = knowledge.tree.childrenOn(unit, on).length;
  const attributes = attributesOf(knowledge, unit);
  return { ...common(knowledge, on), unit: unitView(knowledge, unit, on), attributes, children };
}

function attributesOf(knowledge: Knowledge, unit: UnitId): readonly UnitAttributes[] {
  const days = knowledge.tree.changesOf(unit);
  return days.map((from, index) => {
    const { name, areaType, parent, validTo } = unitView(knowledge, unit, from);
    const next = days[index + 1];
    return { from, to: next === undefined ? validTo : dayBefore(next), name, areaType, parent };
  });
}

/** What was declared for a unit by a day, in order of arrival: superseded declarations stay to be seen. */
export async function totalsOf(
  knowledge: Knowledge,
  unit: UnitId,
  on: PlainDate,
  group: string | undefined,
): Promise<TotalsAnswer> {
  const known = (await knowledge.models.totals([unit], group)).filter(
    ({ fact, recordedOn }) =>
      fact.effectiveOn <= on && (knowledge.knownOn === undefined || recordedOn <= knowledge.knownOn),
  );
  const items = known.map(({ fact, recordedOn }, index): DeclaredTotal => {
    const { effectiveOn, group: of, households, persons, source } = fact;
    const superseded = known.some(
      (later, at) => at > index && later.fact.effectiveOn === effectiveOn && later.fact.group === of,
    );
    return { on: effectiveOn, group: of, households, persons: persons ?? null, source, recordedOn, superseded };
  });
  return { ...common(knowledge, on), unit: unitView(knowledge, unit, on), items };
}
