import { randomUUID } from 'node:crypto';
import { status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import type { EventLog, StoredEvent } from './event-log';
import type { Filter } from './filter';
import { filterOf } from './filter';
import { nameOf, refusal, thrown } from './messages';
import type { Outlet } from './outlet';
import {
  caughtUpMessage,
  checkpointMessage,
  confirmationMessage,
  eventMessage,
  placeOf,
} from './read-messages';
import type { LogPlace } from './read-messages';
import { readPlace } from './reading';

/** A page of a server has no more matching events, however large its window. */
const PAGE = 200;

/** A reader who is further behind than this has to catch up again, and is told when it has. */
const LIVE_BUFFER = 32;

/** A subscription to all: what lies behind its place, then whatever comes, until the reader is gone. */
export async function subscribeToAll(
  log: EventLog,
  options: ReadReq.Options,
  outlet: Outlet,
  fail: (error: ServiceError) => void,
): Promise<void> {
  const filter = readFilter(options);
  if (filter === 'bad') return fail(thrown());
  await outlet.write(confirmationMessage(randomUUID()));
  const from = startOf(log, options);
  if (from instanceof Error) return fail(from);
  await new SubscriptionToAll(log, outlet, filter, from.index, from.place).run();
}

function readFilter(options: ReadReq.Options): Filter | undefined | 'bad' {
  const filter = options.getFilter();
  try {
    return filter && filterOf(filter);
  } catch {
    return 'bad';
  }
}

interface Beginning {
  readonly index: number;
  readonly place: LogPlace;
}

const ZERO: LogPlace = { commit: 0n, prepare: 0n };

/** Behind a place, which is not delivered itself. */
function startOf(log: EventLog, options: ReadReq.Options): Beginning | ServiceError {
  const all = options.getAll()!;
  if (all.hasStart()) return { index: 0, place: ZERO };
  const last = log.all.at(-1);
  if (all.hasEnd()) return { index: log.all.length, place: last ? placeOf(last) : ZERO };
  const place = readPlace(all.getPosition()!);
  if (place.commit < place.prepare) return thrown();
  if (!log.isBoundary(place.commit)) {
    return refusal(status.INVALID_ARGUMENT, 'Trying to read from an invalid position.');
  }
  return { index: log.indexFrom(place.commit, place.prepare + 1n), place };
}

class SubscriptionToAll {
  /** Events looked at since the last checkpoint. */
  private looked = 0;

  constructor(
    private readonly log: EventLog,
    private readonly outlet: Outlet,
    private readonly filter: Filter | undefined,
    private next: number,
    private readonly from: LogPlace,
  ) {}

  async run(): Promise<void> {
    const { outlet } = this;
    while (!outlet.isOver) {
      await this.catchUp();
      await outlet.write(caughtUpMessage());
      while (!outlet.isOver && (await this.live()));
    }
  }

  private async catchUp(): Promise<void> {
    let place = this.from;
    while (this.next < this.log.all.length && !this.outlet.isOver) place = await this.page(place);
  }

  /**
   * Looks at one page, with at most one checkpoint at its end: the last event that matched, or else the place
   * where the page began, which then names no prepare.
   * @returns where the next page begins
   */
  private async page(began: LogPlace): Promise<LogPlace> {
    const { filter, log } = this;
    const window = filter?.window ?? PAGE;
    let matched: StoredEvent | undefined;
    let matches = 0;
    let last: StoredEvent | undefined;
    let looked = 0;
    for (; looked < window && matches < PAGE && this.next < log.all.length; looked++) {
      last = log.all[this.next++]!;
      if (!(await this.deliver(last))) continue;
      matched = last;
      matches++;
    }
    this.looked += looked;
    if (filter && this.looked >= filter.checkpointEvery) {
      this.looked %= filter.checkpointEvery;
      await this.outlet.write(checkpointMessage(matched ? placeOf(matched) : began));
    }
    return { commit: BigInt(last?.end ?? 0), prepare: 0n };
  }

  /** @returns whether the reader keeps up */
  private async live(): Promise<boolean> {
    const { filter, log, outlet } = this;
    if (this.next >= log.all.length) await outlet.until((then) => log.onGrowth(then));
    while (this.next < log.all.length && !outlet.isOver) {
      const event = log.all[this.next++]!;
      // Behind a place beyond the end nothing comes until the log has grown past it.
      if (!isBehind(event, this.from)) continue;
      const before = log.all.length;
      await this.deliver(event);
      this.looked++;
      if (filter && this.looked >= filter.checkpointEvery) {
        this.looked = 0;
        await outlet.write(checkpointMessage(placeOf(event)));
      }
      const fell = log.all.length > before && log.all.length - this.next > LIVE_BUFFER;
      if (fell) return false;
    }
    return true;
  }

  /** @returns whether the event was one for this reader */
  private async deliver(event: StoredEvent): Promise<boolean> {
    if (!isOurs(event, this.filter)) return false;
    await this.outlet.write(eventMessage(event));
    return true;
  }
}

/** Places compare by commit, then prepare: one with prepare 0 lies before the event at its commit. */
function isBehind({ position }: StoredEvent, { commit, prepare }: LogPlace): boolean {
  const at = BigInt(position);
  return at > commit || (at === commit && at > prepare);
}

const isOurs = (event: StoredEvent, filter: Filter | undefined): boolean => filter?.matches(event) ?? true;

/** A subscription to one stream, which need not exist yet; it has neither filter nor checkpoints. */
export async function subscribeToStream(
  log: EventLog,
  options: ReadReq.Options,
  outlet: Outlet,
): Promise<void> {
  const wanted = options.getStream()!;
  const name = nameOf(wanted.getStreamIdentifier());
  await outlet.write(confirmationMessage(randomUUID()));
  const events = () => log.stream(name) ?? [];
  let next = 0;
  if (wanted.hasEnd()) next = events().length;
  else if (wanted.hasRevision()) next = Number(wanted.getRevision()) + 1;
  for (let caughtUp = false; !outlet.isOver;) {
    for (; next < events().length && !outlet.isOver; next++)
      await outlet.write(eventMessage(events()[next]!));
    if (!caughtUp) await outlet.write(caughtUpMessage());
    caughtUp = true;
    if (next >= events().length) await outlet.until((then) => log.onGrowth(then));
  }
}
