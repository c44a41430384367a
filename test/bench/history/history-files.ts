import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { CountryOptions } from '../country';
import { livesOf } from '../country/books';
import { dateOf, FIRST_YEAR } from '../country/calendar';
import { Entries } from '../country/entries';
import { overwritten } from '../country/overwrites';
import { layOut } from '../country/places';
import { declareTotals } from '../country/totals';
import { historyRowsOf } from './household-history';

/** Files for COPY, one for each table of the opponent; see `opponents/schema.sql`. */
export const HISTORY_FILES = ['unit', 'unit_closure', 'unit_total', 'household_status_history'] as const;

/** Units are numbered: the country is 0, communes come first. */
const COUNTRY = 0;

/** Writes the country as rows of the history table, household by household; answers how many there are. */
export function writeHistoryFiles(
  folder: string,
  options: CountryOptions,
  onProgress: (households: number) => void,
): number {
  writeUnits(folder, options);
  writeTotals(folder, options);
  const file = new CopyFile(join(folder, 'household_status_history'));
  let told = 0;
  for (const life of livesOf(options)) {
    const rounds = Array.from({ length: options.overwrites ?? 0 }, (_none, at) =>
      overwritten(life, options.households, at + 1),
    );
    for (const row of historyRowsOf([...life, ...rounds.flat()])) {
      file.line(
        row.household,
        row.commune + 1,
        row.standard.slice(3),
        row.status,
        row.members,
        dateOf(row.effectiveFrom),
        dateOrInfinity(row.effectiveTo),
        dateOf(row.recordedFrom),
        dateOrInfinity(row.recordedTo),
      );
    }
    if (++told % 1_000 === 0) onProgress(told);
  }
  return file.close();
}

function writeUnits(folder: string, { communes, seed }: CountryOptions): void {
  const places = layOut(communes, seed);
  const district = (index: number): number => communes + 1 + index;
  const province = (index: number): number => district(places.districts.length) + index;
  const units = new CopyFile(join(folder, 'unit'));
  units.line(COUNTRY, 'VN', 'country');
  places.communes.forEach(({ code }, index) => units.line(index + 1, code, 'commune'));
  places.districts.forEach(({ code }, index) => units.line(district(index), code, 'district'));
  places.provinces.forEach(({ code }, index) => units.line(province(index), code, 'province'));
  units.close();
  const closure = new CopyFile(join(folder, 'unit_closure'));
  places.communes.forEach((commune, index) => {
    for (const ancestor of [COUNTRY, index + 1, district(commune.district), province(commune.province)])
      closure.line(ancestor, index + 1);
  });
  closure.close();
}

function writeTotals(folder: string, { households, communes, years, seed }: CountryOptions): void {
  const entries = new Entries();
  for (let year = FIRST_YEAR - 1; year < FIRST_YEAR + years; year++)
    declareTotals(communes, households, year, seed, entries);
  const file = new CopyFile(join(folder, 'unit_total'));
  for (let commune = 0; commune < communes; commune++) {
    for (let at = 0; at <= years; at++) {
      const { effectiveOn, recordedOn, value } = entries.at(at * communes + commune);
      const next = at === years ? undefined : entries.at((at + 1) * communes + commune);
      const line = (to: number | null, from: number, until: number | null): void =>
        file.line(
          commune + 1,
          value,
          Math.round(value * 4.1),
          dateOf(effectiveOn),
          dateOrInfinity(to),
          dateOf(from),
          dateOrInfinity(until),
        );
      // Until the next declaration is known this one counts for ever; from then on until the day of that one.
      line(null, recordedOn, next?.recordedOn ?? null);
      if (next) line(next.effectiveOn, next.recordedOn, null);
    }
  }
  file.close();
}

const dateOrInfinity = (day: number | null): string => (day === null ? 'infinity' : dateOf(day));

/** A file in the text format of COPY. */
class CopyFile {
  private readonly handle: number;
  private waiting: string[] = [];
  private lines = 0;

  constructor(path: string) {
    this.handle = openSync(path, 'w', 0o644);
  }

  line(...cells: readonly (string | number)[]): void {
    this.waiting.push(cells.join('\t'));
    this.lines++;
    if (this.waiting.length >= 10_000) this.flush();
  }

  close(): number {
    this.flush();
    closeSync(this.handle);
    return this.lines;
  }

  private flush(): void {
    if (this.waiting.length > 0) writeSync(this.handle, `${this.waiting.join('\n')}\n`);
    this.waiting = [];
  }
}
