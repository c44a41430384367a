import { Metadata, status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { Empty, StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb';
import type { Leader } from './faults';

/*
 * Words that several calls share. 64-bit numbers travel as decimal strings, names and data as bytes: a bigint
 * silently becomes 0, a string counts as base64.
 */

export const empty = (): Empty => new Empty();

export const uuidOf = (id: string): UUID => new UUID().setString(id);

export function identifierOf(stream: string): StreamIdentifier {
  return new StreamIdentifier().setStreamName(new Uint8Array(Buffer.from(stream, 'utf8')));
}

export function nameOf(identifier: StreamIdentifier | undefined): string {
  return Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');
}

/** An error of a call, with the trailers in which the client looks for its kind. */
export function refusal(code: status, details: string, trailers: Record<string, string> = {}): ServiceError {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

/** Without both halves of the address the client throws inside, and its call never settles. */
export const notLeader = ({ host, port }: Leader): ServiceError =>
  refusal(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  });

/** What a server says when its own code throws. */
export const thrown = (): ServiceError => refusal(status.UNKNOWN, 'Exception was thrown by handler.');
