import { Body, Controller, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import {
  ChangeDetailsDto,
  DEFAULT_ESCAPE_CHANNEL,
  DissolveHouseholdDto,
  FlagReimpoverishedDto,
  MarkEscapedDto,
  MoveHouseholdDto,
  RecordReviewDto,
  RegisterHouseholdDto,
} from '@ledger/orders';
import type { FastifyReply } from 'fastify';
import { ApiOrder } from '../docs/api-order';
import { TakeHeaders } from '../http/order-headers';
import type { OrderHeaders } from '../http/order-headers';
import { HouseholdId } from '../http/path';
import * as commands from './household-commands';
import { householdAnswer } from './order-answer';

/** Orders on one household. Each is decided on the household's own facts and appends to them. */
@ApiTags('Orders on households')
@Controller('v1/households')
export class HouseholdOrdersController {
  constructor(private readonly bus: CommandBus) {}

  @Post()
  @ApiOrder('register', 'Register a household in a commune')
  async register(
    @Body() dto: RegisterHouseholdDto,
    @TakeHeaders() headers: OrderHeaders,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { householdId, ...order } = dto;
    const command = new commands.RegisterHousehold(householdId ?? headers.madeUpId, order, headers);
    return householdAnswer(reply, await this.bus.execute(command));
  }

  @Post(':id/reviews')
  @ApiOrder('review', 'Record the outcome of a review: a status from its day on')
  async review(
    @HouseholdId() id: string,
    @Body() dto: RecordReviewDto,
    @TakeHeaders() headers: OrderHeaders,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return householdAnswer(reply, await this.bus.execute(new commands.RecordReview(id, dto, headers)));
  }

  @Post(':id/escapes')
  @ApiOrder('escape', 'Record the decision that recognises an escape')
  async escape(
    @HouseholdId() id: string,
    @Body() dto: MarkEscapedDto,
    @TakeHeaders() headers: OrderHeaders,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const order = { ...dto, channel: dto.channel ?? DEFAULT_ESCAPE_CHANNEL };
    return householdAnswer(reply, await this.bus.execute(new commands.MarkEscaped(id, order, headers)));
  }

  @Post(':id/re-poverty-flags')
  @ApiOrder('flag', 'Record that a household that had escaped is poor again')
  async flag(
    @HouseholdId() id: string,
    @Body() dto: FlagReimpoverishedDto,
    @TakeHeaders() headers: OrderHeaders,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return householdAnswer(reply, await this.bus.execute(new commands.FlagReimpoverished(id, dto, headers)));
  }

  @Post(':id/moves')
  @ApiOrder('move', 'Move a household to another commune or village')
  async move(
    @HouseholdId() id: string,
    @Body() dto: MoveHouseholdDto,
    @TakeHeaders() headers: OrderHeaders,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return householdAnswer(reply, await this.bus.execute(new commands.MoveHousehold(id, dto, headers)));
  }

  @Post(':id/details')
  @ApiOrder('details', 'Change members, groups or village')
  async details(
    @HouseholdId() id: string,
    @Body() dto: ChangeDetailsDto,
    @TakeHeaders() headers: OrderHeaders,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return householdAnswer(reply, await this.bus.execute(new commands.ChangeDetails(id, dto, headers)));
  }

  @Post(':id/dissolution')
  @ApiOrder('dissolution', 'End a household: the last member died, left, or else')
  async dissolve(
    @HouseholdId() id: string,
    @Body() dto: DissolveHouseholdDto,
    @TakeHeaders() headers: OrderHeaders,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return householdAnswer(reply, await this.bus.execute(new commands.DissolveHousehold(id, dto, headers)));
  }
}
