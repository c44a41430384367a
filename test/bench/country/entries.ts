/** What can be entered in the country's books. */
export const KINDS = [
  'register',
  'review',
  'escape',
  'flag',
  'details',
  'move',
  'dissolve',
  'total',
] as const;
export type Kind = (typeof KINDS)[number];

export interface Entry {
  readonly kind: Kind;
  /** The number of the household, or of the commune for a total. */
  readonly subject: number;
  readonly recordedOn: number;
  readonly effectiveOn: number;
  /** The commune in which the household lives on that day; for a move where it goes. */
  readonly place: number;
  /** An outcome, members, a reason: by kind. */
  readonly value: number;
  /** Which paper of the day it is, or the standard of a status: see `papers.ts`. */
  readonly paper: number;
}

/** Entries of one year in a few bytes each, handed over in the order in which they were recorded. */
export class Entries {
  length = 0;
  private kinds = new Uint8Array(1024);
  private subjects = new Uint32Array(1024);
  private recorded = new Uint16Array(1024);
  private effective = new Uint16Array(1024);
  private places = new Uint16Array(1024);
  private values = new Uint32Array(1024);
  private papers = new Uint8Array(1024);

  add(entry: Entry): void {
    if (this.length === this.kinds.length) this.grow();
    const at = this.length++;
    this.kinds[at] = KINDS.indexOf(entry.kind);
    this.subjects[at] = entry.subject;
    this.recorded[at] = entry.recordedOn;
    this.effective[at] = entry.effectiveOn;
    this.places[at] = entry.place;
    this.values[at] = entry.value;
    this.papers[at] = entry.paper;
  }

  /** The order of recording; what was recorded on one day stays in the order of arrival. */
  inOrder(): Uint32Array {
    let lastDay = 0;
    for (let at = 0; at < this.length; at++) lastDay = Math.max(lastDay, this.recorded[at] ?? 0);
    const next = new Uint32Array(lastDay + 2);
    for (let at = 0; at < this.length; at++) {
      const after = (this.recorded[at] ?? 0) + 1;
      next[after] = (next[after] ?? 0) + 1;
    }
    for (let day = 1; day < next.length; day++) next[day] = (next[day] ?? 0) + (next[day - 1] ?? 0);
    const order = new Uint32Array(this.length);
    for (let at = 0; at < this.length; at++) {
      const day = this.recorded[at] ?? 0;
      const place = next[day] ?? 0;
      next[day] = place + 1;
      order[place] = at;
    }
    return order;
  }

  at(index: number): Entry {
    return {
      kind: KINDS[this.kinds[index] ?? 0] ?? 'register',
      subject: this.subjects[index] ?? 0,
      recordedOn: this.recorded[index] ?? 0,
      effectiveOn: this.effective[index] ?? 0,
      place: this.places[index] ?? 0,
      value: this.values[index] ?? 0,
      paper: this.papers[index] ?? 0,
    };
  }

  private grow(): void {
    const size = this.kinds.length * 2;
    const larger = <List extends Uint8Array | Uint16Array | Uint32Array>(list: List, made: List): List => {
      made.set(list);
      return made;
    };
    this.kinds = larger(this.kinds, new Uint8Array(size));
    this.subjects = larger(this.subjects, new Uint32Array(size));
    this.recorded = larger(this.recorded, new Uint16Array(size));
    this.effective = larger(this.effective, new Uint16Array(size));
    this.places = larger(this.places, new Uint16Array(size));
    this.values = larger(this.values, new Uint32Array(size));
    this.papers = larger(this.papers, new Uint8Array(size));
  }
}
