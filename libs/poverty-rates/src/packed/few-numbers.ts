/** Indexes from 0 on for numbers that are few, but need not be small: of standards. */
export class FewNumbers {
  private readonly numbers: number[] = [];

  indexOf(number: number): number {
    const index = this.numbers.indexOf(number);
    return index >= 0 ? index : this.numbers.push(number) - 1;
  }

  at(index: number): number {
    return this.numbers[index] as number;
  }
}
