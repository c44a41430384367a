import {
  ChangeDetailsDto,
  CreateUnitDto,
  DeclareTotalDto,
  DissolveHouseholdDto,
  FlagReimpoverishedDto,
  MarkEscapedDto,
  MoveHouseholdDto,
  RecordReviewDto,
  RegisterHouseholdDto,
} from '@ledger/orders';
import type { Field, Form } from './form';

export const UNIT_FORM: Form<CreateUnitDto> = {
  dto: CreateUnitDto,
  fields: {
    code: ['code', 'word'],
    name: ['name', 'text'],
    level: ['level', 'word'],
    parent_code: ['parentCode', 'province-or-district'],
    area_type: ['areaType', 'word'],
    valid_from: ['validFrom', 'day'],
    valid_to: ['validTo', 'day'],
    legal_basis: ['legalBasis', 'text'],
  },
};

/** A code has as many digits as its level says. */
export const UNIT_FORMS: Readonly<Record<string, Form<CreateUnitDto>>> = Object.fromEntries(
  (['province', 'district', 'commune'] as const).map((level) => [
    level,
    { ...UNIT_FORM, fields: { ...UNIT_FORM.fields, code: ['code', level] as Field } },
  ]),
);

export const TOTAL_FORM: Form<DeclareTotalDto> = {
  dto: DeclareTotalDto,
  fields: {
    on: ['on', 'day'],
    group: ['group', 'word'],
    households: ['households', 'integer'],
    persons: ['persons', 'integer'],
    source: ['source', 'text'],
  },
};

export const HOUSEHOLD_FORM: Form<RegisterHouseholdDto> = {
  dto: RegisterHouseholdDto,
  fields: {
    household_id: ['householdId', 'id'],
    unit_code: ['unit', 'commune'],
    village: ['village', 'text'],
    registered_on: ['registeredOn', 'day'],
    members: ['members', 'integer'],
    groups: ['groups', 'words'],
    list_number: ['listNumber', 'id'],
  },
};

const STANDARD: Readonly<Record<string, Field>> = { standard: ['standard', 'word'] };
const CHANNEL: Readonly<Record<string, Field>> = { channel: ['channel', 'word'] };
const DAY: Readonly<Record<string, Field>> = { effective_on: ['effectiveOn', 'day'] };
const MEMBERS: Readonly<Record<string, Field>> = { members: ['members', 'integer'] };
const GROUPS: Readonly<Record<string, Field>> = { groups: ['groups', 'words'] };
const VILLAGE: Readonly<Record<string, Field>> = { village: ['village', 'text'] };
const DECISION: Readonly<Record<string, Field>> = {
  decision_no: ['decision.number', 'text'],
  decision_date: ['decision.date', 'day'],
  decision_authority: ['decision.authority', 'text'],
};

export const REVIEW_FORM: Form<RecordReviewDto> = {
  dto: RecordReviewDto,
  fields: {
    ...STANDARD,
    ...CHANNEL,
    ...DAY,
    outcome: ['outcome', 'word'],
    area_type: ['areaType', 'word'],
    income_score: ['incomeScore', 'integer'],
    income_per_capita: ['incomePerCapita', 'integer'],
    deprivations: ['deprivations', 'integers'],
    causes: ['causes', 'integers'],
    ...GROUPS,
    ...MEMBERS,
    override_reason: ['override.reason', 'word'],
    ...DECISION,
  },
};

export const ESCAPE_FORM: Form<MarkEscapedDto> = {
  dto: MarkEscapedDto,
  fields: { ...STANDARD, ...CHANNEL, ...DAY, outcome: ['to', 'word'], ...DECISION },
};

export const FLAG_FORM: Form<FlagReimpoverishedDto> = {
  dto: FlagReimpoverishedDto,
  fields: { ...STANDARD, ...DAY, reason: ['reason', 'word'], ...DECISION },
};

export const MOVE_FORM: Form<MoveHouseholdDto> = {
  dto: MoveHouseholdDto,
  fields: { ...DAY, outcome: ['toUnit', 'commune'], ...VILLAGE, ...MEMBERS, ...DECISION },
};

export const DETAILS_FORM: Form<ChangeDetailsDto> = {
  dto: ChangeDetailsDto,
  fields: { ...DAY, ...MEMBERS, ...GROUPS, ...VILLAGE },
};

export const DISSOLUTION_FORM: Form<DissolveHouseholdDto> = {
  dto: DissolveHouseholdDto,
  fields: { ...DAY, outcome: ['reason', 'word'] },
};
