import type { AreaType, Channel, PlainDate, Status } from '@ledger/kernel';
import {
  AreaTypeField,
  Causes,
  ChannelField,
  Code,
  Day,
  Deprivations,
  Groups,
  Integer,
  OneOf,
  OpaqueId,
  Part,
  StandardId,
  StatusField,
  Text,
  UnitRef,
} from './fields';

const MAX_MEMBERS = 99;
/** VND per person and month: far above every line, far below where numbers lose their cents. */
const MAX_INCOME = 1_000_000_000;

export class DecisionDto {
  @Text(60, { description: 'Number of the paper, as it is written on it', example: '12/QĐ-UBND' })
  number!: string;

  @Day({ description: 'The date on the paper', example: '2024-03-12' })
  date!: PlainDate;

  @Text(120, { description: 'Which authority decided; no names', example: 'UBND xã Đắk Nia' })
  authority!: string;
}

export class OverrideDto {
  @Code({ description: 'Why the decision departs from the scores', example: 'complaint-upheld' })
  reason!: string;
}

export class RegisterHouseholdDto {
  @OpaqueId({
    optional: true,
    description: 'Your id of the household; made up when absent. No personal number',
    example: 'dn-2024-0001',
  })
  householdId?: string;

  @UnitRef({ description: 'The commune in which it lives' })
  unit!: string;

  @Text(80, { optional: true, description: 'Village (thôn, bon, buôn, tổ)', example: 'Thôn 3' })
  village?: string;

  @Day({ description: 'From when on the household is known there', example: '2024-01-15' })
  registeredOn!: PlainDate;

  @Integer(1, MAX_MEMBERS, { example: 4 })
  members!: number;

  @Groups({ optional: true, description: 'local-ethnic-minority implies ethnic-minority' })
  groups?: string[];

  @Text(20, { optional: true, description: 'Mã hộ: the number on the list of this commune', example: '117' })
  listNumber?: string;
}

export class RecordReviewDto {
  @StandardId()
  standard!: string;

  @ChannelField()
  channel!: Channel;

  @Day({ description: 'From when on the status holds (the decision says so)', example: '2024-03-15' })
  effectiveOn!: PlainDate;

  @AreaTypeField({ description: 'Which score sheet was used' })
  areaType!: AreaType;

  @Integer(0, 1_000, { optional: true, description: 'Points for income (A or B1)', example: 120 })
  incomeScore?: number;

  @Integer(0, MAX_INCOME, { optional: true, description: 'VND per person and month', example: 1_200_000 })
  incomePerCapita?: number;

  @Deprivations({
    optional: true,
    description: 'Numbers of the deprived indicators, in the order of the form',
    example: [1, 4, 10],
  })
  deprivations?: number[];

  @StatusField()
  outcome!: Status;

  @Causes({ optional: true, description: 'Causes of poverty, 1-8 as in form 10', example: [2] })
  causes?: number[];

  @Groups({ optional: true, description: 'Absent: unchanged; []: none' })
  groups?: string[];

  @Integer(1, MAX_MEMBERS, { optional: true, description: 'Absent: unchanged', example: 4 })
  members?: number;

  @Part(() => DecisionDto)
  decision!: DecisionDto;

  @Part(() => OverrideDto, { optional: true, description: 'The decision knowingly departs from the scores' })
  override?: OverrideDto;
}

/** An escape is a decision of the monthly channel unless it says otherwise. */
export const DEFAULT_ESCAPE_CHANNEL: Channel = 'regular';

export class MarkEscapedDto {
  @StandardId()
  standard!: string;

  @Day({ example: '2024-06-20' })
  effectiveOn!: PlainDate;

  @OneOf(['near-poor', 'above'], { example: 'above' })
  to!: 'near-poor' | 'above';

  @ChannelField({ optional: true, description: 'regular when absent', example: 'regular' })
  channel?: Channel;

  @Part(() => DecisionDto)
  decision!: DecisionDto;
}

export class FlagReimpoverishedDto {
  @StandardId()
  standard!: string;

  @Day({ example: '2024-09-20' })
  effectiveOn!: PlainDate;

  @Code({ optional: true, example: 'crop-loss' })
  reason?: string;

  @Part(() => DecisionDto)
  decision!: DecisionDto;
}

export class MoveHouseholdDto {
  @Day({ example: '2024-05-02' })
  effectiveOn!: PlainDate;

  @UnitRef({ description: 'The commune to which it moves', example: '24646' })
  toUnit!: string;

  @Text(80, { optional: true, description: 'Village there; absent: not known', example: 'Buôn 2' })
  village?: string;

  @Integer(1, MAX_MEMBERS, {
    optional: true,
    description: 'Members after the move; absent: unchanged',
    example: 4,
  })
  members?: number;

  @Part(() => DecisionDto, { optional: true })
  decision?: DecisionDto;
}

export class ChangeDetailsDto {
  @Day({ example: '2024-05-02' })
  effectiveOn!: PlainDate;

  @Integer(1, MAX_MEMBERS, { optional: true, example: 5 })
  members?: number;

  @Groups({ optional: true })
  groups?: string[];

  @Text(80, { optional: true, example: 'Thôn 3' })
  village?: string;
}

export class DissolveHouseholdDto {
  @Day({ description: 'The first day without the household', example: '2024-08-01' })
  effectiveOn!: PlainDate;

  @OneOf(['died', 'left', 'other'], { example: 'died' })
  reason!: 'died' | 'left' | 'other';
}
