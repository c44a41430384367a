import type { UnitOnDay } from '@ledger/areas';
import type { AreaType, PlainDate, UnitId } from '@ledger/kernel';
import type { Knowledge } from './knowledge';

/** A unit as it was on a day, as every answer carries it. */
export interface UnitView {
  readonly id: UnitId;
  readonly code: string;
  readonly name: string;
  readonly level: string;
  readonly areaType: AreaType | null;
  readonly parent: UnitId | null;
  readonly validFrom: PlainDate;
  readonly validTo: PlainDate | null;
}

export function unitView(knowledge: Knowledge, id: UnitId, day: PlainDate): UnitView {
  const { code, name, level, areaType, parent, validFrom, validTo }: UnitOnDay = knowledge.tree.attributesOn(
    id,
    day,
  );
  return { id, code, name, level, areaType: areaType ?? null, parent, validFrom, validTo };
}
