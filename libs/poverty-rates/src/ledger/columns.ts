import type { Status } from '@ledger/kernel';

/**
 * The columns in which a unit's stock changes, list by list, with the direction of each. They are the
 * columns of forms 2 and 3 (`report_forms`: 1 opening, 2-4 decreases, 5-8 increases, 9 closing), with moves
 * kept apart from the other decreases and increases, because a move inside a unit is none seen from above.
 * `opened` has a sign of its own: it is negative when one opening status replaces another.
 */
export const COLUMNS = {
  poor: {
    opened: 1,
    escapedToNearPoor: -1,
    escapedAbove: -1,
    otherDecrease: -1,
    becamePoorFromNearPoor: 1,
    rePoor: 1,
    newlyArising: 1,
    otherIncrease: 1,
    movedOut: -1,
    movedIn: 1,
    boundaryIn: 1,
    boundaryOut: -1,
  },
  'near-poor': {
    opened: 1,
    escapedAbove: -1,
    becamePoor: -1,
    otherDecrease: -1,
    becameNearPoorFromPoor: 1,
    reNearPoor: 1,
    newlyArising: 1,
    otherIncrease: 1,
    movedOut: -1,
    movedIn: 1,
    boundaryIn: 1,
    boundaryOut: -1,
  },
  /** Not a list of the forms: kept so that zero poor can be told from nothing known. */
  above: {
    entered: 1,
    left: -1,
    otherDecrease: -1,
    otherIncrease: 1,
    movedOut: -1,
    movedIn: 1,
    boundaryIn: 1,
    boundaryOut: -1,
  },
  /** Not a stock: how far the yearly review has come (rule 16 of the ledger). */
  campaign: { reviewed: 1, dissolved: 1 },
} as const;

export type List = keyof typeof COLUMNS;
export type StockList = Status;
export type Column = { [L in List]: `${L}.${Extract<keyof (typeof COLUMNS)[L], string>}` }[List];

/** The entries that a cohort of escaped households is asked for: few, and found by household. */
export const POOR_AGAIN: readonly Column[] = ['poor.rePoor', 'poor.becamePoorFromNearPoor'];

/** All columns, in an order that never changes: stores may keep a column as its place in it. */
export const COLUMN_ORDER: readonly Column[] = Object.entries(COLUMNS).flatMap(([list, kinds]) =>
  Object.keys(kinds).map((kind) => `${list}.${kind}` as Column),
);

const CODES = new Map(COLUMN_ORDER.map((column, code) => [column, code]));

/** A column as it is stored: its place in the order of all columns. */
export function codeOf(column: Column): number {
  const code = CODES.get(column);
  if (code === undefined) throw new Error(`no column ${column}`);
  return code;
}

export function columnOf(code: number): Column {
  const column = COLUMN_ORDER[code];
  if (column === undefined) throw new Error(`no column with code ${code}`);
  return column;
}

export const listOf = (column: Column): List => column.slice(0, column.indexOf('.')) as List;
export const kindOf = (column: Column): string => column.slice(column.indexOf('.') + 1);

/** +1 where the column adds to its list, -1 where it takes away. */
export function directionOf(column: Column): 1 | -1 {
  return (COLUMNS[listOf(column)] as Readonly<Record<string, 1 | -1>>)[kindOf(column)] ?? 1;
}

/** The columns of one list. */
export const columnsOf = (list: List): readonly Column[] =>
  COLUMN_ORDER.filter((column) => listOf(column) === list);
