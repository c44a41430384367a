import type { ServiceError } from '@grpc/grpc-js';
import { Any } from 'google-protobuf/google/protobuf/any_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import {
  AccessDenied,
  AllStreamPosition,
  BadRequest,
  MaximumAppendSizeExceeded,
  Timeout,
  Unknown,
  WrongExpectedVersion,
} from '@eventstore/db-client/generated/shared_pb';
import { Status } from '@eventstore/db-client/generated/status_pb';
import { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import type { BatchAppendReq } from '@eventstore/db-client/generated/streams_pb';
import { proposedEventOf } from './append';
import type { AppendAnswer, AppendRequest } from './appending';
import type { ProposedEvent } from './event-log';
import { NO_STREAM } from './expected-revision';
import type { ExpectedRevision } from './expected-revision';
import { identifierOf, nameOf, notLeader, uuidOf } from './messages';

export interface BatchRequest extends AppendRequest {
  readonly correlationId: string;
  /** The call itself has no deadline. */
  readonly deadlineMs: number;
}

interface Gathered {
  readonly options: BatchAppendReq.Options;
  readonly events: ProposedEvent[];
}

/** Puts together the pieces of 3 MB in which an append comes: only the first one has the options. */
export class BatchGathering {
  private readonly begun = new Map<string, Gathered>();

  /** @returns the append, once its last piece is there */
  add(piece: BatchAppendReq): BatchRequest | undefined {
    const correlationId = piece.getCorrelationId()?.getString() ?? '';
    let gathered = this.begun.get(correlationId);
    if (!gathered) {
      const options = piece.getOptions();
      if (!options) return undefined;
      this.begun.set(correlationId, (gathered = { options, events: [] }));
    }
    for (const message of piece.getProposedMessagesList()) gathered.events.push(proposedEventOf(message));
    if (!piece.getIsFinal()) return undefined;
    this.begun.delete(correlationId);
    const { options, events } = gathered;
    return {
      correlationId,
      stream: nameOf(options.getStreamIdentifier()),
      expected: expectedOf(options),
      events,
      deadlineMs: options.getDeadline()?.toDate().getTime() ?? Infinity,
    };
  }
}

function expectedOf(options: BatchAppendReq.Options): ExpectedRevision {
  if (options.hasStreamPosition()) return BigInt(options.getStreamPosition());
  if (options.hasNoStream()) return 'no stream';
  return options.hasStreamExists() ? 'stream exists' : 'any';
}

/**
 * The answer to one batch append; an error of the whole call where a server breaks it.
 * An error without its correlation id, stream or details makes the client throw inside, and every append hang.
 */
export function batchAnswerOf(
  answer: AppendAnswer,
  { correlationId, stream }: BatchRequest,
): BatchAppendResp | ServiceError {
  const said = new BatchAppendResp()
    .setCorrelationId(uuidOf(correlationId))
    .setStreamIdentifier(identifierOf(stream));
  switch (answer.kind) {
    case 'written':
    case 'written before':
      return said.setSuccess(successOf(answer));
    case 'wrong revision':
      return said.setError(
        statusOf('WrongExpectedVersion', wrongOf(answer.expected, answer.actual), FAILED_PRECONDITION),
      );
    case 'timed out':
      return said.setError(statusOf('Timeout', new Timeout(), DEADLINE_EXCEEDED));
    case 'access denied':
      return said.setError(statusOf('AccessDenied', new AccessDenied(), PERMISSION_DENIED));
    case 'too large':
      return said.setError(
        statusOf(
          'MaximumAppendSizeExceeded',
          new MaximumAppendSizeExceeded().setMaxappendsize(answer.maxBytes),
          INVALID_ARGUMENT,
        ),
      );
    // The client does not know the next two, and repeats their message.
    case 'bad request':
      return said.setError(
        statusOf('BadRequest', new BadRequest().setMessage(answer.why), INVALID_ARGUMENT, 'BadRequest'),
      );
    case 'not ready':
      return said.setError(statusOf('ServerIsNotReady', new Unknown(), UNAVAILABLE, 'Server Is Not Ready'));
    case 'not leader':
      return notLeader(answer.leader);
  }
}

/** google.rpc.Code; the generated enumeration exists in its types alone. */
const INVALID_ARGUMENT = 3;
const DEADLINE_EXCEEDED = 4;
const PERMISSION_DENIED = 7;
const FAILED_PRECONDITION = 9;
const UNAVAILABLE = 14;

function statusOf(
  type: string,
  details: { serializeBinary(): Uint8Array },
  code: number,
  message = '',
): Status {
  const any = new Any();
  any.pack(details.serializeBinary(), `event_store.client.${type}`);
  return new Status().setCode(code).setMessage(message).setDetails(any);
}

function successOf({ revision, position }: { revision: number; position: number }): BatchAppendResp.Success {
  const at = new AllStreamPosition().setCommitPosition(String(position)).setPreparePosition(String(position));
  return new BatchAppendResp.Success().setCurrentRevision(String(revision)).setPosition(at);
}

/** With the Empty of Google's own: the shared one is another message. */
function wrongOf(expected: ExpectedRevision, actual: number): WrongExpectedVersion {
  const wrong = new WrongExpectedVersion();
  if (actual === NO_STREAM) wrong.setCurrentNoStream(new Empty());
  else wrong.setCurrentStreamRevision(String(actual));
  if (expected === 'any') wrong.setExpectedAny(new Empty());
  else if (expected === 'no stream') wrong.setExpectedNoStream(new Empty());
  else if (expected === 'stream exists') wrong.setExpectedStreamExists(new Empty());
  else wrong.setExpectedStreamPosition(String(expected));
  return wrong;
}
