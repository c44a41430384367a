import { StoreRefused, StoreUnavailable } from '@ledger/event-sourcing';
import { MongoError, MongoServerError } from 'mongodb';

/** Codes of the server (https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml). */
const CODES = {
  typeMismatch: 14,
  pathNotViable: 28,
  namespaceExists: 48,
  snapshotUnavailable: 246,
  duplicateKey: 11_000,
} as const;

/** What is there is not what we have written: an amount that is no number, a list where we keep a document. */
const DAMAGE: ReadonlySet<unknown> = new Set([CODES.typeMismatch, CODES.pathNotViable]);

const codeOf = (error: unknown): unknown => (error instanceof MongoServerError ? error.code : undefined);

export const isExistingNamespace = (error: unknown): boolean => codeOf(error) === CODES.namespaceExists;
export const isDuplicateKey = (error: unknown): boolean => codeOf(error) === CODES.duplicateKey;

/** Collections or indexes were made so lately that there is no snapshot of them yet. */
export const isSnapshotUnavailable = (error: unknown): boolean => codeOf(error) === CODES.snapshotUnavailable;

/** What Node itself says of a socket that the other side has closed, without a word of the system. */
const OF_A_CLOSED_SOCKET: ReadonlySet<unknown> = new Set([
  ...['EPIPE', 'ECONNRESET', 'ERR_SOCKET_CLOSED'],
  ...['ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END', 'ERR_STREAM_PREMATURE_CLOSE'],
]);

/** The driver lets some errors of its sockets through as they are: a write to a connection that was closed, say. */
function isOfASocket(error: unknown): error is Error {
  const { syscall, code } = (error ?? {}) as NodeJS.ErrnoException;
  return typeof syscall === 'string' || OF_A_CLOSED_SOCKET.has(code);
}

/**
 * An error of MongoDB or of its driver in the words of the port; whatever else was thrown stays what it is.
 * Damaged data is refused, everything else may pass: no server, no primary, no answer in time, closed, no access.
 * @param store without credentials
 */
export function inOurWords(error: unknown, store: string): unknown {
  if (!(error instanceof MongoError || isOfASocket(error))) return error;
  if (DAMAGE.has(codeOf(error)))
    return new StoreRefused(
      `${store} is damaged or none of ours (${error.message}). It was left as it is: rebuild the read models.`,
      { cause: error },
    );
  return new StoreUnavailable(`${store} cannot be used now: ${error.message}`, { cause: error });
}
