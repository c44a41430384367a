import {
  Controller,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  Res,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { RowRefusal } from '@ledger/imports';
import { IMPORT_KINDS, isImportKind } from '@ledger/imports';
import type { Language } from '@ledger/kernel';
import { notKnown } from '@ledger/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { languageOf, messageOf } from '../http/language';
import { actorFrom } from '../http/order-headers';
import { ApiImport } from './api-import';
import { ImportQueryDto } from './import.dto';
import { Imports } from './imports';

/** Whoever is refused more than this mends the file first. */
const MOST_REFUSALS = 10_000;

/** Files of units, totals, households and reviews, row by row into the ledger. */
@ApiTags('Imports')
@Controller('v1/imports')
export class ImportsController {
  constructor(private readonly imports: Imports) {}

  @Post(':kind')
  @HttpCode(200)
  @ApiImport()
  async import(
    @Param('kind') kind: string,
    @Query() { dryRun }: ImportQueryDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { raw, headers } = request;
    if (!isImportKind(kind)) {
      throw notKnown({
        code: 'import.unknown-kind',
        field: 'path',
        facts: { kinds: IMPORT_KINDS.join(', ') },
      });
    }
    // Only a file is handed on as it comes; whatever else there is has been parsed.
    if (request.body !== raw) throw new UnsupportedMediaTypeException();
    const actor = actorFrom(headers['x-actor']);
    const refusals = new ShownRefusals(languageOf(headers['accept-language']));
    const gone = new AbortController();
    const order = { kind, actor, dryRun: dryRun === 'true', gone: gone.signal };
    const onRefused = (more: readonly RowRefusal[]): void => refusals.add(more);
    try {
      const source = untilGone(raw, gone);
      const { cancelled: _never, ...outcome } = await this.imports.run(source, { ...order, onRefused });
      return { kind, dryRun: order.dryRun, ...outcome, ...refusals.shown() };
    } finally {
      // What nobody reads any more is let through, so that whoever still sends hears the answer.
      raw.resume();
      if (!raw.complete) void reply.header('connection', 'close');
    }
  }
}

/** What is sent until the file ends, or the connection does before it. */
async function* untilGone(
  raw: IncomingMessage,
  gone: AbortController,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  } catch {
    gone.abort();
  }
}

/** The refusals as they are answered: in the reader's language, the first ones of very many. */
class ShownRefusals {
  private readonly refusals: object[] = [];
  private leftOut = 0;

  constructor(private readonly language: Language) {}

  add(more: readonly RowRefusal[]): void {
    for (const refusal of more) {
      if (this.refusals.length >= MOST_REFUSALS) this.leftOut++;
      else this.refusals.push(this.show(refusal));
    }
  }

  shown(): { refusals: readonly object[]; refusalsLeftOut: number } {
    return { refusals: this.refusals, refusalsLeftOut: this.leftOut };
  }

  private show(refusal: RowRefusal): object {
    const { line, column, field, code, got } = refusal;
    const message = messageOf(refusal, this.language);
    return { line, column, field: field ?? null, code, message, ...(got !== undefined && { got }) };
  }
}
