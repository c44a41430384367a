import type { PlainDate, Status } from '@ledger/kernel';
import {
  Day,
  GroupOrAll,
  IntegerQuery,
  OneOf,
  OpaqueId,
  PositionField,
  StandardId,
  StatusField,
  Text,
  UnitRef,
} from '@ledger/orders';

/** What every question takes. */
export class QuestionDto {
  @Day({
    optional: true,
    description: 'Position at the end of this day; today when absent',
    example: '2022-12-31',
  })
  on?: PlainDate;

  @Day({
    optional: true,
    description: 'As known by the end of this day; absent: the latest knowledge',
    example: '2022-12-31',
  })
  knownOn?: PlainDate;

  @StandardId({ optional: true, description: 'The one that applies on the day when absent' })
  standard?: string;

  @GroupOrAll({ optional: true, description: 'Groups overlap: they are never added up' })
  group?: string;

  @PositionField({
    optional: true,
    description: 'A position of an earlier answer: answer not before it can be seen',
    example: '0000000000000042',
  })
  atLeast?: string;
}

export class RangeDto extends QuestionDto {
  @Day({ description: 'First day of the range', example: '2023-01-01' })
  from!: PlainDate;

  @Day({ description: 'Last day of the range', example: '2023-12-31' })
  to!: PlainDate;
}

export class SeriesDto extends RangeDto {
  @OneOf(['month', 'quarter', 'year'], { example: 'year' })
  step!: 'month' | 'quarter' | 'year';
}

export class RePovertyDto extends RangeDto {
  @IntegerQuery(1, 50, {
    optional: true,
    description: 'Years within which the cohort counts; 3 when absent',
    example: 3,
  })
  withinYears?: number;
}

export class HouseholdsDto extends QuestionDto {
  @StatusField({ optional: true, description: 'poor when absent' })
  status?: Status;

  @IntegerQuery(1, 1_000, { optional: true, description: '100 when absent', example: 100 })
  limit?: number;

  @OpaqueId({ optional: true, description: 'nextCursor of the page before' })
  cursor?: string;
}

export class BearersDto extends QuestionDto {
  @UnitRef()
  unit!: string;

  @Text(20, { description: 'Mã hộ', example: '117' })
  listNumber!: string;
}

export class UnitsDto extends QuestionDto {
  @UnitRef({ optional: true, description: 'Only the units below this one', example: '67' })
  parent?: string;

  @OneOf(['country', 'province', 'district', 'commune'], { optional: true, example: 'district' })
  level?: 'country' | 'province' | 'district' | 'commune';
}
