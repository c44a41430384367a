import type { Decision } from '@ledger/event-sourcing';
import type { AreaType, PlainDate, UnitId } from '@ledger/kernel';
import { canonicalJson, notKnown, refusePersonalNumbers, ruleBroken } from '@ledger/kernel';
import { abolishUnit } from './abolish-unit';
import type { UnitFact, UnitRenamed, UnitRetyped } from './unit.facts';
import type { UnitBook } from './unit-book';
import type { UnitRecord } from './unit-record';
import { requireAliveOn } from './unit-record';

export interface ChangeUnit {
  readonly type: 'ChangeUnit';
  readonly unit: UnitId;
  readonly effectiveOn: PlainDate;
  readonly name?: string;
  readonly areaType?: AreaType;
  /** The unit ends: `effectiveOn` is the first day without it. It goes alone. */
  readonly abolished?: true;
  readonly legalBasis?: string;
}

type Change = UnitRenamed | UnitRetyped;

export function changeUnit(order: ChangeUnit, book: UnitBook): Decision<UnitFact> {
  const { name, abolished, effectiveOn, legalBasis } = order;
  refusePersonalNumbers({ name, legalBasis });
  const unit = requireChangeable(order.unit, book);
  const [first, ...others] = changesOf(order);
  if (abolished) {
    if (first) throw ruleBroken({ code: 'unit.abolition-goes-alone', field: 'abolished' });
    return abolishUnit(unit, effectiveOn, legalBasis);
  }
  if (!first) throw ruleBroken({ code: 'unit.nothing-to-change', field: 'name' });

  const [change, ...more] = [first, ...others].filter((wanted) => repeatedAt(wanted, unit) < 0);
  if (!change) return { unchangedAt: repeatedAt(first, unit) };
  requireAliveOn(unit, effectiveOn);
  return { facts: [change, ...more], notices: [] };
}

function requireChangeable(id: UnitId, book: UnitBook): UnitRecord {
  const unit = book.byId.get(id);
  if (!unit) throw notKnown({ code: 'unit.unknown', field: 'unit', got: id, facts: { unit: id } });
  if (!unit.created) throw ruleBroken({ code: 'unit.country-stays', field: 'unit', got: id });
  return unit;
}

function changesOf({ unit, effectiveOn, name, areaType, legalBasis }: ChangeUnit): Change[] {
  const common = { unit, effectiveOn, ...(legalBasis !== undefined && { legalBasis }) };
  return [
    ...(name !== undefined ? [{ type: 'UnitRenamed', ...common, name } as const] : []),
    ...(areaType !== undefined ? [{ type: 'UnitRetyped', ...common, areaType } as const] : []),
  ];
}

/**
 * The place of the fact that says the same, -1 where there is none or a later one for the same day took its
 * place. What merely agrees with the attribute in force is recorded: a change that is recorded late may come
 * in between.
 */
function repeatedAt(wanted: Change, unit: UnitRecord): number {
  const last = unit.changes.findLast(
    ({ fact }) => fact.type === wanted.type && fact.effectiveOn === wanted.effectiveOn,
  );
  return last && canonicalJson(last.fact) === canonicalJson(wanted) ? last.index : -1;
}
