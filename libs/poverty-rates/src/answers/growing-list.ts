import { InTurn } from '@ledger/event-sourcing';

/**
 * One copy of a list of the read models that only grows, taken in by whichever snapshot comes first. A
 * snapshot sees as much of it as it counted: others may have read on since.
 */
export class GrowingList<Row> {
  private taken = 0;
  private readonly inTurn = new InTurn();

  constructor(private readonly take: (row: Row) => void) {}

  /** Resolves when at least so many rows are there. `rest` reads the rows from the so-manieth on. */
  async reach(count: number, rest: (from: number) => Promise<readonly Row[]>): Promise<void> {
    if (this.taken >= count) return;
    // Two that read at once would both take in what they read.
    await this.inTurn.run('list', async () => {
      if (this.taken >= count) return;
      for (const row of await rest(this.taken)) {
        this.take(row);
        this.taken += 1;
      }
    });
  }
}
