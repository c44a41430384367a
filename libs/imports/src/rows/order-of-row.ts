import type { CreateUnit, TotalDeclaration } from '@ledger/areas';
import type { HouseholdRequest } from '@ledger/households';
import type { PlainDate, Refusal } from '@ledger/kernel';
import { unreachable } from '@ledger/kernel';
import { DEFAULT_ESCAPE_CHANNEL, isOpaqueId, isText, isUnitRef, shown } from '@ledger/orders';
import { FILES } from '../kinds';
import type { CellType } from './cell';
import { readCell } from './cell';
import type { Form } from './form';
import { fillIn, RowRefused } from './form';
import {
  DETAILS_FORM,
  DISSOLUTION_FORM,
  ESCAPE_FORM,
  FLAG_FORM,
  HOUSEHOLD_FORM,
  MOVE_FORM,
  REVIEW_FORM,
  TOTAL_FORM,
  UNIT_FORM,
  UNIT_FORMS,
} from './forms';
import type { Row } from './row';

/** A household by its place on a list. */
export interface ListedName {
  readonly unit: string;
  readonly listNumber: string;
  readonly day: PlainDate;
  /** From the day on it is on that list no more. */
  readonly leaves: boolean;
}

/** How a row names its household. */
export type HouseholdName = { readonly id: string } | ListedName;

/** What a row asks for, and the form that places what is refused of it. */
export type RowOrder = { readonly form: Form<object> } & (
  | { readonly type: 'unit'; readonly order: Omit<CreateUnit, 'type'> }
  | { readonly type: 'total'; readonly unit: string; readonly order: TotalDeclaration }
  | { readonly type: 'household'; readonly household: HouseholdName; readonly request: HouseholdRequest }
);

/**
 * @param madeUpId an id for a household that has none, of its place, list number and day
 * @throws RowRefused naming the columns
 */
export function orderOfRow(row: Row, madeUpId: (content: object) => string): RowOrder {
  const misshapen = row.findMisshapen();
  if (misshapen) throw new RowRefused([misshapen]);
  switch (row.kind) {
    case 'units': {
      const form = UNIT_FORMS[row.text('level')] ?? UNIT_FORM;
      return { type: 'unit', form, order: fillIn(form, row, []) };
    }
    case 'totals': {
      const order = fillIn(TOTAL_FORM, row, []);
      return { type: 'total', form: TOTAL_FORM, unit: named(row, 'unit_code', UNIT), order };
    }
    case 'households':
      return registrationOf(row, madeUpId);
    case 'reviews':
      return householdOrderOf(row);
  }
  return unreachable(row.kind);
}

function registrationOf(row: Row, madeUpId: (content: object) => string): RowOrder {
  const { householdId, ...order } = fillIn(HOUSEHOLD_FORM, row, []);
  const { unit, listNumber, registeredOn } = order;
  if (householdId === undefined && listNumber === undefined) {
    throw new RowRefused([row.refusal('household_id', { code: 'row.household-unnamed' })]);
  }
  const id = householdId ?? madeUpId({ unit, listNumber, registeredOn });
  return {
    type: 'household',
    form: HOUSEHOLD_FORM,
    household: { id },
    request: { type: 'RegisterHousehold', ...order },
  };
}

function householdOrderOf(row: Row): RowOrder {
  const { form, request } = requestOf(row);
  return { type: 'household', form, request, household: householdNamed(row, request) };
}

type LaterRequest = Exclude<HouseholdRequest, { type: 'RegisterHousehold' }>;

function requestOf(row: Row): { form: Form<object>; request: LaterRequest } {
  const kind = row.text('kind');
  switch (kind) {
    case '':
    case 'review':
      return { form: REVIEW_FORM, request: { type: 'RecordReview', ...filled(REVIEW_FORM, row) } };
    case 'escape': {
      const { channel = DEFAULT_ESCAPE_CHANNEL, ...order } = filled(ESCAPE_FORM, row);
      return { form: ESCAPE_FORM, request: { type: 'MarkEscaped', ...order, channel } };
    }
    case 're-poverty':
      return { form: FLAG_FORM, request: { type: 'FlagReimpoverished', ...filled(FLAG_FORM, row) } };
    case 'move':
      return { form: MOVE_FORM, request: { type: 'MoveHousehold', ...filled(MOVE_FORM, row) } };
    case 'details':
      return { form: DETAILS_FORM, request: { type: 'ChangeDetails', ...filled(DETAILS_FORM, row) } };
    case 'dissolution':
      return {
        form: DISSOLUTION_FORM,
        request: { type: 'DissolveHousehold', ...filled(DISSOLUTION_FORM, row) },
      };
    default: {
      const values = 'review, escape, re-poverty, move, details, dissolution';
      throw new RowRefused([
        row.refusal('kind', { code: 'body.one-of', facts: { values }, got: shown(kind) }),
      ]);
    }
  }
}

/** The order of the form; a column that is filled in and does not belong to it is refused. */
function filled<Dto extends object>(form: Form<Dto>, row: Row): Dto {
  return fillIn(
    form,
    row,
    ORDER_COLUMNS.filter((column) => !(column in form.fields)),
  );
}

const ORDER_COLUMNS = FILES.reviews.columns.filter(
  (column) => column !== 'kind' && !FILES.reviews.naming.includes(column),
);

/** The id rules: what stands beside it on a sheet is for the reader. */
function householdNamed(row: Row, { type, effectiveOn: day }: LaterRequest): HouseholdName {
  if (row.text('household_id') !== '') return { id: named(row, 'household_id', ID) };
  const missing = ['unit_code', 'list_number'].find((column) => row.text(column) === '');
  if (missing !== undefined) throw new RowRefused([row.refusal(missing, { code: 'row.household-unnamed' })]);
  const leaves = type === 'MoveHousehold' || type === 'DissolveHousehold';
  return {
    unit: named(row, 'unit_code', COMMUNE),
    listNumber: named(row, 'list_number', LIST_NUMBER),
    day,
    leaves,
  };
}

interface Name {
  readonly type: CellType;
  readonly isOne: (text: string) => boolean;
  readonly otherwise: Refusal;
}

const UNIT: Name = { type: 'unit', isOne: isUnitRef, otherwise: { code: 'body.unit' } };
const COMMUNE: Name = { ...UNIT, type: 'commune' };
const ID: Name = { type: 'id', isOne: isOpaqueId, otherwise: { code: 'body.id' } };
const LIST_NUMBER: Name = {
  type: 'id',
  isOne: (text) => isText(text, 20),
  otherwise: { code: 'body.text', facts: { min: 1, max: 20 } },
};

function named(row: Row, column: string, { type, isOne, otherwise }: Name): string {
  const text = row.text(column);
  if (text === '') throw new RowRefused([row.refusal(column, { code: 'body.required' })]);
  const read = readCell(text, type);
  if ('refusal' in read) throw new RowRefused([row.refusal(column, { ...read.refusal, got: shown(text) })]);
  if (!isOne(text)) throw new RowRefused([row.refusal(column, { ...otherwise, got: shown(text) })]);
  return text;
}
