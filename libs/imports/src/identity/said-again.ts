import { CompactMap } from './compact-map';

/**
 * Tells the orders of one file apart that say the same: A, B, A on one matter (the members of a household from
 * one day on) are three orders, and the last one counts; A, A are one order, said twice.
 *
 * Papers and registrations need no telling apart: a decision that was recorded stays recorded.
 */
export class SaidAgain {
  /** By matter: what was said of it last. */
  private readonly last = new CompactMap();
  /** By matter, only where it was said in more than one way: how often each was said anew. */
  private readonly contested = new Map<number, Map<number, number>>();

  /**
   * @param matters what the order is about, as hashes: it may say several things at once
   * @param content a hash of what it says
   * @returns how many times the same was said before and overruled since
   */
  count(matters: readonly number[], content: number): number {
    const counts = matters.map((matter) => this.countOf(matter, content));
    // Said anew as soon as anything of it has been overruled.
    const count = Math.max(0, ...counts);
    for (const matter of matters) this.note(matter, content, count);
    return count;
  }

  private countOf(matter: number, content: number): number {
    const last = this.last.get(matter);
    const known = this.contested.get(matter)?.get(content);
    if (last === undefined || last === content) return known ?? 0;
    return known === undefined ? 0 : known + 1;
  }

  private note(matter: number, content: number, count: number): void {
    const last = this.last.get(matter);
    this.last.set(matter, content);
    if (last === undefined || (last === content && count === 0)) return;
    const said = this.contested.get(matter) ?? new Map<number, number>([[last, 0]]);
    this.contested.set(matter, said.set(content, count));
  }
}
