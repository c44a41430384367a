/** Numbers for texts that come again and again: the same text has the same number, from 1 on; 0 is none. */
export class Words {
  private readonly numbers = new Map<string, number>();
  private fresh: string[] = [];

  numberOf(word: string): number {
    const known = this.numbers.get(word);
    if (known !== undefined) return known;
    const number = this.numbers.size + 1;
    this.numbers.set(word, number);
    this.fresh.push(word);
    return number;
  }

  /** Words that have come since this was asked last, in the order of their numbers. */
  takeFresh(): readonly string[] {
    const { fresh } = this;
    this.fresh = [];
    return fresh;
  }
}
