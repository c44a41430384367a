import type { Refusal } from '@ledger/kernel';
import type { CsvRow } from '../csv/csv-rows';
import type { Header } from '../csv/header';
import type { ImportKind } from '../kinds';
import { FILES, MIGRATION_COLUMNS } from '../kinds';
import type { RowRefusal } from '../refusal';
import { clean } from './clean';

/** A row under its header: cells by the names of their columns, cleaned. */
export class Row {
  private readonly cleaned = new Map<string, string>();

  constructor(
    readonly kind: ImportKind,
    readonly header: Header,
    readonly raw: CsvRow,
    readonly file?: string,
  ) {}

  /** Empty where there is nothing, or no such column. */
  text(column: string): string {
    const known = this.cleaned.get(column);
    if (known !== undefined) return known;
    const text = clean(this.raw.cells[this.header.indexOf(column)] ?? '');
    this.cleaned.set(column, text);
    return text;
  }

  /** Whether it says nothing beside what it is about. */
  get isBlank(): boolean {
    const { naming } = FILES[this.kind];
    return this.header.names.every(
      (name) =>
        name === '' || naming.includes(name) || MIGRATION_COLUMNS.includes(name) || this.text(name) === '',
    );
  }

  /** The column that names what the row is about: where a refusal points that concerns no cell. */
  get nameColumn(): string {
    const named = NAMING.find((column) => this.text(column) !== '');
    return named ?? this.header.names[0] ?? '';
  }

  refusal(column: string, refusal: Refusal): RowRefusal {
    const { line } = this.raw;
    const at = { line, column: this.header.numberOf(column), field: column };
    return { ...refusal, ...at, ...(this.file !== undefined && { file: this.file }) };
  }

  /** Cells that are lost or came in between; what has no name must be empty. */
  findMisshapen(): RowRefusal | undefined {
    const { cells, line } = this.raw;
    const { names } = this.header;
    const facts = { cells: cells.length, columns: names.length };
    const at = { line, ...(this.file !== undefined && { file: this.file }) };
    if (cells.length < names.length) return { ...at, code: 'row.too-few-cells', column: cells.length, facts };
    if (cells.length > names.length)
      return { ...at, code: 'row.too-many-cells', column: names.length + 1, facts };
    const extra = cells.findIndex((cell, index) => names[index] === '' && clean(cell) !== '');
    return extra === -1 ? undefined : { ...at, code: 'row.cell-without-column', column: extra + 1, facts };
  }
}

const NAMING = ['household_id', 'list_number', 'code', 'unit_code'];
