/**
 * Runs tasks of one key one after the other, in the order in which they came; tasks of different keys do not
 * wait for each other. Within a process it saves orders on one stream from racing: the loser of a race has
 * to read and decide again. Between processes the expected revision still decides.
 */
export class InTurn {
  private readonly last = new Map<string, Promise<unknown>>();

  async run<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
    const before = this.last.get(key) ?? Promise.resolve();
    const own = before.then(task, task);
    this.last.set(key, own);
    try {
      return await own;
    } finally {
      if (this.last.get(key) === own) this.last.delete(key);
    }
  }
}
