import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ReadinessReport } from '@ledger/projections';
import { Readiness } from '@ledger/projections';
import type { FastifyReply } from 'fastify';

@ApiTags('Health')
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('live')
  @ApiOperation({ summary: 'The process answers' })
  live() {
    return { status: 'live' };
  }

  @Get('started')
  @ApiOperation({ summary: 'It has been ready once' })
  async started(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadinessReport> {
    const report = await this.readiness.report();
    return answered(report, report.started, reply);
  }

  @Get('ready')
  @ApiOperation({
    summary:
      'Both stores answer, everything that was in the log at start can be asked for, the lag and what waits for repair are within their limits',
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadinessReport> {
    const report = await this.readiness.report();
    return answered(report, report.status === 'ready', reply);
  }
}

function answered(report: ReadinessReport, well: boolean, reply: FastifyReply): ReadinessReport {
  if (!well) void reply.status(503).header('retry-after', 1);
  return report;
}
