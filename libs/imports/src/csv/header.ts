import type { ImportKind } from '../kinds';
import { FILES, MIGRATION_COLUMNS, RECORDED_ON } from '../kinds';
import type { RowRefusal } from '../refusal';
import { FileUnusable } from '../refusal';
import { clean } from '../rows/clean';
import type { CsvRow } from './csv-rows';

/** Which column of a file is which. */
export class Header {
  private readonly places = new Map<string, number>();

  /** @param asWritten the cells of the first row, for whoever writes the file again */
  constructor(
    readonly names: readonly string[],
    readonly asWritten: readonly string[],
  ) {
    names.forEach((name, index) => name !== '' && this.places.set(name, index));
  }

  /** The index of a column, -1 where the file has none of the name. */
  indexOf(name: string): number {
    return this.places.get(name) ?? -1;
  }

  has(name: string): boolean {
    return this.places.has(name);
  }

  /** Its number for the reader, from 1; of a column that is left out, the one after the last. */
  numberOf(name: string): number {
    return (this.places.get(name) ?? this.names.length) + 1;
  }
}

/**
 * Reads the first row as the names of the columns. Capital letters and blanks around do no harm; a column
 * without a name must stay empty.
 * @throws FileUnusable naming every column that is unknown, double or missing
 */
export function headerOf(row: CsvRow, kind: ImportKind, migration: boolean): Header {
  const { columns, necessary } = FILES[kind];
  const names = row.cells.map((cell) => clean(cell).toLowerCase());
  const refused = (code: string, column: string, at: number): RowRefusal => ({
    code,
    line: row.line,
    column: at + 1,
    field: column,
    facts: { column, kind, columns: columns.join(',') },
  });
  if (!names.some((name) => columns.includes(name))) {
    throw new FileUnusable([refused('file.no-header', names[0] ?? '', 0)]);
  }
  const unknown = names.flatMap((name, at): RowRefusal[] => {
    if (name === '') return [];
    if (names.indexOf(name) < at) return [refused('file.double-column', name, at)];
    if (columns.includes(name)) return [];
    if (!MIGRATION_COLUMNS.includes(name)) return [refused('file.unknown-column', name, at)];
    return migration ? [] : [refused('file.migration-column', name, at)];
  });
  const header = new Header(names, row.cells);
  const needed = migration ? [...necessary, [RECORDED_ON]] : necessary;
  const missing = needed
    .filter((choices) => !choices.some((choice) => choice.split('+').every((name) => header.has(name))))
    .map((choices) => refused('file.column-missing', choices.join(' / '), names.length));
  const [first, ...others] = [...unknown, ...missing];
  if (first) throw new FileUnusable([first, ...others]);
  return header;
}
