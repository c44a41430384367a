import { setTimeout as delay } from 'node:timers/promises';
import { ProductProcess } from '../product-process';
import { say } from '../run-context';

/** As the script `projector` of package.json starts it. */
const NODE_FLAGS = ['--max-semi-space-size=16'];
const LOOK_EVERY_MS = 50;
const SAY_EVERY_MS = 5_000;

interface Report {
  readonly started: boolean;
  readonly head?: string;
  readonly position?: string;
}

/** `apps/projector`, which brings the read models up to the log. */
export class Projector {
  private constructor(private readonly process: ProductProcess) {}

  static async start(stores: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Projector> {
    const env = { PROJECTOR_PORT: '0', ...stores };
    return new Projector(
      await ProductProcess.start({ app: 'projector', nodeFlags: NODE_FLAGS, env, signal }),
    );
  }

  /** Resolves when it says itself that everything is in the read models that was in the log at its start. */
  async caughtUp(longestMs: number): Promise<void> {
    let saidAt = performance.now();
    for (const deadline = saidAt + longestMs; performance.now() < deadline; await delay(LOOK_EVERY_MS)) {
      if (this.process.hasEnded) break;
      const answer = await fetch(`http://127.0.0.1:${this.process.port}/health/started`);
      const report = (await answer.json()) as Report;
      if (report.started) return;
      if (performance.now() - saidAt < SAY_EVERY_MS) continue;
      saidAt = performance.now();
      say(`  ${Math.floor((100 * placeOf(report.position)) / (placeOf(report.head) || 1))} % of the log`);
    }
    throw new Error(`the projector did not catch up:\n${this.process.output}`);
  }

  get peakMegabytes(): number {
    return this.process.peakMegabytes;
  }

  stop(): Promise<void> {
    return this.process.stop();
  }
}

/** The commit position. */
const placeOf = (position = ''): number => Number(position.split(':')[0] ?? 0);
