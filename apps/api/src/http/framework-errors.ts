import type { FastifyReply, FastifyRequest } from 'fastify';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { languageOf } from './language';
import { PROBLEM_TYPE, problemDocument } from './problem-document';

/** Addresses that are none (`/%ff`): the router refuses them before there is a route to answer. */
export function answerBadAddress(_error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const language = languageOf(request.headers['accept-language']);
  const refusal = { code: 'request.bad-address' };
  void reply
    .status(400)
    .type(PROBLEM_TYPE)
    .send(problemDocument(400, [refusal], language));
}

/** What is no HTTP request, or one with headers without end: there is a socket and nothing else. */
export function answerBadRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status =
    error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const body = JSON.stringify(problemDocument(status, [{ code: 'request.no-http' }], 'en'));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    `content-type: ${PROBLEM_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
