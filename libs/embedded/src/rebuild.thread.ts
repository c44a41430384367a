import type { MessagePort, Transferable } from 'node:worker_threads';
import { parentPort, workerData } from 'node:worker_threads';
import type { Chunk, FoldContext, FoldedChunk, LogPart, LogRange } from '@ledger/poverty-rates';
import { ChunkFolder, LogPartReader } from '@ledger/poverty-rates';
import { openLogBeside } from './event-log';

/** What runs in a thread of a rebuild: it reads stretches of the log and folds households, as it is told. */
export interface RebuildThreadTask {
  readonly logFile: string;
  readonly logId: string;
  /** Which of the threads this is. */
  readonly number: number;
}

export type RebuildOrder =
  | { readonly type: 'read'; readonly range: LogRange }
  | { readonly type: 'context'; readonly context: FoldContext }
  | { readonly type: 'fold'; readonly chunk: Chunk };

/** One for each order, in their order. */
export type RebuildAnswer = LogPart | FoldedChunk | undefined;

const never = new AbortController().signal;

function serve(port: MessagePort, { logFile, logId, number }: RebuildThreadTask): void {
  const log = openLogBeside(logFile, logId);
  const reader = new LogPartReader(log, number);
  let folder: ChunkFolder | undefined;

  async function carryOut(order: RebuildOrder): Promise<[RebuildAnswer, Transferable[]]> {
    switch (order.type) {
      case 'read': {
        const part = await reader.read(order.range, never);
        return [part, [part.facts.buffer, part.listed.buffer]];
      }
      case 'context':
        folder = new ChunkFolder(order.context);
        return [undefined, []];
      case 'fold': {
        if (!folder) throw new Error('a chunk came before its context');
        const folded = folder.fold(order.chunk);
        return [folded, [folded.rows.buffer, folded.sums.buffer]];
      }
    }
  }

  let before: Promise<void> = Promise.resolve();
  port.on('message', (order: RebuildOrder) => {
    before = before.then(async () => {
      const [answer, transferred] = await carryOut(order);
      port.postMessage(answer, transferred);
    });
    // Whatever goes wrong ends the thread, and whoever waits for it hears why.
    before.catch((error: unknown) => {
      throw error;
    });
  });
}

if (parentPort) serve(parentPort, workerData as RebuildThreadTask);
