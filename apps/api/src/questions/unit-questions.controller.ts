import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { Problem } from '@ledger/kernel';
import {
  calendarEnds,
  childrenFlows,
  childrenRates,
  flowsOf,
  householdsOnList,
  ratesOf,
  resolveUnit,
  rePovertyOf,
  seriesOf,
  totalsOf,
  unitDetails,
  unitsOf,
} from '@ledger/poverty-rates';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiQuestion } from '../docs/api-order';
import { answerOrTable, wantsCsv } from '../http/csv';
import { UnitInPath } from '../http/path';
import { Asker } from './asker';
import { HouseholdsDto, QuestionDto, RangeDto, RePovertyDto, SeriesDto, UnitsDto } from './question.dto';
import { FLOW_COLUMNS, flowRows, RATE_COLUMNS, rateRow } from './tables';
import { REVIEW_SHEET_COLUMNS, reviewSheetRow } from './review-sheet';

const DEFAULT_WITHIN_YEARS = 3;
const DEFAULT_LIMIT = 100;
const WHOLE_LIST = 1_000_000;
/** Ten years of months, and then some. */
const MOST_POINTS = 500;

/** Questions about a unit: its rates, flows and households on any past day, as known on any day since. */
@ApiTags('Questions')
@Controller('v1/units')
export class UnitQuestionsController {
  constructor(private readonly asker: Asker) {}

  @Get()
  @ApiQuestion('units', 'The units alive on a day')
  units(@Query() dto: UnitsDto) {
    return this.asker.ask(dto, async (knowledge, latest) => {
      const about = this.asker.about(dto);
      const parent =
        dto.parent === undefined ? undefined : resolveUnit(knowledge, latest, dto.parent, about.on).id;
      const { level } = dto;
      return unitsOf(knowledge, about, { ...(parent && { parent }), ...(level && { level }) });
    });
  }

  @Get(':unit')
  @ApiQuestion('unit', 'A unit with its attributes as of the day')
  unit(@UnitInPath() unit: string, @Query() dto: QuestionDto) {
    return this.asker.askOn(unit, dto, async (knowledge, { unit: id }) =>
      unitDetails(knowledge, id, this.asker.about(dto)),
    );
  }

  @Get(':unit/totals')
  @ApiQuestion('totals', 'The declared totals of households up to the day')
  totals(@UnitInPath() unit: string, @Query() dto: QuestionDto) {
    return this.asker.askOn(unit, dto, (knowledge, { unit: id }) =>
      totalsOf(knowledge, id, this.asker.about(dto), dto.group),
    );
  }

  @Get(':unit/rates')
  @ApiQuestion('rates', 'Poor and near-poor households and their rates on a day')
  rates(@UnitInPath() unit: string, @Query() dto: QuestionDto) {
    return this.asker.askOn(unit, dto, ratesOf);
  }

  @Get(':unit/children/rates')
  @ApiProduces('application/json', 'text/csv')
  @ApiQuestion('children-rates', 'The rates of a unit and of each unit below it')
  async childrenRates(
    @UnitInPath() unit: string,
    @Query() dto: QuestionDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const answer = await this.asker.askOn(unit, dto, childrenRates);
    return answerOrTable(request, reply, answer, RATE_COLUMNS, ({ children }) =>
      [...children, answer].map(rateRow),
    );
  }

  @Get(':unit/rates/series')
  @ApiProduces('application/json', 'text/csv')
  @ApiQuestion('series', 'Rates at the ends of months, quarters or years')
  async series(
    @UnitInPath() unit: string,
    @Query() dto: SeriesDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const answer = await this.asker.askOver(unit, dto, (knowledge, question) => {
      const points = calendarEnds(question.from, question.to, dto.step).length;
      if (points > MOST_POINTS) {
        throw new Problem('malformed', [
          { code: 'range.too-long', field: 'step', facts: { points, limit: MOST_POINTS } },
        ]);
      }
      return seriesOf(knowledge, { ...question, step: dto.step });
    });
    return answerOrTable(request, reply, answer, RATE_COLUMNS, ({ points }) => points.map(rateRow));
  }

  @Get(':unit/flows')
  @ApiProduces('application/json', 'text/csv')
  @ApiQuestion('flows', 'How poor and near-poor households changed over a range (forms 2 and 3)')
  async flows(
    @UnitInPath() unit: string,
    @Query() dto: RangeDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const answer = await this.asker.askOver(unit, dto, flowsOf);
    return answerOrTable(request, reply, answer, FLOW_COLUMNS, flowRows);
  }

  @Get(':unit/children/flows')
  @ApiProduces('application/json', 'text/csv')
  @ApiQuestion('children-flows', 'The flows of a unit and of each unit below it')
  async childrenFlows(
    @UnitInPath() unit: string,
    @Query() dto: RangeDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const answer = await this.asker.askOver(unit, dto, childrenFlows);
    return answerOrTable(request, reply, answer, FLOW_COLUMNS, ({ children, parent }) =>
      [...children, parent].flatMap(flowRows),
    );
  }

  @Get(':unit/re-poverty')
  @ApiQuestion('re-poverty', 'Three measures of re-poverty, each with its definition')
  rePoverty(@UnitInPath() unit: string, @Query() dto: RePovertyDto) {
    const on = dto.on ?? this.asker.today();
    const withinYears = dto.withinYears ?? DEFAULT_WITHIN_YEARS;
    return this.asker.askOver(unit, dto, (knowledge, question) =>
      rePovertyOf(knowledge, { ...question, on, withinYears }),
    );
  }

  @Get(':unit/households')
  @ApiProduces('application/json', 'text/csv')
  @ApiQuestion('households', 'The households behind a count; as text/csv a review sheet to fill in')
  async households(
    @UnitInPath() unit: string,
    @Query() dto: HouseholdsDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { status = 'poor', cursor } = dto;
    // A sheet is for the whole list; only who reads answers turns pages.
    const limit = dto.limit ?? (wantsCsv(request) ? WHOLE_LIST : DEFAULT_LIMIT);
    const answer = await this.asker.askOn(unit, dto, (knowledge, question) =>
      householdsOnList(knowledge, {
        ...question,
        status,
        limit,
        ...(cursor !== undefined && { after: cursor }),
      }),
    );
    if (answer.nextCursor !== null) void reply.header('x-next-cursor', answer.nextCursor);
    return answerOrTable(request, reply, answer, REVIEW_SHEET_COLUMNS, ({ items }) =>
      items.map((item) => reviewSheetRow(item)),
    );
  }
}
