import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { EventStore, Position } from '@ledger/event-sourcing';
import type { ReadStore } from '@ledger/poverty-rates';
import type { RunningProjection } from '@ledger/projections';
import type { FastifyReply } from 'fastify';
import type { Clock } from '../engine.module';
import { CLOCK, EngineLife, EVENT_STORE, PROJECTION, READ_STORE } from '../engine.module';

/** How long what was recorded may stay unseen before the server no longer counts as ready. */
const LAG_LIMIT_MS = 10_000;

@ApiTags('Health')
@Controller('health')
export class HealthController {
  /** The last head that was seen and not yet reached. One that is reached counts, though others follow it. */
  private awaited: { readonly head: Position; readonly since: number } | undefined;

  constructor(
    @Inject(EVENT_STORE) private readonly eventStore: EventStore,
    @Inject(READ_STORE) private readonly readStore: ReadStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(PROJECTION) private readonly projection: RunningProjection,
    private readonly life: EngineLife,
  ) {}

  @Get('live')
  @ApiOperation({ summary: 'The process answers' })
  live() {
    return { status: 'live' };
  }

  /** The head is read by a call of its own, so that a projection that stands still cannot look healthy. */
  @Get('ready')
  @ApiOperation({
    summary: 'Everything that was in the log at start can be asked for, and the lag is within its limit',
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const head = await this.eventStore.head();
    const position = this.projection.position;
    const lagMs = this.lagOf(position, head);
    const caughtUp = this.life.headAtStart !== undefined && position >= this.life.headAtStart;
    const ready = caughtUp && lagMs <= LAG_LIMIT_MS;
    const parked = await this.readStore.snapshot(async (models) => (await models.parked()).length);
    if (!ready) void reply.status(503).header('retry-after', 1);
    return { status: ready ? 'ready' : 'not-ready', position, head, lagMs, parked };
  }

  /** For how long something that was seen in the log could not be asked for; 0 while everything was reached. */
  private lagOf(position: Position, head: Position): number {
    const now = this.clock();
    if (this.awaited && position >= this.awaited.head) this.awaited = undefined;
    if (position < head) this.awaited ??= { head, since: now };
    return this.awaited ? now - this.awaited.since : 0;
  }
}
