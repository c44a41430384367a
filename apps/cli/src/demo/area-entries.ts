import type { CreateUnit } from '@ledger/areas';
import { parseDay } from '@ledger/kernel';
import { A_LUOI, A_LUOI_COMMUNES, HUE } from './data/a-luoi.units';
import { DAK_NONG, DAK_NONG_COMMUNES, DAK_NONG_DISTRICTS } from './data/dak-nong.units';
import type { DemoCommune, DemoUnit } from './data/units';
import { idOf, UNITS_FROM } from './data/units';
import type { Diary } from './diary';
import type { AreaEntry } from './entry';

/** The two provinces with the districts and communes that the demo tells of. */
export function enterUnits(diary: Diary): void {
  enterProvince(diary, DAK_NONG, DAK_NONG_DISTRICTS, DAK_NONG_COMMUNES);
  enterProvince(diary, HUE, [A_LUOI], A_LUOI_COMMUNES);
}

function enterProvince(
  diary: Diary,
  province: DemoUnit,
  districts: readonly DemoUnit[],
  communes: readonly DemoCommune[],
): void {
  const create = (unit: DemoUnit, rest: Pick<CreateUnit, 'level' | 'parentCode' | 'areaType'>): void => {
    const { code, name } = unit;
    const order: CreateUnit = { type: 'CreateUnit', code, name, validFrom: UNITS_FROM, ...rest };
    diary.add({ recordedOn: parseDay('2020-01-02'), recordedBy: `officer-${province.code}`, order });
  };
  create(province, { level: 'province' });
  for (const district of districts) create(district, { level: 'district', parentCode: province.code });
  for (const commune of communes) {
    const { areaType, district } = commune;
    create(commune, { level: 'commune', parentCode: district, areaType });
  }
}

/** The province became a city under the central government and kept its land: a new name, no new unit. */
export function renameHue(diary: Diary): void {
  const order: AreaEntry['order'] = {
    type: 'ChangeUnit',
    unit: idOf(HUE),
    effectiveOn: parseDay('2025-01-01'),
    name: 'Thành phố Huế',
    legalBasis: '175/2024/QH15',
  };
  diary.add({ recordedOn: parseDay('2025-01-02'), recordedBy: `officer-${HUE.code}`, order });
}
