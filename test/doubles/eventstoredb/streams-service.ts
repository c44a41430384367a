import type { Metadata, ServiceError } from '@grpc/grpc-js';
import type { IStreamsServer } from '@eventstore/db-client/generated/streams_grpc_pb';
import { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import type { BatchAppendReq } from '@eventstore/db-client/generated/streams_pb';
import { answerAppend, gatherAppend } from './append';
import type { AppendAnswer, Appending } from './appending';
import { later } from './appending';
import { BatchGathering, batchAnswerOf } from './batch-append';
import type { BatchRequest } from './batch-append';
import type { EventLog } from './event-log';
import type { Faults } from './faults';
import { notLeader } from './messages';
import type { OpenCalls } from './open-calls';
import { Outlet } from './outlet';
import { read } from './reading';
import { subscribeToAll, subscribeToStream } from './subscribing';

export interface StreamsContext {
  readonly log: EventLog;
  readonly faults: Faults;
  readonly appending: Appending;
  readonly calls: OpenCalls;
  readonly sent: { messages: number };
  /** Breaks the connection by which a call came. */
  cut(call: unknown): void;
}

/** Append, BatchAppend and Read; deletes are left unimplemented. */
export function streamsService(
  context: StreamsContext,
): Pick<IStreamsServer, 'append' | 'batchAppend' | 'read'> {
  const { log, faults, appending, calls, sent, cut } = context;

  /** A server that follows another sends there whoever asks for the leader. */
  const elsewhere = (metadata: Metadata): ServiceError | undefined =>
    faults.leader && metadata.get('requires-leader')[0] === 'true' ? notLeader(faults.leader) : undefined;

  return {
    append: (call, done) => {
      const refused = elsewhere(call.metadata);
      if (refused) return done(refused);
      const over = calls.add('append', call);
      gatherAppend(call, (request) =>
        appending.carryOut(request, {
          answer: (answer) => {
            over();
            if (!call.cancelled) answerAppend(answer, request, done);
          },
          cut: () => cut(call),
        }),
      );
    },

    batchAppend: (call) => {
      const refused = elsewhere(call.metadata);
      if (refused) return void call.emit('error', refused);
      calls.add('batch append', call);
      const gathering = new BatchGathering();
      const answer = (request: BatchRequest, said: AppendAnswer) => {
        if (call.cancelled) return;
        const message = batchAnswerOf(said, request);
        if (message instanceof BatchAppendResp) call.write(message);
        else call.emit('error', message);
        if (said.kind !== 'bad request' || !faults.secondAnswerForBadIds) return;
        later(faults.writeTimeoutMs, () => answer(request, { kind: 'timed out' }));
      };
      call.on('error', () => undefined);
      call.on('data', (piece: BatchAppendReq) => {
        const request = gathering.add(piece);
        if (!request) return;
        if (request.deadlineMs <= Date.now()) return answer(request, { kind: 'timed out' });
        appending.carryOut(request, {
          answer: (said) => answer(request, said),
          cut: () => cut(call),
        });
      });
      call.on('end', () => call.end());
    },

    read: (call) => {
      const refused = elsewhere(call.metadata);
      if (refused) return void call.emit('error', refused);
      const options = call.request.getOptions()!;
      calls.add(options.hasSubscription() ? 'subscription' : 'read', call);
      const outlet = new Outlet(call, sent);
      const fail = (error: ServiceError) => void call.emit('error', error);
      const reading = !options.hasSubscription()
        ? read(log, options, outlet, fail, () => call.end())
        : options.hasAll()
          ? subscribeToAll(log, options, outlet, fail)
          : subscribeToStream(log, options, outlet);
      reading.catch((error: Error) => call.destroy(error));
    },
  };
}
