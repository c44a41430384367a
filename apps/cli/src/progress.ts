import { Presets, SingleBar } from 'cli-progress';

/** Shows how far a long work has come, at what rate and how long it will take; on a terminal as a bar. */
export class Progress {
  /**
   * Shows a work from its beginning to its end, however it ends.
   * @param total about how much there is to do
   * @param work tells what is done so far, and resolves to what was done in all
   */
  static async of(
    what: string,
    total: number,
    work: (at: (done: number) => void) => Promise<number>,
  ): Promise<number> {
    const progress = new Progress(what, total);
    try {
      const done = await work((sofar) => progress.at(sofar));
      progress.bar.setTotal(done);
      progress.at(done);
      return done;
    } finally {
      progress.stop();
    }
  }

  /**
   * For a work whose stages follow each other: whoever starts one stops it.
   * @param total absent where nobody knows it: what is done is told then, without a bar
   */
  static start(what: string, total: number | undefined): Progress {
    return new Progress(what, total);
  }

  private readonly bar: SingleBar;
  private readonly startedAt = performance.now();

  private constructor(what: string, total: number | undefined) {
    const format =
      total === undefined
        ? `${what} {value} | {rate}/s`
        : `${what} {bar} {percentage}% | {value}/{total} | {rate}/s | {eta_formatted} left`;
    const options = { format, noTTYOutput: true, notTTYSchedule: 2_000, hideCursor: true, etaBuffer: 50 };
    this.bar = new SingleBar({ ...options, stream: process.stderr }, Presets.shades_classic);
    this.bar.start(total ?? 0, 0, { rate: 0 });
  }

  at(done: number): void {
    const seconds = (performance.now() - this.startedAt) / 1_000;
    this.bar.update(done, { rate: seconds > 0 ? Math.round(done / seconds) : 0 });
  }
  stop(): void {
    this.bar.stop();
  }
}
