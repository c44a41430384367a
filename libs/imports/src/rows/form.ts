import { Problem } from '@ledger/kernel';
import type { Notice, Refusal } from '@ledger/kernel';
import { shape, shown } from '@ledger/orders';
import type { RowRefusal } from '../refusal';
import type { CellType } from './cell';
import { readCell } from './cell';
import type { Row } from './row';

/** Where in an order a column goes, as the refusals of the order name it: `decision.number`. */
export type Field = readonly [path: string, type: CellType];

/** How the cells of a row make the body of an order, the one that HTTP takes. */
export interface Form<Dto extends object> {
  readonly dto: new () => Dto;
  readonly fields: Readonly<Record<string, Field>>;
}

/**
 * Makes the order of a row: every check is the one of the door.
 * @throws RowRefused with everything that is wrong, at its column
 */
export function fillIn<Dto extends object>(form: Form<Dto>, row: Row, notOfTheForm: readonly string[]): Dto {
  const refusals: RowRefusal[] = [];
  const body: Record<string, unknown> = {};
  for (const [column, [path, type]] of Object.entries(form.fields)) {
    const text = row.text(column);
    if (text === '') continue;
    const read = readCell(text, type);
    if ('refusal' in read) refusals.push(row.refusal(column, { ...read.refusal, got: shown(text) }));
    // What is refused already stays in its place, so that it is not called missing as well.
    put(body, path, 'value' in read ? read.value : text);
  }
  for (const column of notOfTheForm) {
    const text = row.text(column);
    if (text !== '') refusals.push(row.refusal(column, notHere(column, row, text)));
  }
  try {
    const dto = shape(form.dto, body);
    if (refusals.length === 0) return dto;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const named = new Set(refusals.map(({ column }) => column));
    refusals.push(
      ...error.refusals
        .map((refusal) => placed(form, row, refusal))
        .filter(({ column }) => !named.has(column)),
    );
  }
  throw new RowRefused(refusals);
}

/** A refusal of an order, at the column that its field came from; at the row's name where it has none. */
export function placed(form: Form<object>, row: Row, refusal: Refusal): RowRefusal {
  const { field = '' } = refusal;
  const columns = Object.entries(form.fields);
  const column =
    columns.find(([, [path]]) => path === field) ??
    columns.find(([, [path]]) => path.startsWith(`${field}.`));
  return row.refusal(column?.[0] ?? NAMES[field] ?? row.nameColumn, refusal);
}

/** Fields that name what an order is about: in HTTP they are in the path. */
const NAMES: Readonly<Record<string, string>> = {
  householdId: 'household_id',
  unit: 'unit_code',
  listNumber: 'list_number',
  recordedOn: 'recorded_on',
};

const notHere = (column: string, row: Row, text: string): Notice & { got: string } => ({
  code: 'cell.not-of-this-kind',
  facts: { column, kind: row.text('kind') || 'review' },
  got: text.slice(0, LONGEST_SHOWN),
});

const LONGEST_SHOWN = 100;

/** A row that is refused: the others go on. */
export class RowRefused extends Error {
  override readonly name = 'RowRefused';

  constructor(readonly refusals: readonly RowRefusal[]) {
    super(refusals.map(({ code }) => code).join(', '));
  }
}

function put(body: Record<string, unknown>, path: string, value: unknown): void {
  const [outer = '', inner] = path.split('.');
  if (inner === undefined) body[outer] = value;
  else body[outer] = { ...(body[outer] as object | undefined), [inner]: value };
}
