import type { UnitCreated, UnitFact } from '@ledger/areas';
import { COUNTRY } from '@ledger/areas';
import type { HouseholdFact, ReviewRecorded } from '@ledger/households';
import type { PlainDate, Status, UnitId } from '@ledger/kernel';
import { parseDay, splitUnitId } from '@ledger/kernel';
import { ELSEWHERE, HERE, THERE } from './sample-batches';

export const PROVINCE: UnitId = '66@1991-08-12';
export const OTHER_PROVINCE: UnitId = '67@1991-08-12';
export const DISTRICT: UnitId = '660@1991-08-12';

const LEVELS = { 2: 'province', 3: 'district', 5: 'commune' } as const;

function created(unit: UnitId, parent: UnitId): UnitCreated {
  const parts = splitUnitId(unit);
  if (!parts) throw new Error(`not a unit id: ${unit}`);
  const { code, validFrom } = parts;
  const level = LEVELS[code.length as keyof typeof LEVELS];
  return { type: 'UnitCreated', effectiveOn: validFrom, unit, code, name: `Đơn vị ${code}`, level, parent };
}

/** Two communes in a district of one province, one commune right below another. */
export const COUNTRYSIDE: readonly UnitFact[] = [
  created(PROVINCE, COUNTRY),
  created(OTHER_PROVINCE, COUNTRY),
  created(DISTRICT, PROVINCE),
  created(HERE, DISTRICT),
  created(THERE, DISTRICT),
  created(ELSEWHERE, OTHER_PROVINCE),
];

export const abolished = (unit: UnitId, effectiveOn: PlainDate): UnitFact => ({
  type: 'UnitAbolished',
  effectiveOn,
  unit,
});

export const createdIn = created;

const decision = { number: '12/QĐ-UBND', date: parseDay('2022-12-01'), authority: 'UBND xã' };

export const registered = (householdId: string, place: UnitId, effectiveOn: PlainDate): HouseholdFact => ({
  type: 'HouseholdRegistered',
  effectiveOn,
  householdId,
  place,
  members: 4,
  groups: ['ethnic-minority'],
  listNumber: `MH-${householdId}`,
});

export const reviewed = (
  outcome: Status,
  effectiveOn: PlainDate,
  more: Partial<Pick<ReviewRecorded, 'standard' | 'members' | 'groups' | 'channel'>> = {},
): HouseholdFact => ({
  type: 'ReviewRecorded',
  effectiveOn,
  standard: 'VN-2022',
  channel: 'periodic',
  areaType: 'rural',
  outcome,
  decision,
  check: 'unchecked',
  ...more,
});

export const escaped = (effectiveOn: PlainDate, to: 'near-poor' | 'above' = 'above'): HouseholdFact => ({
  type: 'EscapeRecognised',
  effectiveOn,
  standard: 'VN-2022',
  to,
  channel: 'regular',
  decision,
});

export const moved = (to: UnitId, effectiveOn: PlainDate): HouseholdFact => ({
  type: 'HouseholdMoved',
  effectiveOn,
  to,
});

export const dissolved = (effectiveOn: PlainDate): HouseholdFact => ({
  type: 'HouseholdDissolved',
  effectiveOn,
  reason: 'left',
});
