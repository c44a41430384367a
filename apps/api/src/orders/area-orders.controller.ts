import { Body, Controller, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { ChangeUnitDto, CreateUnitDto, DeclareTotalDto } from '@ledger/orders';
import type { FastifyReply } from 'fastify';
import { ApiOrder } from '../docs/api-order';
import { TakeHeaders } from '../http/order-headers';
import type { OrderHeaders } from '../http/order-headers';
import { UnitInPath } from '../http/path';
import { ChangeUnit, CreateUnit, DeclareTotal } from './area-commands';
import { areaAnswer } from './order-answer';

/** Orders on units and their declared totals of households. */
@ApiTags('Orders on units')
@Controller('v1/units')
export class AreaOrdersController {
  constructor(private readonly bus: CommandBus) {}

  @Post()
  @ApiOrder('unit', 'Create a province, a district or a commune')
  async create(
    @Body() dto: CreateUnitDto,
    @TakeHeaders() headers: OrderHeaders,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return areaAnswer(reply, await this.bus.execute(new CreateUnit(dto, headers)));
  }

  @Post(':unit/changes')
  @ApiOrder('unit-change', 'Rename, reclass or abolish a unit from a day on')
  async change(
    @UnitInPath() unit: string,
    @Body() dto: ChangeUnitDto,
    @TakeHeaders() headers: OrderHeaders,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return areaAnswer(reply, await this.bus.execute(new ChangeUnit(unit, dto, headers)));
  }

  @Post(':unit/totals')
  @ApiOrder('total', 'Declare how many households live in a unit: the denominator of its rates')
  async declareTotal(
    @UnitInPath() unit: string,
    @Body() dto: DeclareTotalDto,
    @TakeHeaders() headers: OrderHeaders,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return areaAnswer(reply, await this.bus.execute(new DeclareTotal(unit, dto, headers)));
  }
}
