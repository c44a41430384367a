import type { PlainDate, UnitId } from '@ledger/kernel';
import { dayOfNumber, LAST_DAY, numberOfDay } from '@ledger/kernel';
import type { CommuneSum, Declaration } from './denominator';
import { RunningSum } from './running-sum';
import type { TotalsFact } from './totals.facts';

/** A declaration with its group and the day on which it became known. */
export interface KnownDeclaration extends Declaration {
  readonly group: string;
  readonly recordedOn: PlainDate;
}

/** How much of the declarations a question may see. */
export interface Sight {
  /** The first so many of them, in order of arrival. */
  readonly count: number;
  /** Those recorded by the end of this day; absent for all. */
  readonly knownOn?: PlainDate | undefined;
}

/** A sum over communes and the days, both included, on which it stays the same. */
export interface SumOfDays {
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly sum: CommuneSum;
}

const NONE = -1;

/**
 * All declared totals in order of arrival. A column each, of small numbers: a country has 100,000 of them and
 * more. Each one names the one of the same unit and group that arrived before it.
 */
export class DeclaredTotals {
  private readonly on: number[] = [];
  private readonly recordedOn: number[] = [];
  private readonly households: number[] = [];
  private readonly persons: number[] = [];
  private readonly source: string[] = [];
  private readonly earlier: number[] = [];
  /** The last one of each unit, by group. */
  private readonly last = new Map<string, Map<UnitId, number>>();
  private readonly sources = new Map<string, string>();

  enter({ effectiveOn, unit, group, households, persons, source }: TotalsFact, recordedOn: PlainDate): void {
    const ofGroup = this.last.get(group) ?? new Map<UnitId, number>();
    this.last.set(group, ofGroup);
    this.earlier.push(ofGroup.get(unit) ?? NONE);
    ofGroup.set(unit, this.on.length);
    this.on.push(numberOfDay(effectiveOn));
    this.recordedOn.push(numberOfDay(recordedOn));
    this.households.push(households);
    this.persons.push(persons ?? NONE);
    this.source.push(this.oneOf(source));
  }

  /** What was declared for a unit, of one group or of all, in order of arrival. */
  declarationsOf(unit: UnitId, group: string | undefined, sight: Sight): readonly KnownDeclaration[] {
    const sees = this.sightOf(sight);
    const found: { row: number; declaration: KnownDeclaration }[] = [];
    for (const [ofGroup, last] of this.last) {
      if (group !== undefined && ofGroup !== group) continue;
      for (let row = last.get(unit) ?? NONE; row !== NONE; row = this.earlier[row] as number) {
        if (sees(row)) found.push({ row, declaration: this.declaration(row, ofGroup) });
      }
    }
    return found.sort((a, b) => a.row - b.row).map(({ declaration }) => declaration);
  }

  /**
   * The sums over the communes from one day up to and with another, in order; the first may have begun earlier
   * and the last may go on longer.
   */
  sumsOf(
    communes: readonly UnitId[],
    group: string,
    days: { readonly from: PlainDate; readonly to: PlainDate },
    sight: Sight,
  ): readonly SumOfDays[] {
    const { on } = this;
    const [first, last] = [numberOfDay(days.from), numberOfDay(days.to)];
    const { counting, changes, since, until } = this.around(communes, group, first, last, sight);
    const running = new RunningSum(communes.length);
    for (const row of counting) if (row !== NONE) running.add(this.part(row));

    const sums: SumOfDays[] = [];
    let from = since;
    for (let at = 0; at < changes.length;) {
      const day = on[changes[at]?.row as number] as number;
      sums.push({ from: dayOfNumber(from), to: dayOfNumber(day - 1), sum: running.sum() });
      from = day;
      for (let change = changes[at]; change && on[change.row] === day; change = changes[++at]) {
        const before = counting[change.commune] as number;
        if (before !== NONE) running.remove(this.part(before));
        running.add(this.part(change.row));
        counting[change.commune] = change.row;
      }
    }
    sums.push({ from: dayOfNumber(from), to: dayOfNumber(until), sum: running.sum() });
    return sums;
  }

  /** Which declaration of each commune counts on the first day, and those that replace it up to the last one. */
  private around(
    communes: readonly UnitId[],
    group: string,
    first: number,
    last: number,
    sight: Sight,
  ): Around {
    const { on, earlier } = this;
    const sees = this.sightOf(sight);
    const ofGroup = this.last.get(group);
    const counting = new Array<number>(communes.length).fill(NONE);
    const changes: Change[] = [];
    let since = numberOfDay('0001-01-01' as PlainDate);
    let until = numberOfDay(LAST_DAY);
    for (let commune = 0; commune < communes.length; commune++) {
      let own = NONE;
      let ownDay = -Infinity;
      let row = ofGroup?.get(communes[commune] as UnitId) ?? NONE;
      for (; row !== NONE; row = earlier[row] as number) {
        if (!sees(row)) continue;
        const day = on[row] as number;
        if (day > last) until = Math.min(until, day - 1);
        else if (day > first) changes.push({ row, commune });
        else if (day > ownDay) [own, ownDay] = [row, day];
      }
      if (own !== NONE) since = Math.max(since, ownDay);
      counting[commune] = own;
    }
    changes.sort((a, b) => (on[a.row] as number) - (on[b.row] as number) || a.row - b.row);
    return { counting, changes, since, until };
  }

  private sightOf({ count, knownOn }: Sight): (row: number) => boolean {
    const { recordedOn } = this;
    if (knownOn === undefined) return (row) => row < count;
    const day = numberOfDay(knownOn);
    return (row) => row < count && (recordedOn[row] as number) <= day;
  }

  private declaration(row: number, group: string): KnownDeclaration {
    const persons = this.persons[row] as number;
    return {
      on: dayOfNumber(this.on[row] as number),
      households: this.households[row] as number,
      ...(persons !== NONE && { persons }),
      source: this.source[row] as string,
      group,
      recordedOn: dayOfNumber(this.recordedOn[row] as number),
    };
  }

  private part(row: number) {
    const persons = this.persons[row] as number;
    return {
      on: this.on[row] as number,
      households: this.households[row] as number,
      persons: persons === NONE ? null : persons,
      source: this.source[row] as string,
    };
  }

  /** One text for all that say the same: each fact brings its own. */
  private oneOf(source: string): string {
    const known = this.sources.get(source);
    if (known === undefined) this.sources.set(source, source);
    return known ?? source;
  }
}

interface Change {
  readonly row: number;
  readonly commune: number;
}

interface Around {
  readonly counting: number[];
  readonly changes: readonly Change[];
  readonly since: number;
  readonly until: number;
}
