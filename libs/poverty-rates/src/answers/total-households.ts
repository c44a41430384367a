import type { Declaration, Denominator } from '@ledger/areas';
import { denominatorOf, lastDeclaration } from '@ledger/areas';
import type { PlainDate, UnitId } from '@ledger/kernel';
import { dayBefore } from '@ledger/kernel';
import type { Break } from './breaks';
import type { Knowledge } from './knowledge';

/** The denominator of a unit's rates on a day, by rule 15 of the ledger, as known then. */
export async function totalHouseholds(
  knowledge: Knowledge,
  unit: UnitId,
  group: string,
  on: PlainDate,
): Promise<Denominator> {
  const declared = await knowledge.declarationsOf(concernedBy(knowledge, unit, [on]), group);
  return denominatorOn(knowledge, unit, declared, on);
}

/** The days after `from`, up to and with `to`, from which the denominator comes from another source. */
export async function sourceBreaks(
  knowledge: Knowledge,
  unit: UnitId,
  group: string,
  from: PlainDate,
  to: PlainDate,
): Promise<readonly Break[]> {
  const days = [from, ...knowledge.tree.boundaryChanges(unit, from, to), to];
  const concerned = concernedBy(knowledge, unit, days);
  const declared = await knowledge.declarationsOf(concerned, group);
  const declaredOn = concerned.flatMap((id) => (declared.get(id) ?? []).map(({ on }) => on));
  const within = new Set(
    [...days, ...days.map(dayBefore), ...declaredOn].filter((day) => from <= day && day <= to),
  );
  const sources = [...within]
    .sort()
    .map((on) => ({ on, total: denominatorOn(knowledge, unit, declared, on).total }));
  const known = sources.flatMap(({ on, total }) => (total ? [{ on, source: total.source }] : []));
  return known.flatMap(({ on, source }, index): Break[] => {
    const before = known[index - 1];
    return before && before.source !== source
      ? [{ on, reason: 'source', from: before.source, to: source }]
      : [];
  });
}

type Declared = ReadonlyMap<UnitId, readonly Declaration[]>;

/** Whose declarations count: the unit's own, and those of the communes that it had on any of the days. */
function concernedBy({ tree }: Knowledge, unit: UnitId, days: readonly PlainDate[]): readonly UnitId[] {
  const communes = days.flatMap((day) => tree.communesOn(unit, day)).map(({ id }) => id);
  return [...new Set([unit, ...communes])];
}

function denominatorOn(knowledge: Knowledge, unit: UnitId, declared: Declared, on: PlainDate): Denominator {
  const { tree } = knowledge;
  // Outside its life a unit has no households, whatever was declared for it once.
  if (!tree.isAlive(unit, on)) return { total: null, missing: 0, notices: [] };
  const parts = tree.communesOn(unit, on).filter(({ id }) => id !== unit);
  const last = (id: UnitId): Declaration | undefined => lastDeclaration(declared.get(id) ?? [], on);
  return denominatorOf({ own: last(unit), parts: parts.map(({ id }) => last(id)), on });
}
