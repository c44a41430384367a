/**
 * Takes results in the order in which their work was begun, with a bounded number under way: a log commits what
 * comes at once in one go.
 */
export class InOrder<Result> {
  private readonly waiting: Promise<Result>[] = [];
  /** What is waiting, and what is being taken. */
  private begun: readonly Promise<Result>[] = this.waiting;

  constructor(
    private readonly max: number,
    private readonly take: (result: Result) => void | Promise<void>,
  ) {}

  /** Resolves when there is room for more. */
  async add(work: Promise<Result>): Promise<void> {
    // Whoever takes it hears of a failure; until then it must not go unhandled.
    work.catch(() => undefined);
    this.waiting.push(work);
    if (this.waiting.length >= this.max) await this.settle(Math.ceil(this.max / 2));
  }

  /** Takes everything that is under way. */
  async settled(): Promise<void> {
    await this.settle(this.waiting.length);
  }

  /** Waits until nothing is under way any more, whatever becomes of it: before a store may be closed. */
  async quiet(): Promise<void> {
    await Promise.allSettled(this.begun);
  }

  private async settle(count: number): Promise<void> {
    const first = this.waiting.splice(0, count);
    // Others get their turn: rows that are refused or unchanged wait for nothing.
    await new Promise((resolve) => setImmediate(resolve));
    this.begun = [...first, ...this.waiting];
    for (const work of first) await this.take(await work);
    this.begun = this.waiting;
  }
}
