import type { Decision } from '@ledger/event-sourcing';
import type { Notice, PlainDate } from '@ledger/kernel';
import { canonicalJson, ruleBroken } from '@ledger/kernel';
import type { UnitAbolished } from './unit.facts';
import type { Recorded, UnitRecord } from './unit-record';
import { partsThat, requireAliveOn } from './unit-record';

/** @param effectiveOn the first day without the unit */
export function abolishUnit(
  unit: UnitRecord,
  effectiveOn: PlainDate,
  legalBasis: string | undefined,
): Decision<UnitAbolished> {
  const fact: UnitAbolished = {
    type: 'UnitAbolished',
    effectiveOn,
    unit: unit.id,
    ...(legalBasis !== undefined && { legalBasis }),
  };
  if (unit.abolished) return { unchangedAt: requireSameEnd(fact, unit, unit.abolished) };
  if (effectiveOn <= unit.validFrom) {
    const facts = { unit: unit.id, validFrom: unit.validFrom };
    throw ruleBroken({
      code: 'unit.abolished-before-it-began',
      field: 'effectiveOn',
      got: effectiveOn,
      facts,
    });
  }
  requireAliveOn(unit, effectiveOn);
  return { facts: [fact], notices: noticesOf(unit, effectiveOn) };
}

function requireSameEnd(fact: UnitAbolished, unit: UnitRecord, earlier: Recorded<UnitAbolished>): number {
  if (canonicalJson(fact) === canonicalJson(earlier.fact)) return earlier.index;
  const facts = { unit: unit.id, lastDay: unit.lastDay };
  throw ruleBroken({ code: 'unit.already-abolished', field: 'effectiveOn', got: fact.effectiveOn, facts });
}

/** Accepted, for the order of the papers is free: the parts belong to the next level until they end as well. */
function noticesOf(unit: UnitRecord, effectiveOn: PlainDate): Notice[] {
  const living = partsThat((part) => part.lastDay >= effectiveOn, unit);
  return living.length > 0
    ? [{ code: 'unit.has-living-parts', facts: { unit: unit.id, parts: living.length } }]
    : [];
}
