import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { bearersOf, householdDetails, householdFacts, householdTimeline } from '@ledger/poverty-rates';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiQuestion } from '../docs/api-order';
import { answerOrTable } from '../http/csv';
import { HouseholdId } from '../http/path';
import { Asker } from './asker';
import { BearersDto, QuestionDto } from './question.dto';
import { REVIEW_SHEET_COLUMNS, reviewSheetRow } from './review-sheet';
import { FACT_COLUMNS, factRow } from './tables';

/** Questions about one household: what it is, how it became that, and on which papers. */
@ApiTags('Questions')
@Controller('v1/households')
export class HouseholdQuestionsController {
  constructor(private readonly asker: Asker) {}

  @Get()
  @ApiProduces('application/json', 'text/csv')
  @ApiQuestion('bearers', 'Who bears a list number in a unit on the day')
  async bearers(
    @Query() dto: BearersDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { listNumber } = dto;
    const answer = await this.asker.askOn(dto.unit, dto, (knowledge, question) =>
      bearersOf(knowledge, { ...question, listNumber }),
    );
    return answerOrTable(request, reply, answer, REVIEW_SHEET_COLUMNS, ({ items }) =>
      items.map(reviewSheetRow),
    );
  }

  @Get(':id')
  @ApiQuestion('household', 'Where and what a household is on the day')
  async details(
    @HouseholdId() id: string,
    @Query() dto: QuestionDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const answer = await this.asker.ask(dto, (knowledge) =>
      householdDetails(knowledge, id, this.asker.about(dto)),
    );
    void reply.header('etag', `"${answer.revision}"`);
    return answer;
  }

  @Get(':id/timeline')
  @ApiQuestion('timeline', 'Its spells in poverty, near-poverty and above, as derived from its facts')
  timeline(@HouseholdId() id: string, @Query() dto: QuestionDto) {
    return this.asker.ask(dto, (knowledge) =>
      householdTimeline(knowledge, id, this.asker.about(dto), dto.standard),
    );
  }

  @Get(':id/facts')
  @ApiProduces('application/json', 'text/csv')
  @ApiQuestion('facts', 'Every fact recorded about it, in order: who decided and on what paper')
  async facts(
    @HouseholdId() id: string,
    @Query() dto: QuestionDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const answer = await this.asker.ask(dto, (knowledge) =>
      householdFacts(knowledge, id, this.asker.about(dto)),
    );
    return answerOrTable(request, reply, answer, FACT_COLUMNS, ({ facts }) => facts.map(factRow));
  }
}
