import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch, HttpException, Logger } from '@nestjs/common';
import { StoreRefused, StoreUnavailable } from '@ledger/event-sourcing';
import { ImportStopped } from '@ledger/imports';
import type { ProblemKind, Refusal } from '@ledger/kernel';
import { Problem } from '@ledger/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IMPORT_ROUTE } from './csv-body';
import { MAX_BODY_BYTES } from './json-body';
import { languageOf } from './language';
import { PROBLEM_TYPE, problemDocument } from './problem-document';

const STATUS: Readonly<Record<ProblemKind, number>> = {
  malformed: 400,
  unknown: 404,
  conflict: 409,
  precondition: 412,
  'too-large': 413,
  rule: 422,
  unavailable: 503,
};

const RETRY_AFTER_SECONDS = 2;

/** The one place in which what went wrong becomes an answer (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const { status, refusals } = this.answerTo(error, request);
    const language = languageOf(request.headers['accept-language']);
    if (status === 503) void reply.header('retry-after', RETRY_AFTER_SECONDS);
    void reply
      .status(status)
      .header('content-language', language)
      .type(PROBLEM_TYPE)
      .send(problemDocument(status, refusals, language, outcomeOf(error)));
  }

  private answerTo(
    error: unknown,
    request: FastifyRequest,
  ): { status: number; refusals: Problem['refusals'] } {
    if (error instanceof Problem) return { status: STATUS[error.kind], refusals: error.refusals };
    if (error instanceof StoreRefused) {
      this.logger.error(error.message);
      return { status: 503, refusals: [{ code: 'store.damaged' }] };
    }
    if (error instanceof StoreUnavailable) {
      this.logger.warn(`${request.method} ${request.routeOptions.url ?? '?'}: ${error.message}`);
      return { status: 503, refusals: [{ code: 'store.unavailable' }] };
    }
    const status = statusOf(error);
    if (status >= 500) {
      // The stack, never the body: a body may hold what no log should.
      this.logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return { status: 500, refusals: [{ code: 'request.failed' }] };
    }
    return { status, refusals: [frameworkRefusal(status, request, error)] };
  }
}

/** Rows that were taken before an import stopped stay: their counts belong to the answer. */
const outcomeOf = (error: unknown): object =>
  error instanceof ImportStopped && error.outcome ? { outcome: error.outcome } : {};

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | undefined)?.statusCode;
  return typeof status === 'number' ? status : 500;
}

function frameworkRefusal(status: number, request: FastifyRequest, error: unknown): Refusal {
  switch (status) {
    case 404:
      return {
        code: 'request.unknown-route',
        facts: { route: `${request.method} ${request.url.slice(0, 200)}` },
      };
    case 413:
      return { code: 'request.too-large', facts: { limit: MAX_BODY_BYTES } };
    case 415:
      return { code: 'request.media-type', field: 'Content-Type', facts: { type: typeWantedBy(request) } };
    default:
      return {
        code: 'request.refused',
        facts: { why: error instanceof Error ? error.message : String(error) },
      };
  }
}

const typeWantedBy = ({ routeOptions }: FastifyRequest): string =>
  routeOptions.url === IMPORT_ROUTE ? 'text/csv' : 'application/json';
