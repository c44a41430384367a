import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import {
  AREA_TYPES,
  CHANNELS,
  findDay,
  holdsPersonalNumber,
  OPAQUE_ID,
  splitUnitId,
  STATUSES,
  UNIT_CODE,
} from '@ledger/kernel';
import { ALL_HOUSEHOLDS, CAUSES, POPULATION_GROUPS, STANDARD_IDS } from '@ledger/standards';
import { Transform, Type } from 'class-transformer';
import type { ValidationOptions } from 'class-validator';
import { ValidateBy, ValidateIf, ValidateNested } from 'class-validator';

interface FieldDocs {
  readonly description?: string;
  readonly example?: unknown;
  readonly optional?: true;
}

type Facts = Readonly<Record<string, string | number>>;

/** The message of a failed check is its rule and facts: the text is found in the reader's language later. */
export const ruleMessage = (rule: string, facts: Facts = {}): string => JSON.stringify({ rule, facts });

function field(
  rule: string,
  check: (value: unknown) => boolean,
  docs: FieldDocs,
  schema: Readonly<Record<string, unknown>>,
  facts: Facts = {},
): PropertyDecorator {
  const { optional, ...described } = docs;
  const options: ValidationOptions = { message: ruleMessage(rule, facts) };
  return applyDecorators(
    ApiProperty({ ...described, ...schema, required: !optional }),
    ValidateBy({ name: rule, validator: { validate: check } }, options),
    ...(optional ? [IsOptionalButNotNull()] : []),
  );
}

/** Absent is fine; `null` is a value, and none that we take. */
const IsOptionalButNotNull = (): PropertyDecorator => ValidateIf((_dto, value) => value !== undefined);

export const Day = (docs: FieldDocs = {}): PropertyDecorator =>
  field(
    'body.day',
    (value) => findDay(value) !== undefined,
    { example: '2022-12-15', ...docs },
    { type: 'string', format: 'date' },
  );

export function Integer(min: number, max: number, docs: FieldDocs = {}): PropertyDecorator {
  const check = (value: unknown): boolean =>
    Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max;
  return field('body.integer', check, docs, { type: 'integer', minimum: min, maximum: max }, { min, max });
}

/** A whole number in a query string. */
export const IntegerQuery = (min: number, max: number, docs: FieldDocs = {}): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }) =>
      typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : (value as unknown),
    ),
    Integer(min, max, docs),
  );

export function OneOf(values: readonly string[], docs: FieldDocs = {}): PropertyDecorator {
  const check = (value: unknown): boolean => typeof value === 'string' && values.includes(value);
  return field(
    'body.one-of',
    check,
    { example: values[0], ...docs },
    { type: 'string', enum: values },
    { values: values.join(', ') },
  );
}

/** A short text: well formed, trimmed, without control characters. */
export function Text(max: number, docs: FieldDocs = {}): PropertyDecorator {
  return field(
    'body.text',
    (value) => isText(value, max),
    docs,
    { type: 'string', minLength: 1, maxLength: max },
    { min: 1, max },
  );
}

export function isText(value: unknown, max: number): value is string {
  return (
    typeof value === 'string' &&
    value.trim() === value &&
    value.length >= 1 &&
    value.length <= max &&
    value.isWellFormed() &&
    !/\p{Cc}/u.test(value)
  );
}

const CODE = /^[a-z0-9-]{1,40}$/;

export const Code = (docs: FieldDocs = {}): PropertyDecorator =>
  field('body.code', (value) => typeof value === 'string' && CODE.test(value), docs, {
    type: 'string',
    pattern: CODE.source,
  });

export const isOpaqueId = (value: unknown): value is string =>
  typeof value === 'string' && OPAQUE_ID.test(value) && !holdsPersonalNumber(value);

export const OpaqueId = (docs: FieldDocs = {}): PropertyDecorator =>
  field('body.id', isOpaqueId, docs, { type: 'string', pattern: OPAQUE_ID.source });

export const isUnitRef = (value: unknown): value is string =>
  typeof value === 'string' && (UNIT_CODE.test(value) || splitUnitId(value) !== undefined);

export const UnitRef = (docs: FieldDocs = {}): PropertyDecorator =>
  field('body.unit', isUnitRef, { example: '24628', ...docs }, { type: 'string' });

const POSITION = /^(?:0|\d{16,20}(?:[:.]\d{16,20})?)$/;

/** A position as an answer gave it: opaque to clients, though not any text is one. */
export const PositionField = (docs: FieldDocs = {}): PropertyDecorator =>
  field('body.position', (value) => typeof value === 'string' && POSITION.test(value), docs, {
    type: 'string',
  });

function list(
  values: readonly (string | number)[],
  docs: FieldDocs,
  type: 'string' | 'integer',
): PropertyDecorator {
  const max = values.length;
  const check = (given: unknown): boolean =>
    Array.isArray(given) &&
    given.length <= max &&
    new Set(given).size === given.length &&
    given.every((item: unknown) => values.includes(item as string | number));
  const shown = type === 'integer' ? `${values[0]}-${values.at(-1)}` : values.join(', ');
  return field('body.list', check, docs, { type: 'array', items: { type } }, { max, values: shown });
}

export const Groups = (docs: FieldDocs = {}): PropertyDecorator =>
  list(
    POPULATION_GROUPS.map(({ id }) => id),
    { example: ['ethnic-minority'], ...docs },
    'string',
  );

/** Form 10 numbers the causes; a list from a spreadsheet may hold them as text. */
export const Causes = (docs: FieldDocs = {}): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }) => asNumbers(value)),
    list(
      CAUSES.map(({ number }) => number),
      docs,
      'integer',
    ),
  );

const asNumbers = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map((item: unknown) => (typeof item === 'string' && /^\d$/.test(item) ? Number(item) : item))
    : value;

const INDICATOR_NUMBERS = Array.from({ length: 99 }, (_none, index) => index + 1);

/** Which numbers a standard has is a rule of the standard; here they only have to be numbers. */
export const Deprivations = (docs: FieldDocs = {}): PropertyDecorator =>
  list(INDICATOR_NUMBERS, docs, 'integer');

export const GroupOrAll = (docs: FieldDocs = {}): PropertyDecorator =>
  OneOf([ALL_HOUSEHOLDS, ...POPULATION_GROUPS.map(({ id }) => id)], docs);

export const StandardId = (docs: FieldDocs = {}): PropertyDecorator =>
  OneOf(STANDARD_IDS, { example: 'VN-2022', ...docs });
export const ChannelField = (docs: FieldDocs = {}): PropertyDecorator => OneOf(CHANNELS, docs);
export const AreaTypeField = (docs: FieldDocs = {}): PropertyDecorator => OneOf(AREA_TYPES, docs);
export const StatusField = (docs: FieldDocs = {}): PropertyDecorator => OneOf(STATUSES, docs);

export const Flag = (docs: FieldDocs = {}): PropertyDecorator =>
  field('body.flag', (value) => value === true, docs, { type: 'boolean', enum: [true] });

/** A part of the body with fields of its own. */
export function Part(type: () => new () => object, docs: FieldDocs = {}): PropertyDecorator {
  const { optional, ...described } = docs;
  const isObject = (value: unknown): boolean =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  return applyDecorators(
    // The documentation knows a lazy type by its name: it must be called `type`.
    ApiProperty({ ...described, type: () => type(), required: !optional }),
    ValidateBy(
      { name: 'body.object', validator: { validate: isObject } },
      { message: ruleMessage('body.object') },
    ),
    ValidateNested(),
    Type(type),
    ...(optional ? [IsOptionalButNotNull()] : []),
  );
}
