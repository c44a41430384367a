import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import type { OrderContext } from '@ledger/event-sourcing';
import { canonicalJson, Problem } from '@ledger/kernel';
import { isOpaqueId, madeUpHouseholdId } from '@ledger/orders';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHash, randomUUID } from 'node:crypto';
import { v5 as uuidv5 } from 'uuid';

/** The namespace of command ids: the same order, sent again, has the same one. */
const COMMANDS = '7c9f0a4e-6a0d-5d5c-9a39-0f6f2f0b8a51';

/** What an order brings beside its body. */
export interface OrderHeaders extends OrderContext {
  /** A household id for one that has none: the same for the same actor, route and key. */
  readonly madeUpId: string;
}

/** Reads the headers of an order, makes up a key where there is none, and answers it. */
export const TakeHeaders = createParamDecorator((_data: unknown, context: ExecutionContext): OrderHeaders => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const reply = context.switchToHttp().getResponse<FastifyReply>();
  const headers = orderHeaders(request);
  void reply.header('idempotency-key', headers.key);
  return headers;
});

function orderHeaders(request: FastifyRequest): OrderHeaders & { readonly key: string } {
  const key = keyFrom(request.headers['idempotency-key']);
  const recordedBy = actorFrom(request.headers['x-actor']);
  const route = `${request.method} ${request.routeOptions.url ?? ''} ${canonicalJson(request.params)}`;
  const commandId = uuidv5(`${recordedBy}\n${route}\n${key}`, COMMANDS);
  const ifRevision = revisionFrom(request.headers['if-match']);
  return {
    key,
    commandId,
    correlationId: commandId,
    recordedBy,
    requestHash: createHash('sha256')
      .update(canonicalJson(request.body ?? null))
      .digest('hex')
      .slice(0, 32),
    madeUpId: madeUpHouseholdId(commandId),
    ...(ifRevision !== undefined && { ifRevision }),
  };
}

function keyFrom(header: string | string[] | undefined): string {
  if (header === undefined) return randomUUID();
  if (typeof header === 'string' && /^[\x21-\x7e]{1,128}$/.test(header)) return header;
  throw malformed('body.key', 'Idempotency-Key');
}

/** @throws Problem 400 where it is no opaque id */
export function actorFrom(header: string | string[] | undefined): string {
  if (header === undefined) return 'anonymous';
  if (isOpaqueId(header)) return header;
  throw malformed('body.id', 'X-Actor');
}

function revisionFrom(header: string | undefined): number | undefined {
  if (header === undefined || header === '*') return undefined;
  const match = /^(?:W\/)?"(\d{1,9})"$/.exec(header.trim());
  if (!match) throw malformed('body.etag', 'If-Match');
  return Number(match[1]);
}

const malformed = (code: string, field: string): Problem => new Problem('malformed', [{ code, field }]);
