import type { AreaType, PlainDate } from '@ledger/kernel';
import { AreaTypeField, Day, Flag, GroupOrAll, Integer, OneOf, Text } from './fields';

/** More than all households of the country, far below where numbers lose their cents. */
const MAX_TOTAL = 1_000_000_000;

export class CreateUnitDto {
  @Text(5, { description: '2 digits a province, 3 a district, 5 a commune', example: '24628' })
  code!: string;

  @Text(120, { example: 'Xã Đắk Nia' })
  name!: string;

  @OneOf(['province', 'district', 'commune'], { example: 'commune' })
  level!: 'province' | 'district' | 'commune';

  @Text(5, {
    optional: true,
    description: 'Code of the unit above on validFrom; absent: the country',
    example: '660',
  })
  parentCode?: string;

  @AreaTypeField({ optional: true })
  areaType?: AreaType;

  @Day({ example: '2020-01-01' })
  validFrom!: PlainDate;

  @Day({ optional: true, description: 'Its last day', example: '2025-06-30' })
  validTo?: PlainDate;

  @Text(200, { optional: true, example: '835/NQ-UBTVQH14' })
  legalBasis?: string;
}

export class ChangeUnitDto {
  @Day({ description: 'From this day on; abolished: the first day without the unit', example: '2025-01-01' })
  effectiveOn!: PlainDate;

  @Text(120, { optional: true, example: 'Thành phố Huế' })
  name?: string;

  @AreaTypeField({ optional: true })
  areaType?: AreaType;

  @Flag({ optional: true })
  abolished?: true;

  @Text(200, { optional: true, example: '175/2024/QH15' })
  legalBasis?: string;
}

export class DeclareTotalDto {
  @Day({ description: 'The day that the total is of', example: '2023-12-31' })
  on!: PlainDate;

  @GroupOrAll()
  group!: string;

  @Integer(0, MAX_TOTAL, { example: 2104 })
  households!: number;

  @Integer(0, MAX_TOTAL, { optional: true, example: 8416 })
  persons?: number;

  @Text(120, { description: 'Where it is from', example: 'commune-register-2023' })
  source!: string;
}
