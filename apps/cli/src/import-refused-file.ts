import { stringify } from 'csv-stringify/sync';
import { closeSync, openSync, writeSync } from 'node:fs';
import { tell } from './import-options';
import { STANDARD_INPUT } from './import-source';

/**
 * The rows that were refused, as they were, under the header that they had: to be mended and imported again. Made with the
 * first of them; what was there before is overwritten.
 */
export class RefusedFile {
  /** Beside the file, unless it is said where; none for the standard input. */
  static of(file: string, path: string | undefined): RefusedFile | undefined {
    if (path !== undefined) return new RefusedFile(path);
    return file === STANDARD_INPUT ? undefined : new RefusedFile(`${file}.refused.csv`);
  }

  private file: number | undefined;
  private lastLine = 0;

  private constructor(private readonly path: string) {}

  add(header: readonly string[], row: { readonly line: number; readonly cells: readonly string[] }): void {
    if (row.line === this.lastLine) return;
    this.lastLine = row.line;
    if (this.file === undefined) {
      this.file = openSync(this.path, 'w');
      this.write(header);
    }
    this.write(row.cells);
  }

  /** Says where it is, where there is one. */
  tell(): void {
    if (this.file !== undefined)
      tell(`The refused rows are in ${this.path}: mend them and import that file.`);
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
  }

  private write(cells: readonly string[]): void {
    if (this.file !== undefined) writeSync(this.file, stringify([[...cells]]));
  }
}
