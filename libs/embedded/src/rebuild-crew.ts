import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Position } from '@ledger/event-sourcing';
import type { Chunk, CrewSizes, FoldContext, FoldedChunk, LogPart } from '@ledger/poverty-rates';
import type { LogRange, RebuildCrew } from '@ledger/poverty-rates';
import { alone, SIZES } from '@ledger/poverty-rates';
import type { EventLog } from './event-log';
import { positionOf, rowNumberOf } from './fact-row';
// Of the types alone; this also brings the file into the build, where the threads are started from it.
import type { RebuildAnswer, RebuildOrder, RebuildThreadTask } from './rebuild.thread';
import { findThreadScript } from './thread-script';

/** A shorter log is read before the threads have begun. */
const WORTH_THREADS = 4 * SIZES.factsInAPart;
const MOST_THREADS = 4;
/** So that a thread finds its next order when it has answered one. */
const ORDERS_AHEAD = 2;
/** Young objects die young, if they are given the time; what is kept are the words of the log. */
const LIMITS = { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 1_024 };

/**
 * Lets several threads do the work of a rebuild that needs no read models; where sources run uncompiled, as
 * under Jest, or the log is short, this thread does it alone.
 */
export async function withRebuildCrew<Result>(
  log: EventLog,
  work: (crew: RebuildCrew) => Promise<Result>,
): Promise<Result> {
  const facts = rowNumberOf(await log.head());
  const script = findThreadScript('rebuild');
  if (script === undefined || facts < WORTH_THREADS) return work(alone(log));
  const crew = new ThreadedCrew(log, SIZES, script);
  try {
    return await work(crew);
  } finally {
    await crew.dismiss();
  }
}

/** Several threads that read parts of the log and fold chunks of households, handed out in turn. */
export class ThreadedCrew implements RebuildCrew {
  private readonly members: readonly Member[];

  constructor(
    log: EventLog,
    readonly sizes: CrewSizes,
    script: string,
  ) {
    const count = Math.min(Math.max(availableParallelism(), 2), MOST_THREADS);
    this.members = Array.from(
      { length: count },
      (_none, number) => new Member(script, { logFile: log.path, logId: log.id, number }),
    );
  }

  async *parts(upTo: Position, signal: AbortSignal): AsyncGenerator<LogPart> {
    const ranges = rangesUpTo(rowNumberOf(upTo), this.sizes.factsInAPart);
    const parts = this.inTurns<LogRange, LogPart>(ranges, (member, range) =>
      member.ask({ type: 'read', range }),
    );
    for await (const [, part] of parts) {
      signal.throwIfAborted();
      yield part;
    }
  }

  async *folded(
    context: FoldContext,
    chunks: Iterable<Chunk>,
  ): AsyncGenerator<readonly [Chunk, FoldedChunk]> {
    await Promise.all(this.members.map((member) => member.ask({ type: 'context', context })));
    yield* this.inTurns<Chunk, FoldedChunk>(chunks, (member, chunk) => member.ask({ type: 'fold', chunk }));
  }

  async dismiss(): Promise<void> {
    await Promise.all(this.members.map((member) => member.end()));
  }

  /** Hands tasks out, one member after the other, and yields what becomes of them in the order of the tasks. */
  private async *inTurns<Task, Answer>(
    tasks: Iterable<Task>,
    ask: (member: Member, task: Task) => Promise<Answer>,
  ): AsyncGenerator<readonly [Task, Answer]> {
    const under: (readonly [Task, Promise<Answer>])[] = [];
    let next = 0;
    const first = async (): Promise<readonly [Task, Answer]> => {
      const [task, answer] = under.shift() as (typeof under)[number];
      return [task, await answer];
    };
    for (const task of tasks) {
      const answer = ask(this.members[next++ % this.members.length] as Member, task);
      // Told when its turn comes.
      answer.catch(() => undefined);
      under.push([task, answer]);
      if (under.length > this.members.length * ORDERS_AHEAD) yield await first();
    }
    while (under.length > 0) yield await first();
  }
}

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (reason: unknown) => void;
}

/** One thread, which answers in the order in which it is asked. */
class Member {
  private readonly worker: Worker;
  private readonly waiting: Waiting[] = [];
  private ended: Error | undefined;

  constructor(script: string, task: RebuildThreadTask) {
    this.worker = new Worker(script, { name: 'rebuild', workerData: task, resourceLimits: LIMITS });
    this.worker.on('message', (answer: RebuildAnswer) => this.waiting.shift()?.resolve(answer as never));
    this.worker.on('error', (error: Error) => this.fail(error));
    this.worker.on('exit', (code) => this.fail(new Error(`a thread of the rebuild ended with ${code}`)));
  }

  ask<Answer extends RebuildAnswer>(order: RebuildOrder): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.ended) return reject(this.ended);
      this.waiting.push({ resolve, reject });
      this.worker.postMessage(order);
    });
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }

  private fail(error: Error): void {
    this.ended ??= error;
    for (const waiting of this.waiting.splice(0)) waiting.reject(this.ended);
  }
}

function* rangesUpTo(last: number, size: number): Generator<LogRange> {
  for (let after = 0; after < last; after += size) {
    yield { after: positionOf(after), upTo: positionOf(Math.min(after + size, last)) };
  }
}
