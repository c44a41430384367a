import { status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import type { EventLog, StoredEvent } from './event-log';
import { nameOf, refusal, thrown } from './messages';
import type { Outlet } from './outlet';
import type { LogPlace } from './read-messages';
import { eventMessage, notFoundMessage } from './read-messages';

/** Events to be read: from `next` on, in steps of 1 or -1. */
interface Range {
  readonly events: readonly StoredEvent[];
  readonly next: number;
  readonly step: 1 | -1;
}

const isBackwards = (options: ReadReq.Options): boolean =>
  options.getReadDirection() === ReadReq.Options.ReadDirection.BACKWARDS;

/** One read to the end as it is now, or for as many events as the caller wants. */
export async function read(
  log: EventLog,
  options: ReadReq.Options,
  outlet: Outlet,
  fail: (error: ServiceError) => void,
  end: () => void,
): Promise<void> {
  const range = options.hasAll() ? rangeOfAll(log, options) : rangeOfStream(log, options);
  const most = BigInt(options.getCount());
  if (range instanceof Error) return fail(range);
  if (range === 'missing') {
    await outlet.write(notFoundMessage(nameOf(options.getStream()?.getStreamIdentifier())));
    return end();
  }
  if (most === 0n) {
    // A read of all for no event never ends on a server; one of a stream fails.
    return options.hasAll() ? undefined : fail(refusal(status.UNKNOWN, 'Unexpected ReadStreamResult: Error'));
  }
  const { events, next, step } = range;
  // What is appended meanwhile belongs to the next read.
  const { length } = events;
  let taken = 0n;
  for (let index = next; index >= 0 && index < length && taken < most; index += step) {
    await outlet.write(eventMessage(events[index]!));
    if (outlet.isOver) return;
    taken++;
  }
  end();
}

/** Forwards from an event, it included; backwards from the one before it. */
function rangeOfAll(log: EventLog, options: ReadReq.Options): Range | ServiceError {
  const step = isBackwards(options) ? -1 : 1;
  const all = options.getAll()!;
  const { length } = log.all;
  if (all.hasStart()) return { events: log.all, next: step === 1 ? 0 : -1, step };
  if (all.hasEnd()) return { events: log.all, next: step === 1 ? length : length - 1, step };
  const place = readPlace(all.getPosition()!);
  if (place.commit < place.prepare) return thrown();
  if (!log.isBoundary(place.commit))
    return refusal(status.UNKNOWN, 'Unexpected ReadAllResult: InvalidPosition');
  const from = log.indexFrom(place.commit, place.prepare);
  return { events: log.all, next: step === 1 ? from : from - 1, step };
}

/** From a revision, it included, both ways; backwards from beyond the end begins at the last one. */
function rangeOfStream(log: EventLog, options: ReadReq.Options): Range | 'missing' {
  const stream = options.getStream()!;
  const events = log.stream(nameOf(stream.getStreamIdentifier()));
  if (!events) return 'missing';
  const step = isBackwards(options) ? -1 : 1;
  const last = events.length - 1;
  if (stream.hasStart()) return { events, next: 0, step };
  if (stream.hasEnd()) return { events, next: step === 1 ? events.length : last, step };
  const revision = Number(stream.getRevision());
  return { events, next: step === 1 ? revision : Math.min(revision, last), step };
}

export const readPlace = (position: ReadReq.Options.Position): LogPlace => ({
  commit: BigInt(position.getCommitPosition()),
  prepare: BigInt(position.getPreparePosition()),
});
