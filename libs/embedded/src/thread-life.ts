import { Worker } from 'node:worker_threads';
import { StoreRefused, StoreUnavailable } from '@ledger/event-sourcing';
// Of the types alone; this also brings the file into the build, where the thread is started from it.
import type { FromThread, ThreadTask, ToldError, ToThread } from './projection.thread';

/**
 * Young objects die young: a small nursery is enough, and memory that the thread takes is not given back. The
 * rest is generous, for an act that concerns a province is booked in one batch.
 */
const LIMITS = { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 1_024 };

/** One thread of the projection, from its start to its end. */
export class ThreadLife {
  /** Resolves when it follows the log. @throws what it said when it could not start, or ended before */
  readonly started: Promise<void>;
  /** Resolves when nothing of it is left, with the reason when it gave one. */
  readonly ended: Promise<Error>;
  hasStarted = false;
  private readonly worker: Worker;

  constructor(script: string, task: ThreadTask, hear: (said: FromThread) => void) {
    this.worker = new Worker(script, { name: 'projection', workerData: task, resourceLimits: LIMITS });
    let reason: Error | undefined;
    this.ended = new Promise((resolve) => {
      this.worker.on('exit', (code) =>
        resolve(reason ?? new Error(`the thread of the projection ended with ${code}`)),
      );
    });
    this.started = new Promise((resolve, reject) => {
      this.worker.on('message', (said: FromThread) => {
        if (said.type === 'unable') reason = errorOf(said.error);
        if (said.type === 'started') {
          // The process may end without it.
          this.worker.unref();
          this.hasStarted = true;
          resolve();
        }
        hear(said);
      });
      void this.ended.then(reject);
    });
    // Only whoever waits for it is told.
    this.started.catch(() => undefined);
    this.worker.on('error', (error: Error) => (reason = error));
  }

  tell(order: ToThread): void {
    this.worker.postMessage(order);
  }

  /** It ends when the batch in work is written; until then the process goes on. */
  stop(): void {
    this.worker.ref();
    this.tell('stop');
  }
}

export function errorOf({ name, message, stack }: ToldError): Error {
  if (name === 'StoreRefused') return new StoreRefused(message);
  if (name === 'StoreUnavailable') return new StoreUnavailable(message);
  return Object.assign(new Error(message), { name, stack });
}
