const SAY_EVERY_MS = 2_000;

/** Tells on stderr now and then how far a long work has come, and how fast. */
export class Progress {
  private readonly startedAt = performance.now();
  private saidAt = this.startedAt;

  constructor(private readonly what: string) {}

  at(done: number): void {
    if (performance.now() - this.saidAt < SAY_EVERY_MS) return;
    this.saidAt = performance.now();
    this.say(done);
  }

  end(done: number): void {
    this.say(done);
  }

  private say(done: number): void {
    const seconds = (performance.now() - this.startedAt) / 1_000;
    const rate = Math.round(done / Math.max(seconds, 0.001));
    process.stderr.write(
      `  ${done.toLocaleString('en')} ${this.what}, ${rate.toLocaleString('en')}/s, ${seconds.toFixed(0)} s\n`,
    );
  }
}
