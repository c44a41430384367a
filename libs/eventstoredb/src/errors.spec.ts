import {
  AccessDeniedError,
  CancelledError,
  DeadlineExceededError,
  NotLeaderError,
  StreamDeletedError,
  TimeoutError,
  UnavailableError,
  UnknownError,
} from '@eventstore/db-client';
import { RevisionConflict, StoreRefused, StoreUnavailable } from '@ledger/event-sourcing';
import { CutShort, isForLater, NoAnswer, storeError } from './errors';

/** An error of the client as it comes: its constructors want what gRPC gives them. */
const thrown = (kind: { prototype: object }, fields: object): Error =>
  Object.assign(Object.create(kind.prototype) as Error, fields);

const plain = (message: string, code?: number): Error => Object.assign(new Error(message), { code });

describe('an error of the client', () => {
  it.each<[string, Error]>([
    [
      'a time-out of the batch call, which has no code',
      thrown(DeadlineExceededError, { type: 'deadline-exceeded', message: '' }),
    ],
    ['a deadline', thrown(DeadlineExceededError, { type: 'deadline-exceeded', code: 4 })],
    ['the answer to a duplicate of an append in flight', thrown(TimeoutError, { type: 'timeout', code: 10 })],
    ['a server that is gone', thrown(UnavailableError, { type: 'unavailable', code: 14 })],
    ['a server that is gone, as a plain error of gRPC', plain('14 UNAVAILABLE: ECONNREFUSED', 14)],
    [
      'a server that stops',
      thrown(UnknownError, { type: 'unknown', code: 13, message: 'Received RST_STREAM with code 0' }),
    ],
    [
      'a server that starts',
      thrown(UnknownError, { type: 'unknown', message: 'Could not recognize Server Is Not Ready' }),
    ],
    [
      'a client that was renewed',
      thrown(UnknownError, { type: 'unknown', code: 1, message: 'Cancelled on client' }),
    ],
    ['a call that the server ended', thrown(CancelledError, { type: 'cancelled', code: 1 })],
    ['a node that does not lead', thrown(NotLeaderError, { type: 'not-leader' })],
    ['a cluster that cannot be found', plain('Failed to discover after 10 attempts.')],
    ['no answer in our own time', new NoAnswer('reading', 3_000)],
    ['a read that we may have cut short ourselves', new CutShort('reading')],
  ])('means "come back later": %s', (_case, error) => {
    expect(isForLater(error)).toBe(true);
    expect(storeError('reading', error)).toBeInstanceOf(StoreUnavailable);
  });

  it.each<[string, Error]>([
    ['a user who may not', thrown(AccessDeniedError, { type: 'access-denied', code: 16, message: '' })],
    [
      'a user who may not, as gRPC says it',
      thrown(UnknownError, { type: 'unknown', code: 7, message: '7 PERMISSION_DENIED' }),
    ],
    [
      'a place that is not in the log',
      thrown(UnknownError, { type: 'unknown', code: 3, message: 'Trying to read from an invalid position.' }),
    ],
    [
      'a stream that was deleted',
      thrown(StreamDeletedError, { type: 'stream-deleted', code: 9, message: '' }),
    ],
  ])('is refused, and not tried again: %s', (_case, error) => {
    expect(isForLater(error)).toBe(false);
    expect(storeError('reading', error)).toBeInstanceOf(StoreRefused);
  });

  it.each<[string, Error]>([
    [
      'a message that is too large',
      thrown(UnknownError, {
        type: 'unknown',
        code: 8,
        message: 'Received message exceeds the maximum configured message size.',
      }),
    ],
    [
      'anything else',
      thrown(UnknownError, { type: 'unknown', code: 2, message: 'Exception was thrown by handler.' }),
    ],
  ])('is not tried again, and tells why: %s', (_case, error) => {
    expect(isForLater(error)).toBe(false);
    expect(storeError('reading', error).message).toContain(error.message);
  });

  it.each([
    new RevisionConflict('s', 1, 2),
    new RangeError('no'),
    new TypeError('no'),
    new StoreRefused('no'),
  ])('that is ours stays what it is: %s', (error) => {
    expect(isForLater(error)).toBe(false);
    expect(storeError('reading', error)).toBe(error);
  });
});
