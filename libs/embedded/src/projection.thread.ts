import type { MessagePort } from 'node:worker_threads';
import { parentPort, workerData } from 'node:worker_threads';
import type { Position } from '@ledger/event-sourcing';
import { Projector } from '@ledger/poverty-rates';
import { ProjectionRunner } from '@ledger/projections';
import { openLogBeside } from './event-log';
import { openReadStore } from './read-store';

/** What runs in the thread of the projection: it reads the log and is the one writer of the read models. */
export interface ThreadTask {
  readonly logFile: string;
  readonly logId: string;
  readonly readModelsFile: string;
  readonly bulk: boolean;
  readonly maxFacts: number;
  /** One number: 1 while the word that the log has grown is on its way. */
  readonly grown: SharedArrayBuffer;
}

export type ToThread = 'grown' | 'stop';

/** An error in plain words: classes do not pass from one thread to the other. */
export type ToldError = Readonly<Record<'name' | 'message' | 'stack', string>>;

export type FromThread =
  | { readonly type: 'started'; readonly position: Position }
  | { readonly type: 'progress'; readonly position: Position; readonly facts: number }
  /** It goes on after a pause. */
  | { readonly type: 'failed'; readonly error: ToldError; readonly waitMs: number }
  /** It could not start, and ends. */
  | { readonly type: 'unable'; readonly error: ToldError };

async function run(port: MessagePort, task: ThreadTask): Promise<void> {
  const say = (said: FromThread): void => port.postMessage(said);
  const grown = new Int32Array(task.grown);
  const log = openLogBeside(task.logFile, task.logId);
  try {
    const { logId, bulk, maxFacts } = task;
    const readStore = openReadStore(task.readModelsFile, { logId, bulk, pagesAreSound: true });
    try {
      const runner = new ProjectionRunner(log, new Projector(readStore), {
        maxFacts,
        onProgress: ({ facts, position }) => say({ type: 'progress', position, facts }),
        onFailure: (error, waitMs) => say({ type: 'failed', error: inWords(error), waitMs }),
      });
      const stopped = new Promise<void>((resolve) => {
        port.on('message', (order: ToThread) => {
          if (order === 'stop') return resolve();
          // Before the look: what is recorded from here on is told once more.
          Atomics.store(grown, 0, 0);
          log.lookAgain();
        });
      });
      await runner.start();
      say({ type: 'started', position: runner.position });
      await stopped;
      await runner.stop();
    } finally {
      await readStore.close();
    }
  } finally {
    await log.close();
  }
}

function inWords(error: unknown): ToldError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), stack: '' };
  const { name, message, stack = '' } = error;
  return { name, message, stack };
}

const port = parentPort;
if (port) {
  run(port, workerData as ThreadTask)
    .catch((error: unknown) =>
      port.postMessage({ type: 'unable', error: inWords(error) } satisfies FromThread),
    )
    // Nothing else keeps the thread alive.
    .finally(() => port.close());
}
