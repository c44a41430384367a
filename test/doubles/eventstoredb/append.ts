import { status } from '@grpc/grpc-js';
import type { sendUnaryData, ServerReadableStream } from '@grpc/grpc-js';
import { AppendResp } from '@eventstore/db-client/generated/streams_pb';
import type { AppendReq } from '@eventstore/db-client/generated/streams_pb';
import type { AppendAnswer, AppendRequest } from './appending';
import type { ProposedEvent } from './event-log';
import { NO_STREAM } from './expected-revision';
import type { ExpectedRevision } from './expected-revision';
import { empty, nameOf, notLeader, refusal } from './messages';
import { isBroken } from './open-calls';

/**
 * Gathers a plain Append: its options, then one message for each event. A caller of grpc-js who gives up ends its
 * stream in good order first and resets it a turn later: whoever writes at the end at once stores half an append.
 * Two turns are enough within one process; between two of them nobody can tell, and neither can a server.
 */
export function gatherAppend(
  call: ServerReadableStream<AppendReq, AppendResp>,
  then: (request: AppendRequest) => void,
): void {
  let options: AppendReq.Options | undefined;
  const events: ProposedEvent[] = [];
  call.on('error', () => undefined);
  call.on('data', (request: AppendReq) => {
    if (request.hasOptions()) options = request.getOptions();
    const message = request.getProposedMessage();
    if (message) events.push(proposedEventOf(message));
  });
  call.on('end', () => {
    setImmediate(() =>
      setImmediate(() => {
        if (isBroken(call) || !options) return;
        then({ stream: nameOf(options.getStreamIdentifier()), expected: expectedOf(options), events });
      }),
    );
  });
}

function expectedOf(options: AppendReq.Options): ExpectedRevision {
  if (options.hasRevision()) return BigInt(options.getRevision());
  if (options.hasNoStream()) return 'no stream';
  return options.hasStreamExists() ? 'stream exists' : 'any';
}

/** The same fields in both calls. */
export function proposedEventOf(message: AppendReq.ProposedMessage): ProposedEvent {
  const described = message.getMetadataMap();
  return {
    id: (message.getId()?.getString() ?? '').toLowerCase(),
    type: described.get('type') ?? '',
    contentType: described.get('content-type') ?? 'application/octet-stream',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

export function answerAppend(
  answer: AppendAnswer,
  { stream }: AppendRequest,
  done: sendUnaryData<AppendResp>,
): void {
  switch (answer.kind) {
    case 'written':
    case 'written before':
      return done(null, new AppendResp().setSuccess(successOf(answer)));
    case 'wrong revision':
      return done(null, new AppendResp().setWrongExpectedVersion(wrongOf(answer)));
    case 'timed out':
      return done(refusal(status.ABORTED, 'Operation timed out: Commit phase timeout.'));
    case 'not ready':
      return done(refusal(status.UNAVAILABLE, 'Server Is Not Ready'));
    case 'access denied':
      return done(refusal(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' }));
    case 'too large':
      return done(
        refusal(status.INVALID_ARGUMENT, `Maximum Append Size of ${answer.maxBytes} Exceeded.`, {
          exception: 'maximum-append-size-exceeded',
          'maximum-append-size': String(answer.maxBytes),
          'stream-name': stream,
        }),
      );
    case 'bad request':
      return done(refusal(status.INVALID_ARGUMENT, answer.why));
    case 'not leader':
      return done(notLeader(answer.leader));
  }
}

function successOf({ revision, position }: { revision: number; position: number }): AppendResp.Success {
  const at = new AppendResp.Position()
    .setCommitPosition(String(position))
    .setPreparePosition(String(position));
  return new AppendResp.Success().setCurrentRevision(String(revision)).setPosition(at);
}

/** Fields 6 to 11: the earlier ones are for clients of version 20. */
function wrongOf({
  expected,
  actual,
}: {
  expected: ExpectedRevision;
  actual: number;
}): AppendResp.WrongExpectedVersion {
  const wrong = new AppendResp.WrongExpectedVersion();
  if (actual === NO_STREAM) wrong.setCurrentNoStream(empty());
  else wrong.setCurrentRevision(String(actual));
  if (expected === 'any') wrong.setExpectedAny(empty());
  else if (expected === 'no stream') wrong.setExpectedNoStream(empty());
  else if (expected === 'stream exists') wrong.setExpectedStreamExists(empty());
  else wrong.setExpectedRevision(String(expected));
  return wrong;
}
