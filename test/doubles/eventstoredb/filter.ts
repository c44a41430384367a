import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import type { StoredEvent } from './event-log';

export interface Filter {
  matches(event: StoredEvent): boolean;
  /** So many events are looked at in one page. */
  readonly window: number;
  /** One checkpoint for so many events looked at. */
  readonly checkpointEvery: number;
}

/** What a server takes where the client names none. */
const WINDOW = 32;

/** @throws SyntaxError for a bad regular expression, which is read as one of JavaScript's */
export function filterOf(options: ReadReq.Options.FilterOptions): Filter {
  const window = options.hasMax() ? options.getMax() : WINDOW;
  const byStream = options.getStreamIdentifier();
  const expression = byStream ?? options.getEventType();
  const prefixes = expression?.getPrefixList() ?? [];
  const pattern = new RegExp(expression?.getRegex() ?? '');
  const subject = byStream ? (event: StoredEvent) => event.stream : (event: StoredEvent) => event.type;
  return {
    window,
    checkpointEvery: window * options.getCheckpointintervalmultiplier(),
    matches:
      prefixes.length > 0
        ? (event) => prefixes.some((prefix) => subject(event).startsWith(prefix))
        : (event) => pattern.test(subject(event)),
  };
}
