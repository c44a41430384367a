import type { EventStoreDBClient } from '@eventstore/db-client';
import type { FollowOptions, LogPage } from '@ledger/event-sourcing';
import { StoreRefused } from '@ledger/event-sourcing';
import { pause, waitMs } from '@ledger/projections';
import type { Connection } from './connection';
import { isForLater, isSilence, storeError } from './errors';
import type { LogEnd } from './log-end';
import { OpenSubscription } from './open-subscription';
import type { OurStreams } from './our-streams';
import { logPositionOf } from './positions';

/** Told of each subscription that was dropped, and when the next one begins. */
export type OnDrop = (why: Error | undefined, waitMs: number) => void;

/**
 * All facts after a position, for ever. Subscriptions do not come back by themselves, and may end without a word:
 * whatever ends one, the next begins where the last page ended, after a growing, jittered pause, without end.
 * @throws StoreRefused when the position lies beyond the end: the server would be silent for ever
 */
export async function* follow(
  connection: Connection,
  ours: OurStreams,
  logEnd: LogEnd,
  { after, maxFacts, signal }: FollowOptions,
  onDrop: OnDrop,
): AsyncGenerator<LogPage, void, undefined> {
  if (!(maxFacts >= 1)) throw new RangeError(`a page holds at least one fact: ${maxFacts}`);
  logPositionOf(after);
  const stop = AbortSignal.any([signal, connection.closed]);
  let at = after;
  for (let failures = 0; !stop.aborted;) {
    let client: EventStoreDBClient | undefined;
    let subscription: OpenSubscription | undefined;
    let why: Error | undefined;
    try {
      await orAborted(stop, logEnd.requireWithin(at));
      if (stop.aborted) return;
      // Only now: the question before may have found the connection dead.
      client = connection.client;
      subscription = new OpenSubscription(client, at, ours, connection.timing.attemptMs);
      for (let there = true; there;) {
        const page = subscription.take(maxFacts);
        if (page) {
          failures = 0;
          at = page.position;
          yield page;
          if (stop.aborted) return;
        } else there = await subscription.more(stop);
      }
    } catch (error) {
      if (stop.aborted) return;
      if (client && isSilence(error)) connection.renew(client);
      why = storeError('following the log', error);
      if (why instanceof StoreRefused && !isForLater(error)) throw why;
    } finally {
      subscription?.close();
    }
    if (stop.aborted) return;
    const ms = waitMs(++failures);
    onDrop(why, ms);
    await pause(ms, stop);
  }
}

/** Ends with what is waited for, or as soon as the signal is given; what comes later is let go. */
async function orAborted(signal: AbortSignal, waitedFor: Promise<void>): Promise<void> {
  let stop: () => void = () => undefined;
  const aborted = new Promise<void>((resolve) => {
    stop = resolve;
    signal.addEventListener('abort', stop);
  });
  try {
    await Promise.race([waitedFor, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
