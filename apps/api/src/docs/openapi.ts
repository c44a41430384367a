import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

/** `/docs` for people, `/openapi.json` for programs. */
export function useOpenApi(app: NestFastifyApplication): void {
  const config = new DocumentBuilder()
    .setTitle('Poverty Ledger')
    .setVersion('1')
    .setDescription(
      'The poverty status of households in Vietnam as a history of facts. Every answer has two dates: ' +
        '`on`, the day it is about, and `knownOn`, the day by whose end it was known. ' +
        'A `{unit}` is an official code, resolved on the day asked for, or a full id `code@validFrom`.',
    )
    .build();
  const document = SwaggerModule.createDocument(app, config);
  document.components ??= {};
  document.components.schemas = { ...document.components.schemas, Problem: PROBLEM };
  SwaggerModule.setup('docs', app, document, { jsonDocumentUrl: 'openapi.json' });
}

const PROBLEM = {
  type: 'object' as const,
  description: 'RFC 9457. `code` is stable; texts follow Accept-Language (vi, en).',
  properties: {
    type: { type: 'string' as const },
    title: { type: 'string' as const },
    status: { type: 'integer' as const },
    detail: { type: 'string' as const },
    code: { type: 'string' as const, example: 'escape.not-poor-on-that-day' },
    errors: {
      type: 'array' as const,
      items: {
        type: 'object' as const,
        properties: {
          field: { type: 'string' as const, nullable: true },
          rule: { type: 'string' as const },
          message: { type: 'string' as const },
          got: {},
        },
      },
    },
  },
};
