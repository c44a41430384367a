import { Presets, SingleBar } from 'cli-progress';

const FORMAT = '{what} {bar} {percentage}% | {pace} | {left} left';
/** Where nobody knows how much there is. */
const WITHOUT_END = '{what} | {pace}';

/** How far an import has come, at what rate and how long it will take; on a terminal as a bar. */
export class ImportProgress {
  private readonly bar: SingleBar;
  private readonly startedAt = performance.now();

  /** @param total bytes or rows, 0 where it is not known */
  constructor(
    what: string,
    private readonly total: number,
  ) {
    this.bar = new SingleBar(
      {
        format: total > 0 ? FORMAT : WITHOUT_END,
        stream: process.stderr,
        noTTYOutput: true,
        notTTYSchedule: 2_000,
        hideCursor: true,
        gracefulExit: false,
      },
      Presets.shades_classic,
    );
    this.bar.start(total, 0, { what, pace: '', left: '?' });
  }

  /** @param rows where they can be told; a server tells them only at the end */
  at(done: number, rows?: number): void {
    const seconds = (performance.now() - this.startedAt) / 1_000;
    const rate = seconds > 0 ? Math.round((rows ?? done) / seconds) : 0;
    const pace = rows === undefined ? `${rate} bytes/s` : `${rows} rows | ${rate} rows/s`;
    this.bar.update(done, { pace, left: timeLeft(done, this.total, seconds) });
  }

  /** A line beside the bar: it is drawn again below. */
  print(line: string): void {
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
    process.stderr.write(`${line}\n`);
  }

  stop(): void {
    this.bar.stop();
  }
}

/** At the pace of the whole time so far. */
function timeLeft(done: number, total: number, seconds: number): string {
  if (done === 0) return '?';
  const left = Math.ceil((seconds * Math.max(0, total - done)) / done);
  return left < 60 ? `${left} s` : `${Math.floor(left / 60)} min ${left % 60} s`;
}
