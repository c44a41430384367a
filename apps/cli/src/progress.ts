import { Presets, SingleBar } from 'cli-progress';

/** Shows how far a long work has come, at what rate and how long it will take; on a terminal as a bar. */
export class Progress {
  private readonly bar: SingleBar;

  constructor(what: string, total: number) {
    const format = `${what} {bar} {percentage}% | {value}/{total} | {rate}/s | {eta_formatted} left`;
    const options = { format, noTTYOutput: true, notTTYSchedule: 2_000, hideCursor: true, etaBuffer: 50 };
    this.bar = new SingleBar({ ...options, stream: process.stderr }, Presets.shades_classic);
    this.bar.start(total, 0, { rate: 0 });
    this.startedAt = performance.now();
  }

  private readonly startedAt: number;

  at(done: number): void {
    const seconds = (performance.now() - this.startedAt) / 1_000;
    this.bar.update(done, { rate: seconds > 0 ? Math.round(done / seconds) : 0 });
  }

  end(done: number): void {
    this.bar.setTotal(done);
    this.at(done);
    this.bar.stop();
  }
}
