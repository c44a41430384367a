import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { NestFactory } from '@nestjs/core';
import type { Engine } from '@ledger/engine';
import type { ReadinessLimits } from '@ledger/projections';
import { ApiModule } from './api.module';
import { useOpenApi } from './docs/openapi';
import type { Clock } from './engine.module';
import { useCsvBodies } from './http/csv-body';
import { answerBadAddress, answerBadRequest } from './http/framework-errors';
import { MAX_BODY_BYTES, useJsonBodies } from './http/json-body';
import { PresentInterceptor } from './http/present.interceptor';
import { ProblemFilter } from './http/problem.filter';
import { ShapePipe } from './http/shape.pipe';

/** The HTTP application on an opened engine, ready to listen. It closes the engine when it is closed. */
export async function createApplication(
  engine: Engine,
  clock: Clock,
  limits: ReadinessLimits,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_BODY_BYTES,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: answerBadAddress,
    clientErrorHandler: answerBadRequest,
    // A kept-alive connection must not hold a server back that has been told to stop.
    forceCloseConnections: 'idle',
    // What still comes meanwhile is answered as ever: Fastify would refuse it in words of its own (no problem
    // document, no Retry-After), and the stores are closed after the last request.
    return503OnClosing: false,
  });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.on(engine, clock, limits), adapter, {
    bodyParser: false,
    logger: ['warn', 'error', 'fatal'],
  });
  useJsonBodies(app);
  useCsvBodies(app);
  app.useGlobalPipes(new ShapePipe());
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalInterceptors(new PresentInterceptor());
  useOpenApi(app);
  return app;
}
