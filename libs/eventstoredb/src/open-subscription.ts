import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  EventStoreDBClient,
  AllStreamResolvedEvent,
  AllStreamSubscription,
  Position as LogPosition,
} from '@eventstore/db-client';
import { START as FROM_START, streamNameFilter } from '@eventstore/db-client';
import type { LogPage, Position, RecordedFact } from '@ledger/event-sourcing';
import { START } from '@ledger/event-sourcing';
import { NoAnswer } from './errors';
import type { OurStreams } from './our-streams';
import { logPositionOf, namesAnEvent, positionOf } from './positions';
import { factOf } from './recorded';

/** The client's own 16 would make a transaction for every few facts. Full, it holds the server back. */
const MOST_BUFFERED = 512;
/** Among facts of others, the place is told after so many. */
const SEARCH_WINDOW = 512;
const CHECKPOINT_EVERY = 8;

/** A checkpoint of the server, to be believed when so many events have been taken. */
interface Reached {
  readonly position: Position;
  readonly afterTaken: number;
}

/**
 * One subscription to our streams, from a place on (that place excluded) until it ends or fails. What has come is
 * taken at the taker's own pace, as much as there is: so pages follow the speed of whoever books them, and a lone
 * fact waits for nobody.
 */
export class OpenSubscription {
  private readonly subscription: AllStreamSubscription;
  private readonly unconfirmed: NodeJS.Timeout;
  private readonly checkpoints: Reached[] = [];
  private taken = 0;
  /** A checkpoint that may lie behind the last event: believed when something has come after it. */
  private unsure: Reached | undefined;
  private position: Position = START;
  private failure: Error | undefined;
  private ended = false;
  private wake: () => void = () => undefined;

  constructor(
    client: EventStoreDBClient,
    after: Position,
    private readonly ours: OurStreams,
    answerMs: number,
  ) {
    this.position = after;
    this.subscription = client.subscribeToAll(
      {
        fromPosition: logPositionOf(after) ?? FROM_START,
        filter: streamNameFilter({
          prefixes: ours.asPrefixes,
          maxSearchWindow: SEARCH_WINDOW,
          checkpointInterval: CHECKPOINT_EVERY,
          checkpointReached: (_subscription, position) => this.noteCheckpoint(position),
        }),
      },
      { highWaterMark: MOST_BUFFERED },
    );
    this.unconfirmed = setTimeout(() => this.fail(new NoAnswer('subscribing', answerMs)), answerMs);
    this.subscription
      .on('confirmation', () => clearTimeout(this.unconfirmed))
      .on('readable', () => this.wake())
      .on('error', (error) => this.fail(error))
      .on('end', () => this.end())
      .on('close', () => this.end());
  }

  /** What is there, at most so many facts; nothing when there is nothing new. */
  take(maxFacts: number): LogPage | undefined {
    const facts: RecordedFact[] = [];
    const before = this.position;
    while (facts.length < maxFacts) {
      const resolved = this.subscription.read() as AllStreamResolvedEvent | null;
      if (resolved === null) break;
      this.taken++;
      const { event } = resolved;
      if (!event) continue;
      const position = positionOf(event.position);
      this.reach(position);
      if (this.ours.include(event.streamId)) facts.push(this.ours.here(factOf(event, position)));
    }
    for (let next = this.checkpoints[0]; next && next.afterTaken <= this.taken; next = this.checkpoints[0]) {
      this.reach(next.position);
      this.checkpoints.shift();
    }
    return this.position > before ? { facts, position: this.position } : undefined;
  }

  /**
   * Resolves when there may be something to take.
   * @returns false when it has ended: nothing more will come
   * @throws what ended it
   */
  async more(signal: AbortSignal): Promise<boolean> {
    if (this.subscription.readableLength === 0 && !this.isOver && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const wake = (this.wake = () => {
          signal.removeEventListener('abort', wake);
          resolve();
        });
        signal.addEventListener('abort', wake);
      });
      // It is woken by the first of many that come in one message: those behind it are a turn away.
      await nextTurn();
    }
    if (this.subscription.readableLength > 0) return true;
    if (this.failure !== undefined) throw this.failure;
    return !this.ended && !signal.aborted;
  }

  /** Frees the server. A client that is silent would never say that it has: nobody waits for it. */
  close(): void {
    clearTimeout(this.unconfirmed);
    this.wake = () => undefined;
    void this.subscription.unsubscribe().catch(() => undefined);
  }

  private get isOver(): boolean {
    return this.ended || this.failure !== undefined;
  }

  /**
   * Called ahead of the events that came before it and that nobody has taken yet. It only notes, since the client
   * would stall for ever if it threw.
   */
  private noteCheckpoint(at: LogPosition): void {
    const reached = { position: positionOf(at), afterTaken: this.taken + this.subscription.readableLength };
    const believed = namesAnEvent(at) ? reached : this.unsure;
    if (!namesAnEvent(at)) this.unsure = reached;
    if (!believed) return;
    // Among millions of foreign facts, whoever takes slowly needs the last one alone.
    if (this.checkpoints.at(-1)?.afterTaken === believed.afterTaken) this.checkpoints.pop();
    this.checkpoints.push(believed);
    this.wake();
  }

  private reach(position: Position): void {
    if (position > this.position) this.position = position;
  }

  private fail(error: unknown): void {
    this.failure ??= error instanceof Error ? error : new Error(String(error));
    clearTimeout(this.unconfirmed);
    this.wake();
  }

  private end(): void {
    this.ended = true;
    this.wake();
  }
}
