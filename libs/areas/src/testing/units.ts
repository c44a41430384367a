import type { PlainDate, UnitId } from '@ledger/kernel';
import { parseDay, splitUnitId } from '@ledger/kernel';
import type { LevelBelowCountry, UnitCreated } from '../unit.facts';
import { COUNTRY } from '../unit.facts';

export const day = (text: string): PlainDate => parseDay(text);

const LEVELS: Readonly<Record<number, LevelBelowCountry>> = { 2: 'province', 3: 'district', 5: 'commune' };

/** `created('24611@2004-06-30', '660@2004-06-30')`: the level follows from the code. */
export function created(
  unit: UnitId,
  parent: UnitId = COUNTRY,
  more: Partial<Pick<UnitCreated, 'name' | 'areaType' | 'validTo' | 'legalBasis'>> = {},
): UnitCreated {
  const parts = splitUnitId(unit);
  const level = LEVELS[parts?.code.length ?? 0];
  if (!parts || !level) throw new Error(`not a unit id: ${unit}`);
  const { code, validFrom } = parts;
  return {
    type: 'UnitCreated',
    effectiveOn: validFrom,
    unit,
    code,
    name: `Đơn vị ${code}`,
    level,
    parent,
    ...more,
  };
}
