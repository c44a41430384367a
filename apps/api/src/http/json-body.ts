import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Problem } from '@ledger/kernel';

/** An order is a small form: whoever sends more is mistaken, or no officer. */
export const MAX_BODY_BYTES = 64 * 1024;
const MAX_DEPTH = 16;

/**
 * Parses bodies in the place of the framework, so that a hostile one is answered like any other mistake:
 * by size, by depth before it is parsed, without `__proto__`, and as `application/problem+json`.
 */
export function useJsonBodies(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = String(body);
    if (depthOf(text) > MAX_DEPTH) {
      return done(
        new Problem('malformed', [{ code: 'request.too-deep', facts: { limit: MAX_DEPTH } }]),
        undefined,
      );
    }
    void parse(request, text, (error, parsed) => {
      if (!error) return done(null, parsed);
      const refusal = { code: 'request.not-json', facts: { why: error.message } };
      return done(new Problem('malformed', [refusal], { cause: error }), undefined);
    });
  });
}

/** How deep brackets nest, strings left out; cheap, because it runs before anything is trusted. */
export function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < json.length; at++) {
    const char = json[at];
    if (inString) {
      if (char === '\\') at++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') deepest = Math.max(deepest, ++depth);
    else if (char === '}' || char === ']') depth--;
  }
  return deepest;
}
