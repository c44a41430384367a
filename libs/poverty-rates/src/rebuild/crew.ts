import type { EventStore, Position } from '@ledger/event-sourcing';
import { START } from '@ledger/event-sourcing';
import type { Chunk } from './chunk';
import type { FoldedChunk } from './chunk-folder';
import { ChunkFolder } from './chunk-folder';
import type { FoldContext } from './fold-context';
import type { LogPart } from './log-part';
import { LogPartReader } from './log-part';

/**
 * Who does the work of a rebuild that needs no read models: reading the log and folding households. It may
 * be done by several at once.
 */
export interface RebuildCrew {
  readonly sizes: CrewSizes;
  /** The log up to a position, in parts, in its order. */
  parts(upTo: Position, signal: AbortSignal): AsyncIterable<LogPart>;
  /** What becomes of chunks of households, in their order, each with its chunk. */
  folded(context: FoldContext, chunks: Iterable<Chunk>): AsyncIterable<readonly [Chunk, FoldedChunk]>;
}

/** How much is handed out at once: enough to be worth it, little enough to be forgotten soon. */
export interface CrewSizes {
  readonly factsInAPart: number;
  readonly factsInAChunk: number;
}

export const SIZES: CrewSizes = { factsInAPart: 8_192, factsInAChunk: 16_384 };

/** All of it in this thread. */
export function alone(store: EventStore, sizes = SIZES): RebuildCrew {
  return {
    sizes,
    async *parts(upTo, signal) {
      if (upTo === START) return;
      const reader = new LogPartReader(store, 0);
      yield* reader.parts({ after: START, upTo, most: sizes.factsInAPart }, signal);
    },
    async *folded(context, chunks) {
      const folder = new ChunkFolder(context);
      for (const chunk of chunks) yield [chunk, folder.fold(chunk)];
    },
  };
}
