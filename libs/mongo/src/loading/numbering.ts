/** Numbers for texts, given in the order in which they are first asked for, and texts for numbers. */
export class Numbering {
  private readonly numbers = new Map<string, number>();
  private readonly texts: string[] = [];

  /** @param first the number of the first text */
  constructor(private readonly first: number) {}

  numberOf(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    const number = this.first + this.texts.push(text) - 1;
    this.numbers.set(text, number);
    return number;
  }

  textOf(number: number): string {
    const text = this.texts[number - this.first];
    if (text === undefined) throw new Error(`no text has the number ${number}`);
    return text;
  }
}
