import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { Language, Notice } from '@ledger/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { map } from 'rxjs';
import { languageOf, messageOf } from './language';

/** Puts the notices of an answer into the reader's language: the core knows codes and facts only. */
@Injectable()
export class PresentInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const language = languageOf(request.headers['accept-language']);
    return next.handle().pipe(
      map((answer: unknown) => {
        if (typeof answer !== 'object' || answer === null) return answer;
        void reply.header('content-language', language);
        return presented(answer, language);
      }),
    );
  }
}

function presented(value: unknown, language: Language): unknown {
  if (Array.isArray(value)) return value.map((item) => presented(item, language));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (key === 'warnings' && Array.isArray(inner))
        return [key, (inner as readonly Notice[]).map((notice) => warning(notice, language))];
      if (key === 'definition') return [key, messageOf(inner as Notice, language)];
      // What a fact holds is shown as it was recorded.
      return [key, key === 'data' ? inner : presented(inner, language)];
    }),
  );
}

const warning = (notice: Notice, language: Language): object => ({
  code: notice.code,
  message: messageOf(notice, language),
  ...notice.facts,
});
