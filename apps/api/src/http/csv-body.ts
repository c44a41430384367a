import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { UnsupportedMediaTypeException } from '@nestjs/common';

/** The one route that takes files. */
export const IMPORT_ROUTE = '/v1/imports/:kind';

/** Hands a file on as it comes in: it may be larger than any memory, so no limit of bodies holds for it. */
export function useCsvBodies(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addContentTypeParser('text/csv', (request, payload, done) => {
    if (request.routeOptions.url === IMPORT_ROUTE) return done(null, payload);
    return done(new UnsupportedMediaTypeException(), undefined);
  });
}
