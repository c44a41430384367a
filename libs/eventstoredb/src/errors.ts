import { ErrorType } from '@eventstore/db-client';
import { RevisionConflict, StoreRefused, StoreUnavailable } from '@ledger/event-sourcing';

/** No answer in our own time. The client's own deadlines reach neither reads nor subscriptions. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';

  constructor(what: string, ms: number) {
    super(`${what}: no answer within ${ms} ms`);
  }
}

/** The read may have been cut short by ourselves: the client ends it then as if it were complete. */
export class CutShort extends Error {
  override readonly name = 'CutShort';

  constructor(what: string) {
    super(`${what}: the connection was given up meanwhile`);
  }
}

/** Codes of gRPC that mean "come back later", whatever class of the client they arrive in. */
const LATER = new Set([
  1, // cancelled: our own client was renewed, or the server shut a long request down
  4, // deadline exceeded
  8, // resource exhausted
  10, // aborted: the server's own time-out of a write, sent for a duplicate of an append in flight
  13, // internal: a stream that was reset while the server stops
  14, // unavailable
]);

const LATER_TYPES: ReadonlySet<unknown> = new Set([
  ErrorType.TIMEOUT,
  ErrorType.DEADLINE_EXCEEDED,
  ErrorType.UNAVAILABLE,
  ErrorType.CANCELLED,
  // The client goes to the leader by itself with the next call.
  ErrorType.NOT_LEADER,
]);

interface ClientError {
  readonly type?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
}

/**
 * Whether an error means that nobody knows what became of the call, or that it will be answered later: then the
 * same call is made again. The client throws its own classes, plain gRPC errors and texts for the same thing.
 */
export function isForLater(error: unknown): boolean {
  if (error instanceof NoAnswer || error instanceof CutShort) return true;
  const { type, code, message } = (error ?? {}) as ClientError;
  if (LATER_TYPES.has(type)) return true;
  if (typeof code === 'number') return LATER.has(code) && !isTooLarge(String(message));
  return /Server Is Not Ready|Failed to discover|ECONNRESET|ECONNREFUSED|Connection dropped/.test(
    String(message),
  );
}

/**
 * Whether nothing was heard for as long as one call may take. A server ends each write by itself before that: what
 * lies between has died, and only a new connection finds out.
 */
export const isSilence = (error: unknown): boolean =>
  error instanceof NoAnswer || (error as ClientError | undefined)?.type === ErrorType.DEADLINE_EXCEEDED;

/** Whether a message was refused for its size, by the server or by gRPC before it. */
export const isTooLarge = (message: string): boolean => /message exceeds|larger than max/i.test(message);

const INVALID_ARGUMENT = 3;
const PERMISSION_DENIED = 7;

const ACCESS_DENIED = 'EVENTSTORE_URL: the server does not let this user do it';

const SAID: Readonly<Record<string, string>> = {
  [ErrorType.ACCESS_DENIED]: ACCESS_DENIED,
  [ErrorType.STREAM_DELETED]:
    'a stream was deleted on the server: its facts are to be put back from a backup',
};

const UNKNOWN_PLACE =
  'the server does not know this place of the log. It was perhaps put back from a backup: the read models are ' +
  'made again from it by npm run cli -- rebuild';

/** What is final, in words; the client has no class for some of it. */
function finalWords({ type, code, message }: ClientError): string | undefined {
  if (code === PERMISSION_DENIED) return ACCESS_DENIED;
  if (code === INVALID_ARGUMENT && /position/i.test(String(message))) return UNKNOWN_PLACE;
  return SAID[String(type)];
}

/** What is said by us and not by the client. */
const OURS = [StoreRefused, StoreUnavailable, RevisionConflict, RangeError, TypeError];

/** What the client says, as the port says it. */
export function storeError(what: string, error: unknown): Error {
  if (OURS.some((kind) => error instanceof kind)) return error as Error;
  const told = (error ?? {}) as ClientError;
  const { type, message } = told;
  const said = finalWords(told);
  if (said !== undefined) return new StoreRefused(`${what}: ${said}`, { cause: error });
  const why = typeof message === 'string' && message !== '' ? message : String(type ?? error);
  return new StoreUnavailable(`EventStoreDB, ${what}: ${why}`, { cause: error });
}
